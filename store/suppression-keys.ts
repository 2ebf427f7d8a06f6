/**
 * What an address is suppressed by: itself, its domain, and the domains above that one. A domain is written with its
 * at sign (`@atelier.example`), so no address is ever taken for one.
 */
import { type SQL, sql } from 'drizzle-orm'

/** Every entry of the do-not-contact list that would suppress this address (an `emailKey`). */
export function suppressionKeys(key: string): string[] {
  const labels = key.slice(key.lastIndexOf('@') + 1).split('.')
  return [key, ...labels.map((_, i) => `@${labels.slice(i).join('.')}`)]
}

/** The same in SQL, of a column: an array. */
export const suppressionKeysOf = (key: SQL): SQL => sql`array(
  select ${key} union all
  select '@' || array_to_string(labels[i:], '.')
    from (select string_to_array(substring(${key} from '[^@]*$'), '.') as labels) as domain,
      generate_subscripts(labels, 1) as i)`

/**
 * A scalar: why an address must not be written to, or null. What a person said is more than that a server knew nobody.
 */
export const suppressedBecause = (key: SQL): SQL => sql`(
  select x.reason from suppressions x where x.email_key = any(${suppressionKeysOf(key)})
  order by x.reason = 'bounced' limit 1)`

/**
 * Splits a whole name into first and last name. Only what is near certain: a greeting with the
 * wrong name is worse than none.
 */

export interface PersonName {
  firstName?: string
  lastName?: string
}

/** Civilities that stand before a name in French and English sheets. */
const CIVILITY = /^(?:m|mr|mrs|ms|miss|mme|mlle|monsieur|madame|mademoiselle|dr|prof)\.?$/i
/** Words that begin a family name (de la Cruz, van der Berg, von Arx, el Khoury), in lower case only. */
const PARTICLE =
  /^(?:de|du|des|del|della|di|da|dos|la|le|les|van|von|vom|zu|zur|den|der|ter|ten|el|al|bin|ben|d'.+|d’.+)$/

/**
 * Splits a name, cleaned. The first word is the first name and the rest, which may be several words, the
 * last. Otherwise: "DUPONT Jean" and "Dupont, Jean" begin with the last name, as do all names when
 * `familyFirst` is set (a column called "Nom et prénom"). A single word is a first name, unless it is in
 * capitals, follows a civility ("Mme Durand") or stands under `familyFirst`.
 */
export function splitName(name: string, familyFirst = false): PersonName {
  const comma = /^([^,]+), *([^,]+)$/.exec(name)
  if (comma) return { firstName: comma[2] as string, lastName: comma[1] as string }
  let words = name.split(' ').filter((word) => word !== '')
  const civil = words.length > 1 && CIVILITY.test(words[0] as string)
  if (civil) words = words.slice(1)
  const first = words[0]
  if (first === undefined) return {}
  if (words.length === 1) {
    return civil || familyFirst || isCapitals(first) ? { lastName: first } : { firstName: first }
  }
  if (PARTICLE.test(first)) return { lastName: words.join(' ') }
  const given = words.findIndex((word) => !isCapitals(word))
  if (given > 0) return { firstName: words.slice(given).join(' '), lastName: words.slice(0, given).join(' ') }
  if (familyFirst) return { firstName: words.at(-1) as string, lastName: words.slice(0, -1).join(' ') }
  return { firstName: first, lastName: words.slice(1).join(' ') }
}

/** Two letters at least, all of them capitals: a French habit for family names. "J." isn't. */
const isCapitals = (word: string): boolean => /\p{Lu}.*\p{Lu}/u.test(word) && !/\p{Ll}|\./u.test(word)

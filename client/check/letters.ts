/** Every text of a cadence for the leads of a list, before anything is sent: at a launch, a referral, in `check`. */
import { everyText, type Reader } from '../../activities/texts/every-text.ts'
import type { Published } from '../../activities/touch/published.ts'
import type { Gap, TextFault } from '../../cadence/error-values.ts'
import type { Instant } from '../../cadence/time.ts'
import type { Role } from '../../cadence/words.ts'
import type { OpenReader } from '../../store/readers.ts'
import { type Somebody, templateNeeds } from './template-needs.ts'

/** Somebody of a list, with what else their letters depend on. */
export type Addressee = Somebody & { zone?: string | undefined; role?: Role | undefined }

/** What keeps somebody's letters from being written: values that are missing; else what comes out wrong with them. */
export type Unwritable = { gaps: Gap[] } | { faults: TextFault[] }

/** Reasons that a row shows. */
const SHOWN = 3

/**
 * Compiles a cadence.
 * @returns for somebody: what is wrong, the first few of each kind; undefined when every text can be written
 */
export function lettersFor(published: Published, at: Instant): (who: Addressee) => Unwritable | undefined {
  const gapsOf = templateNeeds(published.plan, published.files)
  const faultsOf = everyText(published, at)
  return (who) => {
    const gaps = gapsOf(who)
    if (gaps.length > 0) return { gaps }
    const faults = faultsOf(asReader(who))
    return faults.length > 0 ? { faults: faults.slice(0, SHOWN) } : undefined
  }
}

/** An open lead, as somebody of a list. */
export function asAddressee(lead: OpenReader): Addressee {
  const { contact, company, country, locale, zone, custom, referrer, role } = lead
  const { email, first_name, last_name, title, phone } = contact ?? {}
  return {
    email: email ?? '',
    firstName: first_name ?? undefined,
    lastName: last_name ?? undefined,
    title: title ?? undefined,
    phone: phone ?? undefined,
    company: company ?? undefined,
    country: country ?? undefined,
    locale: locale ?? undefined,
    role: role ?? undefined,
    ...{ zone, custom },
    ...(referrer && { referrer }),
  }
}

function asReader(who: Addressee): Reader {
  const { email, firstName, lastName, title, phone, company, country, locale, custom, referrer, zone, role } =
    who
  const named = { first_name: firstName ?? null, last_name: lastName ?? null }
  return {
    contact: { email, ...named, title: title ?? null, phone: phone ?? null },
    referrer: referrer
      ? {
          first_name: referrer.first_name ?? null,
          last_name: referrer.last_name ?? null,
          company: referrer.company ?? null,
        }
      : null,
    company: company ?? null,
    country: country ?? null,
    locale: locale ?? null,
    zone: zone ?? 'UTC',
    role,
    custom,
    topic: null,
    facts: null,
  }
}

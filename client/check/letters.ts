/** Every text of a cadence for its readers, before anything is sent: at a launch, a referral, a publication, in `check`. */
import { everyText, type Reader } from '../../activities/texts/every-text.ts'
import type { Published } from '../../activities/touch/published.ts'
import type { Gap, TextFault } from '../../cadence/error-values.ts'
import type { Instant } from '../../cadence/time.ts'
import type { LeadDraft } from '../import/lead-draft.ts'
import { templateNeeds } from './template-needs.ts'

/** What keeps somebody's letters from being written: values that are missing; else what comes out wrong with them. */
export type Unwritable = { gaps: Gap[] } | { faults: TextFault[] }

/** Reasons that a row shows. */
const SHOWN = 3

/**
 * Compiles a cadence.
 * @returns for a reader: what is wrong, the first few of each kind; undefined when every text can be written
 */
export function lettersFor(published: Published, at: Instant): (reader: Reader) => Unwritable | undefined {
  const gapsOf = templateNeeds(published)
  const faultsOf = everyText(published, at)
  return (reader) => {
    const gaps = gapsOf(reader)
    if (gaps.length > 0) return { gaps }
    const faults = faultsOf(reader)
    return faults.length > 0 ? { faults: faults.slice(0, SHOWN) } : undefined
  }
}

/** What a list of leads, or a referral, says of somebody's letters. */
export type Addressee = Omit<LeadDraft, 'row' | 'zoneFrom'> & { referrer?: NonNullable<Reader['referrer']> }

/** Somebody of a list, as their letters see them. */
export function readerOf(who: Addressee): Reader {
  const { email, firstName, lastName, title, phone, company, country, locale, custom, referrer, zone, role } =
    who
  const named = { first_name: firstName ?? null, last_name: lastName ?? null }
  return {
    contact: { email, ...named, title: title ?? null, phone: phone ?? null },
    referrer: referrer ?? null,
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

/** One thing that is wrong with somebody's letters. */
export type Wrong = { gap: Gap } | { fault: TextFault }

/** What is wrong with many people's letters: each thing once, with whom it was found for first, and for how many. */
export class WrongCount<Who> {
  readonly #found = new Map<string, { is: Wrong; first: Who; count: number }>()

  note(who: Who, wrong: Unwritable | undefined): void {
    if (!wrong) return
    const each: Wrong[] =
      'gaps' in wrong ? wrong.gaps.map((gap) => ({ gap })) : wrong.faults.map((fault) => ({ fault }))
    for (const is of each) {
      const key = JSON.stringify(is)
      const before = this.#found.get(key)
      this.#found.set(key, { is, first: before?.first ?? who, count: (before?.count ?? 0) + 1 })
    }
  }

  all(): { is: Wrong; first: Who; count: number }[] {
    return [...this.#found.values()]
  }
}

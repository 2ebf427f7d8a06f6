/** Referrals: from what a signal says of somebody to the lead they become; and who came through whom. */
import { RelanceError } from '../../cadence/errors.ts'
import { quote } from '../../cadence/language/notation.ts'
import type { Instant } from '../../cadence/time.ts'
import { getCadence } from '../../store/cadences.ts'
import type { Db } from '../../store/db.ts'
import { emailKey } from '../../store/email-key.ts'
import { leadDetail } from '../../store/reads.ts'
import { type NewReferral, referralChains } from '../../store/referrals.ts'
import { lettersFor, readerOf } from '../check/letters.ts'
import type { Referrals } from '../contract/index.ts'
import { LONGEST_TEXT, leadDraftSchema } from '../import/lead-draft.ts'
import type { Deps } from './deps.ts'
import { requireLead, unknownCadence, unknownLead } from './find.ts'

/**
 * The lead that a `referral.given` makes: in the cadence it names, or the referrer's own, in its newest version. What
 * the signal doesn't say (zone, country and region, language, seller) is taken from who referred them.
 * @param at - now, by which offers are counted
 * @param fields - of the signal, checked; the address in the form it is stored in
 * @throws RelanceError `self_referral`, `invalid_field`, `cadence_unknown`, `unfillable_template`, `unwritable_text`
 */
export async function referralOf(
  db: Db,
  referrer: string,
  fields: Record<string, string | number | boolean>,
  at: Instant,
): Promise<NewReferral> {
  const from = await leadDetail(db, referrer)
  if (!from) throw unknownLead(referrer)
  const said = (name: string): string | undefined =>
    fields[name] === undefined ? undefined : String(fields[name])
  const email = said('email') ?? ''
  if (from.email !== null && emailKey(from.email) === emailKey(email)) {
    throw new RelanceError('self_referral', {})
  }
  const name = said('cadence') ?? from.cadence
  const cadence = await getCadence(db, name)
  if (!cadence) throw unknownCadence(name)
  const read = leadDraftSchema.safeParse({
    row: 2,
    zoneFrom: 'default',
    email,
    firstName: said('first_name'),
    lastName: said('last_name'),
    company: said('company'),
    country: from.country ?? undefined,
    region: from.region ?? undefined,
    locale: from.locale ?? undefined,
    owner: from.owner ?? undefined,
    source: 'referral',
    custom: {},
  })
  if (!read.success) {
    const drafted = String(read.error.issues[0]?.path[0])
    const field = NAMES[drafted] ?? drafted
    throw new RelanceError('invalid_field', {
      field,
      value: quote(said(field)),
      wanted: { kind: 'line', most: LONGEST_TEXT },
    })
  }
  const { row, zoneFrom, zone, ...lead } = read.data
  const who = { first_name: from.firstName, last_name: from.lastName, company: from.company }
  const wrong = lettersFor(cadence, at)(readerOf({ ...lead, zone: from.zone, referrer: who }))
  if (wrong && 'gaps' in wrong) throw new RelanceError('unfillable_template', { cadence: name, ...wrong })
  if (wrong) throw new RelanceError('unwritable_text', { cadence: name, ...wrong })
  return {
    lead: { ...lead, zone: from.zone, referrer },
    cadence: cadence.name,
    version: cadence.version,
  }
}

/** The fields of a signal, by what a draft calls them. */
const NAMES: Record<string, string> = { firstName: 'first_name', lastName: 'last_name' }

/** Who referred a lead, and who came through it. @throws RelanceError `lead_unknown` */
export async function referrals({ db }: Pick<Deps, 'db'>, idOrEmail: string): Promise<Referrals> {
  const { id } = await requireLead({ db }, idOrEmail)
  const { up, down } = await referralChains(db, id)
  const shown = (links: typeof up) =>
    links.map(({ at, ...link }) => ({ ...link, at: new Date(at).toISOString() }))
  return { lead: id, referredBy: shown(up), referred: shown(down) }
}

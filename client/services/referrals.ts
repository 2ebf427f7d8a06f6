/** Referrals: from what a signal says of somebody to the lead they become; and who came through whom. */
import { RelanceError } from '../../cadence/errors.ts'
import { getCadence } from '../../store/cadences.ts'
import type { Db } from '../../store/db.ts'
import { emailKey } from '../../store/ids.ts'
import { leadDetail } from '../../store/reads.ts'
import { type NewReferral, referralChains } from '../../store/referrals.ts'
import type { Referrals } from '../contract/index.ts'
import { leadDraftSchema } from '../import/index.ts'
import type { Deps } from './deps.ts'
import { theLead, unknownLead } from './find.ts'
import { unknownCadence } from './launch.ts'
import { templateNeeds } from './template-needs.ts'

/**
 * The lead that a `referral.given` makes: in the cadence it names, or the referrer's own, in its newest version. What
 * the signal doesn't say (zone, country, language, seller) is taken from who referred them.
 * @param fields - of the signal, checked; the address in the form it is stored in
 * @throws RelanceError `self_referral`, `invalid_field`, `cadence_unknown`, `unfillable_template`
 */
export async function referralOf(
  db: Db,
  referrer: string,
  fields: Record<string, string | number | boolean>,
): Promise<NewReferral> {
  const from = await leadDetail(db, referrer)
  if (!from) throw unknownLead(referrer)
  const said = (name: string): string | undefined =>
    fields[name] === undefined ? undefined : String(fields[name])
  const email = said('email') ?? ''
  if (from.email !== null && emailKey(from.email) === emailKey(email)) {
    throw new RelanceError('self_referral', 'they named themselves', {
      remedy: 'Send the address of the person they referred.',
    })
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
    locale: from.locale ?? undefined,
    owner: from.owner ?? undefined,
    source: 'referral',
    custom: {},
  })
  if (!read.success) {
    const [issue] = read.error.issues
    throw new RelanceError('invalid_field', `${issue?.path.join('.')} ${issue?.message}`, {
      remedy: 'Names are one line of at most 300 characters.',
    })
  }
  const { row, zoneFrom, zone, ...lead } = read.data
  const gap = templateNeeds(
    cadence.plan,
    cadence.files,
  )({ ...lead, referrer: { first_name: from.firstName, last_name: from.lastName, company: from.company } })
  if (gap !== undefined) {
    throw new RelanceError('unfillable_template', `${name}: ${gap}`, {
      remedy: 'Send it with what is missing, or name another cadence.',
      status: 422,
    })
  }
  return {
    lead: { ...lead, zone: from.zone, referrer },
    cadence: cadence.name,
    version: cadence.version,
  }
}

/** Who referred a lead, and who came through it. @throws RelanceError `lead_unknown` */
export async function referrals({ db }: Pick<Deps, 'db'>, idOrEmail: string): Promise<Referrals> {
  const { id } = await theLead({ db }, idOrEmail)
  const { up, down } = await referralChains(db, id)
  const shown = (links: typeof up) =>
    links.map(({ at, ...link }) => ({ ...link, at: new Date(at).toISOString() }))
  return { lead: id, referredBy: shown(up), referred: shown(down) }
}

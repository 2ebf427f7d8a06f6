/** Counts of leads, e-mails and benefits for `GET /summary`, and health. */
import { countAsleep } from '../../store/asleep.ts'
import { benefits } from '../../store/benefits.ts'
import { listTroubles } from '../../store/mailbox-troubles.ts'
import { summary as counts, listLeads } from '../../store/reads.ts'
import type { Health, Summary } from '../contract/index.ts'
import type { Deps } from './deps.ts'
import { rowView } from './leads.ts'
import { mailboxes } from './mailboxes.ts'
import { type Audience, readerOf } from './reader.ts'

/** How many open leads are listed one by one. */
const LISTED = 1000

/** The funnel, e-mails by status, which benefit sells, outcomes, and what every open lead waits for. */
export async function summary({ db, clock }: Deps, audience: Audience): Promise<Summary> {
  const [now, { touches, ...found }, open, sells, troubled] = await Promise.all([
    clock.now(),
    counts(db),
    listLeads(db, { open: true, limit: LISTED }),
    benefits(db),
    mailboxes({ db }, audience.language),
  ])
  return {
    now: new Date(now).toISOString(),
    ...found,
    touches,
    emails: touches.email ?? {},
    benefits: sells,
    mailboxes: troubled,
    waiting: open.map((row) => rowView(row, readerOf(audience, row, now))),
  }
}

/** Whether the database and Temporal answer, every open lead has a workflow, and how many mailboxes are in trouble. */
export async function health({ db, workflows }: Deps): Promise<Omit<Health, 'version'>> {
  const [known, temporal] = await Promise.all([
    Promise.all([countAsleep(db), listTroubles(db)]).catch(() => undefined),
    workflows.reachable(),
  ])
  const database = known !== undefined
  const [asleep, troubles] = known ?? [0, []]
  const paused = troubles.filter(({ pausedAt }) => pausedAt !== null).length
  const mailboxes = { paused, refused: troubles.length - paused }
  return { ok: database && temporal && asleep === 0, database, temporal, asleep, mailboxes }
}

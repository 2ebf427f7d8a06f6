/** Leads and the activities that carry their touches out, for the tests of activities. */

import { sql } from 'drizzle-orm'
import { createActivities } from '../../activities/index.ts'
import type { SendResult } from '../../activities/mail/answers.ts'
import { fakeMailbox } from '../../activities/mail/fake-mailbox.ts'
import type { ActivityDeps } from '../../activities/touch/deps.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Touch } from '../../cadence/touch.ts'
import { publishCadence } from '../../store/cadences.ts'
import type { Db } from '../../store/db.ts'
import { newId } from '../../store/ids.ts'
import { insertLeads, type NewLead } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { insertSignals } from '../../store/signals.ts'
import type { LeadActivities } from '../../workflows/contract.ts'
import { fixedClock } from './fixed-clock.ts'
import { FILES, MONDAY, orderOf, PLAN, turnOf } from './plans.ts'
import { withReservedSlots } from './reserve-slots.ts'

/** What one test works with: activities with a mailbox, a clock and a cadence of their own, so that no slot is taken yet. */
export function touchesOn(db: Db) {
  const clock = fixedClock(MONDAY)
  /** What the mail server says to the next e-mails; it takes them where there is nothing. */
  const answers: (SendResult | undefined)[] = []
  const mailbox = fakeMailbox(() => answers.shift())
  const logged: unknown[] = []
  const log = (...line: unknown[]): void => {
    logged.push(line)
  }
  const deps: ActivityDeps = {
    db,
    clock,
    mailboxes: () => ({ mailbox, spacing: 1000 }),
    log: { info: log, warn: log, error: log },
  }
  /** Activities whose e-mails have their slots. */
  const carrier = (of: ActivityDeps): LeadActivities => withReservedSlots(db, createActivities(of))
  const activities = carrier(deps)
  const plan: Plan = { ...PLAN, from: newId() }
  let version = 0

  /** A lead in a cadence whose mailbox no other test uses. */
  async function launch(more: Partial<NewLead> = {}): Promise<string> {
    const published = await publishCadence(db, {
      ...{ name: 'small', source: '', files: FILES, plan, hash: plan.from, now: MONDAY },
    })
    version = published.version
    const id = newId()
    const person = { email: `zoe@${id}.example`, zone: 'Europe/Paris', firstName: 'Zoé', company: 'Acme' }
    const [lead] = await insertLeads(db, [{ ...person, ...more }], {
      cadence: 'small',
      version,
      now: MONDAY,
    })
    return (lead as { id: string }).id
  }
  const turn: typeof turnOf = (lead, seq, now, more) => {
    const input = turnOf(lead, seq, now, more)
    return { ...input, view: { ...input.view, version } }
  }
  const order = (touch: Touch, slot = MONDAY, seq = 2) => {
    const input = orderOf(touch, slot, seq)
    const view = { ...input.then.view, version }
    return { ...input, version, then: { ...input.then, view } }
  }
  const ledger = async (lead: string) => ledgerIn(db).list({ lead })
  const slotsOf = async (mailboxName: string): Promise<number> => {
    const found = await db.execute(sql`select at from slots where mailbox = ${mailboxName}`)
    return (found as unknown as { rows: unknown[] }).rows.length
  }
  const signal = (lead: string, type: 'reply.received' | 'unsubscribed') =>
    insertSignals(db, [{ lead, signal: { id: newId(), type, at: MONDAY, seen: MONDAY, data: {} } }])
  return {
    clock,
    answers,
    mailbox,
    logged,
    deps,
    carrier,
    activities,
    plan,
    launch,
    turn,
    order,
    ledger,
    slotsOf,
    signal,
  }
}

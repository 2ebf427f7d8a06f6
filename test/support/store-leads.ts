/** Leads for the tests of the store: people, their launch, their signals and turns. */

import type { Signal } from '../../cadence/signals.ts'
import type { Db } from '../../store/db.ts'
import { insertLeads, type NewLead } from '../../store/leads.ts'
import { openTurn, writeTurn } from '../../store/turns.ts'
import { MONDAY, turnOf } from './plans.ts'

export const into = { cadence: 'small', version: 1, now: MONDAY }
export const somebody = (name: string, more: Partial<NewLead> = {}): NewLead => ({
  email: `${name}@${name}.example`,
  zone: 'Europe/Paris',
  ...more,
})
let signalled = 0
export const signal = (type: Signal['type'], more: Partial<Signal> = {}): Signal => {
  signalled += 1
  return { id: `s${signalled}`, type, at: MONDAY, seen: MONDAY, data: {}, ...more }
}

/** Leads of a database: launched, with a turn on record, ended. */
export function leadsOf(db: Db) {
  const launch = async (...people: NewLead[]): Promise<string[]> => {
    const launched = await insertLeads(db, people, into)
    return launched.map((result) => ('id' in result ? result.id : ''))
  }
  const one = async (name: string, more: Partial<NewLead> = {}): Promise<string> =>
    (await launch(somebody(name, more)))[0] as string
  /** Records a turn, as the activity does. */
  const record = (input: ReturnType<typeof turnOf>): Promise<void> =>
    db.transaction(async (tx) => {
      const turn = await openTurn(tx, input)
      if (!turn.stale) await writeTurn(tx, input, turn.account, undefined)
    })
  const end = (lead: string): Promise<void> =>
    record(
      turnOf(lead, 1, MONDAY, {
        changes: [{ at: MONDAY, kind: 'end', outcome: 'lost', cause: { code: 'dropped' } }],
        view: {
          ...turnOf(lead, 1, MONDAY).view,
          outcome: { outcome: 'lost', at: MONDAY, cause: { code: 'dropped' } },
        },
      }),
    )
  return { launch, one, record, end }
}

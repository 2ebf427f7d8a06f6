/**
 * Saying no, by whatever door: a signal, a drop, a task's form, a row of a list of leads, a do-not-contact list. What
 * all of them come to is `store/suppressions.ts`: the address is kept, and every open lead that has it hears of it.
 */
import type { Db } from '../../store/db.ts'
import { type No, type Suppressed, suppressAll } from '../../store/suppressions.ts'
import type { SignalAnswer } from '../contract/index.ts'
import { definedFields } from './defined-fields.ts'
import type { Deps } from './deps.ts'
import { sendSignal } from './signals.ts'

/** Addresses in one transaction. */
const TOGETHER = 1000

/**
 * Keeps that these addresses and domains must not be written to. When it returns, it holds.
 * @param dry - only says what would come of it
 */
export async function sayNo(deps: Deps, list: readonly No[], dry = false): Promise<Suppressed> {
  const all: Suppressed = { added: [], told: [] }
  for (let i = 0; i < list.length; i += TOGETHER) {
    const noes = list.slice(i, i + TOGETHER)
    const { added, told } = dry
      ? await undone(deps.db, (tx) => suppressAll(tx, noes))
      : await suppressAll(deps.db, noes)
    all.added.push(...added)
    all.told.push(...told)
  }
  if (!dry && all.told.length > 0) deps.relay.wake()
  return all
}

/** The same of a lead's contact, the main one when left out; told of as a signal, so that it counts once by its id. */
export function sayNoFor(
  deps: Deps,
  {
    lead,
    contact,
    id,
    note,
    source,
  }: { lead: string; contact?: string; id?: string; note?: string; source: string },
): Promise<SignalAnswer> {
  const fields = definedFields({ note })
  return sendSignal(deps, { lead, type: 'unsubscribed', fields, source, ...definedFields({ contact, id }) })
}

/** Does something in a transaction that is rolled back. @returns what it gave */
export async function undone<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  const back = new Error('undone')
  let given: { value: T } | undefined
  await db
    .transaction(async (tx) => {
      given = { value: await work(tx) }
      throw back
    })
    .catch((error) => {
      if (error !== back) throw error
    })
  return (given as { value: T }).value
}

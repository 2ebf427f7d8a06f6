/** The ledger and the slots by their ports, on each database and in memory: one world for the tests of all of them. */
import { asc, sql } from 'drizzle-orm'
import type { Gate } from '../../cadence/reason.ts'
import { STEP_KIND } from '../../cadence/words.ts'
import { atOrNull } from '../../store/db.ts'
import { FullStretches } from '../../store/full-stretches.ts'
import { newId } from '../../store/ids.ts'
import { insertLeads } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { Ledger, StoredTouch } from '../../store/ledger-port.ts'
import { memoryLedger } from '../../store/memory/ledger.ts'
import { memorySlots } from '../../store/memory/slots.ts'
import { emptyState } from '../../store/memory/state.ts'
import { touches } from '../../store/schema.ts'
import { slotsIn } from '../../store/slots.ts'
import type { Slots } from '../../store/slots-port.ts'
import { KINDS, openDatabase } from './database.ts'
import { MONDAY } from './plans.ts'

export type WorldKind = (typeof KINDS)[number] | 'memory'

export const WORLDS: WorldKind[] = [...KINDS, 'memory']

/** What closes a lead's gate; null opens it. */
export type Shut = Extract<Gate, 'paused' | 'ended'> | null

export interface World {
  ledger: Ledger
  slots: Slots
  /** A new lead's id. In memory, any id is a lead's. */
  lead: () => Promise<string>
  /** Closes the gate of a lead, or opens it. */
  shut: (lead: string, why: Shut) => Promise<void>
  /** The whole ledger, by key. */
  rows: () => Promise<StoredTouch[]>
  close: () => Promise<void>
}

export const openWorld = async (kind: WorldKind): Promise<World> =>
  kind === 'memory' ? memoryWorld() : databaseWorld(kind)

export function memoryWorld(): World {
  const state = emptyState()
  const closed = new Map<string, Gate>()
  return {
    ledger: memoryLedger(state, ({ leadId, kind }) => {
      const why = closed.get(leadId) ?? null
      // What is internal goes on while a lead is paused.
      return why === 'paused' && !STEP_KIND[kind].holdable ? null : why
    }),
    slots: memorySlots(state),
    lead: async () => newId(),
    shut: async (lead, why) => {
      if (why === null) closed.delete(lead)
      else closed.set(lead, why)
    },
    rows: async () => [...state.touches.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    close: async () => undefined,
  }
}

/** Each question of the slots is a new process's: what another has found full is only a hint, and out of date. */
export async function databaseWorld(kind: (typeof KINDS)[number]): Promise<World> {
  const { db, close } = await openDatabase(kind)
  const slots = (): Slots => slotsIn(db, new FullStretches())
  return {
    ledger: ledgerIn(db),
    slots: {
      firstFree: (use, from) => slots().firstFree(use, from),
      reserve: (reservation) => slots().reserve(reservation),
      release: (of) => slots().release(of),
      book: (of) => slots().book(of),
    },
    lead: async () => {
      const person = { email: `p@${newId()}.example`, zone: 'UTC' }
      const [made] = await insertLeads(db, [person], { cadence: 'c', version: 1, now: MONDAY })
      return (made as { id: string }).id
    },
    shut: async (lead, why) => {
      const [paused, ended] = [why === 'paused' ? MONDAY : undefined, why === 'ended' ? MONDAY : undefined]
      await db.execute(
        sql`update leads set paused_at = ${atOrNull(paused)}, ended_at = ${atOrNull(ended)} where id = ${lead}`,
      )
    },
    rows: () => db.select().from(touches).orderBy(asc(sql`key collate "C"`)) as Promise<StoredTouch[]>,
    close,
  }
}

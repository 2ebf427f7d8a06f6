/**
 * The state of the twin: touches and slots in memory, for simulations. It holds what the tables `touches` and `slots`
 * do, and keeps their constraints, but for one: it doesn't know which leads there are.
 */
import { writesToPerson } from '../../cadence/words.ts'
import type { StoredTouch } from '../ledger-port.ts'
import type { Reservation } from '../slots-port.ts'

export interface MemoryState {
  /** By key. */
  touches: Map<string, StoredTouch>
  /** By lead: each has one slot at most. */
  slots: Map<string, Reservation>
}

/** Nothing tried, nothing reserved. */
export const emptyState = (): MemoryState => ({ touches: new Map(), slots: new Map() })

/** What the caps count: what was written to a person and has gone out, or may have. */
export const isSent = ({ kind, status }: StoredTouch): boolean =>
  writesToPerson(kind) && (status === 'handed_over' || status === 'accepted' || status === 'unconfirmed')

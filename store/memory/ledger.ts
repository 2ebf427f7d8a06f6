/** The ledger's twin in memory: the same answers as `ledgerIn` gives, one caller at a time, without I/O. */
import type { Gate } from '../../cadence/reason.ts'
import { needsMailbox } from '../../cadence/words.ts'
import type {
  HandedOver,
  HandOver,
  Ledger,
  Settlement,
  StoredTouch,
  TouchClaim,
  TouchFilter,
  TouchRow,
  TouchStatus,
} from '../ledger-port.ts'
import type { MemoryState } from './state.ts'

/** Why the gate of a touch is closed, or null. Stands in for `store/gate.ts`. */
export type MemoryGate = (touch: Pick<StoredTouch, 'leadId' | 'contact' | 'kind'>) => Gate | null

/** A ledger on a state that it shares with the slots. */
export function memoryLedger(state: MemoryState, gate: MemoryGate): Ledger {
  return {
    claim: async (claim) => claimTouch(state, claim),
    handOver: async (mark) => handOver(state, gate, mark),
    settle: async (settlement) => settleTouch(state, settlement),
    async markUnconfirmed(key, token, now) {
      const touch = held(state, key, token, ['handed_over'])
      if (touch) Object.assign(touch, { status: 'unconfirmed', settledAt: now })
    },
    async confirm(key, now) {
      const touch = state.touches.get(key)
      if (touch?.status === 'handed_over' || touch?.status === 'unconfirmed')
        Object.assign(touch, { status: 'accepted', settledAt: now })
    },
    list: async (filter = {}) => listTouches(state, filter),
  }
}

/** The touch, where this token holds it and its status is one of these. */
function held(
  { touches }: MemoryState,
  key: string,
  token: string,
  statuses: readonly TouchStatus[],
): StoredTouch | undefined {
  const touch = touches.get(key)
  return touch?.token === token && statuses.includes(touch.status) ? touch : undefined
}

const STILL_TO_DO: readonly TouchStatus[] = ['claimed', 'deferred', 'closed']

function claimTouch({ touches }: MemoryState, claim: TouchClaim): boolean {
  const { touch, account, cadence, version, slot, token, now } = claim
  const { key, lead: leadId, visit, step, kind, name, contact, stage, urgency } = touch
  const offer = touch.offer ? { ...touch.offer } : null
  /** What another claim of the same touch changes. */
  const claimed = { status: 'claimed', token, contact, urgency, cadence, version, name, offer, slot } as const
  const known = touches.get(key)
  if (known) {
    if (!STILL_TO_DO.includes(known.status)) return false
    Object.assign(known, claimed, { attempts: known.attempts + 1, claimedAt: now })
    return true
  }
  touches.set(key, {
    ...{ key, leadId, accountId: account, visit, step, kind, stage, theme: touch.theme ?? null },
    ...claimed,
    ...{ attempts: 1, deferrals: 0, claimedAt: now, deferredAt: null, handedOverAt: null, settledAt: null },
    ...{ mailbox: null, messageId: null, references: null, subject: null, variant: null, address: null },
    ...{ hard: null, response: null, reason: null },
  })
  return true
}

function handOver(state: MemoryState, gate: MemoryGate, { key, token, now, email }: HandOver): HandedOver {
  const touch = held(state, key, token, ['claimed'])
  if (!touch) return 'lost'
  const reserved = !needsMailbox(touch.kind) || state.slots.get(touch.leadId)?.at === touch.slot
  const why = gate(touch) ?? (reserved ? null : 'unreserved')
  if (why !== null) {
    settleTouch(state, { key, token, status: 'closed', now })
    return why
  }
  const messageId = email?.messageId ?? null
  for (const other of state.touches.values()) {
    if (messageId !== null && other !== touch && other.messageId === messageId)
      throw new Error(`${other.key} has this Message-ID`)
  }
  Object.assign(touch, {
    ...{ status: 'handed_over', handedOverAt: now, messageId, mailbox: email?.mailbox ?? null },
    ...{ references: email ? [...email.references] : null, subject: email?.subject ?? null },
    ...{ variant: email?.variant ?? null, address: email?.address ?? null },
  })
  return 'handed_over'
}

function settleTouch(state: MemoryState, settlement: Settlement): TouchStatus | undefined {
  const { key, token, status, now, response, hard, reason, ours } = settlement
  const touch = held(state, key, token, ['claimed', 'handed_over', 'unconfirmed'])
  if (!touch) return undefined
  const before = touch.status
  Object.assign(touch, {
    ...{ status, settledAt: now, response: response ?? null, hard: hard ?? null },
    reason: reason ? structuredClone(reason) : null,
  })
  if (ours) Object.assign(touch, { deferrals: 0, deferredAt: null })
  else if (status === 'deferred') {
    touch.deferrals += 1
    touch.deferredAt ??= now
  }
  return before
}

function listTouches({ touches }: MemoryState, { lead, status, limit = 10_000 }: TouchFilter): TouchRow[] {
  return [...touches.values()]
    .filter((touch) => lead === undefined || touch.leadId === lead)
    .filter((touch) => status === undefined || touch.status === status)
    .sort((a, b) => a.slot - b.slot || (a.key < b.key ? -1 : 1))
    .slice(0, limit)
    .map(rowOf)
}

const rowOf = (touch: StoredTouch): TouchRow => {
  const { key, leadId: lead, step, kind, contact, status, subject, messageId, mailbox } = touch
  const { attempts, hard, slot, handedOverAt, settledAt } = touch
  return {
    ...{ key, lead, step, kind, contact, status, subject, messageId, mailbox },
    ...{ attempts, hard, slot, handedOverAt, settledAt },
  }
}

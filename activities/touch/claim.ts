/** A touch that this process has claimed: its fencing token, and how often it was put off. */
import type { Instant } from '../../cadence/time.ts'
import { newId } from '../../store/ids.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { AttemptInput } from '../../workflows/contract.ts'
import type { ActivityDeps } from './deps.ts'

export interface Claim {
  key: string
  token: string
  /** Which attempt this is, from 1. */
  attempt: number
  deferrals: number
  /** The first time it was put off. */
  deferredAt: Instant | null
}

/** A claim that isn't in the ledger yet. */
export const newClaim = (
  { touch }: AttemptInput,
  { attempts, deferrals, deferredAt }: TouchContext,
): Claim => ({
  key: touch.key,
  token: newId(),
  attempt: attempts + 1,
  deferrals,
  deferredAt,
})

/**
 * Puts a claim into the ledger: whoever had claimed the touch before can't hand it over any more.
 * @returns false when it was handed over or settled in the meantime
 */
export async function putClaim(
  db: ActivityDeps['db'],
  { token }: Claim,
  { touch, cadence, version, slot }: AttemptInput,
  { account }: TouchContext,
  now: Instant,
): Promise<boolean> {
  return ledgerIn(db).claim({ touch, account, cadence, version, slot, token, now })
}

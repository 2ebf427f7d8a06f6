/** What the ledger says became of a touch, as the rules hear it. */
import type { TouchResult } from '../../cadence/lead.ts'
import type { Instant } from '../../cadence/time.ts'
import type { LedgerWord } from '../../store/touch-context.ts'

/**
 * The result of a touch that is settled, when it was to be carried out at `slot`; nothing where it is still open, or was
 * handed over and hasn't been answered.
 */
export function cameOut(
  { status, kind, hard, failure, claimedFor }: LedgerWord,
  slot: Instant,
): TouchResult | undefined {
  switch (status) {
    case 'accepted':
      // Asked at an earlier moment, by an attempt that was killed: it may have been answered since.
      if (kind === 'credit_check' && claimedFor !== null && claimedFor < slot) return { kind: 'unconfirmed' }
      return { kind: 'done' }
    case 'unconfirmed':
      return { kind: 'unconfirmed' }
    case 'refused':
      return { kind: 'refused', hard: hard === true }
    case 'failed':
      return { kind: 'failed', failure: failure ?? { code: 'quoted', text: '' } }
    default:
      return undefined
  }
}

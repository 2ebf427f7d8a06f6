/**
 * The seam of channels: a way to carry out a touch. `attempt.ts` does what all have in common (the ledger, the gate,
 * the time there is); a channel makes what goes out, and says what became of it. A new one is a folder with a
 * `channel.ts`, and a line in `channels.ts`.
 */
import type { StepKind } from '../../cadence/words.ts'
import type { HandedOver } from '../../store/ledger.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import type { Claim } from './claim.ts'
import type { Recorder } from './record.ts'

/** One process's attempts, and what they share. */
export interface Carrier extends Recorder {
  /** Touches on their way in this process, by key; whoever attempts one of them again joins it. */
  underway: Map<string, Begun>
  /** The environment's secret. */
  salt: () => Promise<string>
}

/** A touch that this process has begun to carry out. */
export interface Begun<Outcome = unknown> {
  claim: Claim
  /**
   * Resolves when it is known what became of it. An outcome of kind `closed` says that handing over was refused:
   * nothing has left.
   */
  outcome: Promise<Outcome>
  /** It may have left this process: what becomes of it stays known until it is written down. */
  mayLeaveProcess: boolean
  /** Nobody waits for it any more: what becomes of it is written down by the channel itself. */
  abandoned: boolean
}

export interface Channel<Outcome = unknown, Started extends Begun<Outcome> = Begun<Outcome>> {
  /** The kind of the steps it carries out. */
  kind: StepKind
  /**
   * Claims the touch, makes what is to go out, and begins to hand it over.
   * @returns an answer when it is settled already, for it can't be made or was put off; undefined when another attempt
   * was first: the ledger has to be looked at again
   */
  begin(
    carrier: Carrier,
    input: AttemptInput,
    context: TouchContext,
  ): Promise<Started | AttemptAnswer | undefined>
  /**
   * Writes down what became of it, with the next turn where all went well, in one transaction.
   * @returns undefined when it was settled before: the ledger has to be looked at again
   */
  settle(
    carrier: Carrier,
    input: AttemptInput,
    begun: Started,
    outcome: Outcome,
  ): Promise<AttemptAnswer | undefined>
}

/** The hand-over was held back at the last moment: nothing has left. */
export class HeldBack extends Error {
  readonly why: Exclude<HandedOver, 'handed_over'>

  constructor(why: Exclude<HandedOver, 'handed_over'>) {
    super(`held back: ${why}`)
    this.why = why
  }
}

/**
 * What a channel is: one way to carry out a touch. `attempt.ts` does what all have in common (the ledger, the gate,
 * the time there is); a channel makes what goes out, and writes down what became of it. What a new one takes is in
 * ARCHITECTURE.md, "Channels".
 */
import type { HandedOver } from '../../store/ledger-port.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import type { Claim } from './claim.ts'
import type { Recorder } from './record.ts'

/** One process's attempts, and what they share. */
export interface Carrier extends Recorder {
  /** Touches that this process is carrying out, by key: another attempt of one of them joins it. */
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
  /** Whether it may leave this process before it is settled: then it stays in `underway` until that is written down. */
  mayLeaveProcess: boolean
  /** No attempt waits for it any more: the channel itself writes down that it was accepted. */
  abandoned: boolean
}

export interface Channel<Outcome = unknown, Started extends Begun<Outcome> = Begun<Outcome>> {
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

/**
 * How far the demo and the proposal have come. What was reached stays reached: a second demo that is booked doesn't
 * undo the one that was held, and who looks at an accepted proposal again has accepted it still.
 */
import type { Dated, Facts } from './facts.ts'
import type { Demo, Proposal } from './words.ts'

/** Held once one was; else the last word. */
export const demoNow = ({ demo, held }: Facts): Dated<Demo> =>
  held > 0 ? { value: 'held', at: held, by: '' } : demo

/** The last word; a proposal that waits for its answer is `viewed` when it was looked at since it was sent. */
export const proposalNow = ({ proposal, viewed }: Facts): Dated<Proposal> =>
  (proposal.value === 'none' || proposal.value === 'sent') && viewed > proposal.at
    ? { value: 'viewed', at: viewed, by: '' }
    : proposal

/** An ended lead begins again because a person wants it to: as a new visit, with all that is known of it. */
import type { Lead } from './lead.ts'
import type { Instant } from './time.ts'
import type { OutcomeWord } from './words.ts'

/**
 * Whether an end is for good, so that no person may reopen the lead: a customer is launched in a cadence of their own,
 * and who asked to be erased stays so. Who said no is asked of the list of those who did, where a person can lift it.
 */
export const endedForGood = (outcome: OutcomeWord): boolean => outcome === 'won' || outcome === 'erased'

/**
 * The lead as it begins again at `at`: where its facts put it, its steps from the first one on. A deal that was lost is
 * open, a reply that waited for the seller counts as handled, and no e-mail as unanswered; everything else stays known.
 * Offers that ended stay ended. What colleagues said meanwhile comes as signals.
 */
export function reopened(lead: Lead, at: Instant): Lead {
  const { ending, over, paused, delayed, held, ...kept } = lead
  if (!ending) return lead
  const by = `reopened:${at}`
  const { stage, stageSince, spent } = kept
  const lasted = (spent[stage] ?? 0) + Math.max(0, ending.at - stageSince)
  return {
    ...kept,
    now: at,
    facts: {
      ...kept.facts,
      deal: { value: 'open', at, by },
      handled: { value: 'resume', at, by },
      replies: {},
      refused: {},
      colleagues: {},
    },
    spent: stage === '' ? spent : { ...spent, [stage]: lasted },
    stage: '',
    stageSince: at,
    urgency: '',
    visits: [],
    earlier: [],
    holds: [],
    heldInStage: 0,
    unanswered: [],
    tell: [],
    told: {},
    given: [],
    aside: [],
  }
}

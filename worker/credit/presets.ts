/**
 * Presets of credit providers: the shapes that ship with Relance. What differs from account to account stays in
 * relance.yaml.
 *
 * Creditsafe Connect, from its public reference (doc.creditsafe.com, Check and Decide 1.0, Global Monitoring 1.0):
 * - documented: `POST /decisionEngine/{tree}?companyId=…&originationId=…` with a bearer token answers
 *   `{ Decision, DecisionText, Audits: [{ RuleName, description }], originationId, statusCode }`; `statusCode` is
 *   "typically" 1 for positive, 2 for pending and 3 for negative outcomes, and 5 and 6 where a person accepted or
 *   rejected; `originationId` is text of ours that is kept with the decision.
 * - documented: monitoring events are `{ eventId, companyId, ruleName, localEventCode, globalEventCode, newValue,
 *   oldValue, eventDate }`; the example of a changed limit has `globalEventCode: CL`.
 * - assumed: that something posts decisions and events to the webhook in these shapes, one at a time. Creditsafe's
 *   reference has them fetched (`usageLog`, `notificationEvents`); a script of the team's forwards them.
 * - assumed: the names of the rules that say that a rating is another one; and that a decision which comes as 2 later
 *   on is with a person (`Refer`).
 * The audits of a decision tree are the team's own, so the limit and the rating are for relance.yaml to find.
 */
import type { Mapping, Webhook } from '../../activities/credit/provider.ts'

export interface Preset {
  answer: Mapping
  webhook: Omit<Webhook, 'secret' | 'auth'>
}

const CREDITSAFE: Preset = {
  answer: {
    decision: {
      path: 'statusCode',
      values: { approved: ['1', '5'], refused: ['3', '6'], pending: ['2'] },
    },
  },
  webhook: {
    reference: 'originationId',
    event: 'eventId',
    decision: {
      path: 'statusCode',
      values: { approved: ['1', '5'], refused: ['3', '6'], review: ['2'] },
    },
    monitoring: {
      company: 'companyId',
      limit: { path: 'newValue', when: { globalEventCode: ['CL'] } },
      rating: {
        path: 'newValue',
        when: { ruleName: ['International Rating Change', 'International Score Change', 'Rating Change'] },
      },
      date: 'eventDate',
    },
  },
}

export const PRESETS: Record<'creditsafe', Preset> = { creditsafe: CREDITSAFE }

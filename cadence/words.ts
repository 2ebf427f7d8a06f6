/** The words of the house (docs/design.md §1) as literal types, with the lists that check, validate and print them. */

/** How much a lead wants it, lowest first: general information; our benefits against similar products; convinced. */
export const INTERESTS = ['none', 'general', 'comparing', 'convinced'] as const
export type Interest = (typeof INTERESTS)[number]

export const CREDITS = ['unknown', 'pending', 'approved', 'refused', 'review'] as const
export type CreditState = (typeof CREDITS)[number]

export const NEEDS = ['unknown', 'verified', 'dismissed'] as const
export type Need = (typeof NEEDS)[number]

export const ROLES = ['decision_maker', 'influencer', 'user', 'saboteur'] as const
export type Role = (typeof ROLES)[number]

/** The benefit a message argues. */
export const THEMES = ['ease', 'support', 'productivity', 'upfront_savings', 'indirect_costs'] as const
export type Theme = (typeof THEMES)[number]

export const DEMOS = ['none', 'booked', 'held', 'missed'] as const
export type Demo = (typeof DEMOS)[number]
/** What a demo has been, too, when it is this far: asking for a booked one is content with one that was held. */
export const DEMO_AFTER: Record<Demo, readonly Demo[]> = {
  none: [],
  booked: ['held'],
  held: [],
  missed: [],
}

export const PROPOSALS = ['none', 'sent', 'viewed', 'accepted', 'declined'] as const
export type Proposal = (typeof PROPOSALS)[number]
/** As for demos: one that was answered was sent, and seen. */
export const PROPOSAL_AFTER: Record<Proposal, readonly Proposal[]> = {
  none: [],
  sent: ['viewed', 'accepted', 'declined'],
  viewed: ['accepted', 'declined'],
  accepted: [],
  declined: [],
}

export const DEALS = ['open', 'won', 'lost'] as const
export type Deal = (typeof DEALS)[number]

export const STANDINGS = ['lead', 'prospect', 'qualified', 'customer'] as const
export type Standing = (typeof STANDINGS)[number]

export const OUTCOMES = [
  'won',
  'lost',
  'refused_credit',
  'opted_out',
  'unreachable',
  'unresponsive',
  'erased',
] as const
export type OutcomeWord = (typeof OUTCOMES)[number]

export const STEP_KINDS = ['email', 'task', 'credit_check', 'notify'] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** What the other leads of an account do when one of them replies (`account:` of a cadence). */
export const ACCOUNT_RULES = ['hold', 'continue', 'drop'] as const
export type AccountRule = (typeof ACCOUNT_RULES)[number]

/** Who is told: the lead's seller, or the seller's manager. */
export const STAFF = ['owner', 'manager'] as const
export type Staff = (typeof STAFF)[number]

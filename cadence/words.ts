/** The domain vocabulary (docs/design.md §1) as literal types, with the lists that check, validate and print them. */

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
/** The later states that include a state: a condition that asks for a booked demo holds for one that was held. */
export const DEMO_AFTER: Record<Demo, readonly Demo[]> = {
  none: [],
  booked: ['held'],
  held: [],
  missed: [],
}

export const PROPOSALS = ['none', 'sent', 'viewed', 'accepted', 'declined'] as const
export type Proposal = (typeof PROPOSALS)[number]
/** As `DEMO_AFTER`: a proposal that was answered was sent and viewed. */
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

/**
 * Why no workflow works for an open lead. `terminated`, `cancelled`, `failed`, `timed_out`: so its workflow ended;
 * `completed`: by its rules, of which the database knows nothing; `missing`: Temporal has none; `behind`: one runs, and
 * knows less than is on record (Temporal was restored).
 */
export const ASLEEP = [
  'terminated',
  'cancelled',
  'failed',
  'timed_out',
  'completed',
  'missing',
  'behind',
] as const
export type AsleepWord = (typeof ASLEEP)[number]
/** Who began a lead's workflow again: Relance, which had noticed, or a person, by `relance reconcile`. */
export const WAKENERS = ['relance', 'person'] as const
export type Wakener = (typeof WAKENERS)[number]

/** What `relance doctor` can find (`store/findings.ts`). */
export const FINDINGS = [
  'signal_not_folded',
  'signal_not_delivered',
  'lead_not_started',
  'lead_asleep',
  'lead_overdue',
  'slot_without_lead',
  'slot_not_next',
  'touch_without_turn',
  'turn_without_touch',
  'touch_not_settled',
] as const
export type FindingWord = (typeof FINDINGS)[number]

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

/** What sets one kind of step apart from another, wherever the code has to know. */
interface StepTraits {
  /** The contact gets it: the caps, the suppressions and `unanswered` are about it, and it can argue a benefit. */
  writesToPerson: boolean
  /** It goes out at a slot of the cadence's mailbox, which is reserved for it. */
  needsMailbox: boolean
  /** A hold keeps it back; what is internal goes on. */
  holdable: boolean
  /** It can be a line of the task list, for a person to do or to read. */
  onTaskList: boolean
  /** Where its words are from: a template file, the cadence (in Liquid), or Relance itself. */
  words: 'template' | 'cadence' | 'relance'
}

/** The kinds of step. */
export const STEP_KIND = {
  email: { writesToPerson: true, needsMailbox: true, holdable: true, onTaskList: false, words: 'template' },
  task: { writesToPerson: false, needsMailbox: false, holdable: false, onTaskList: true, words: 'cadence' },
  credit_check: {
    writesToPerson: false,
    needsMailbox: false,
    holdable: true,
    onTaskList: true,
    words: 'relance',
  },
  notify: { writesToPerson: false, needsMailbox: false, holdable: false, onTaskList: true, words: 'relance' },
} as const satisfies Record<string, StepTraits>
export type StepKind = keyof typeof STEP_KIND
export const STEP_KINDS = Object.keys(STEP_KIND) as readonly StepKind[]

/** The kinds that can be on the task list. */
export type TaskKind = {
  [Kind in StepKind]: (typeof STEP_KIND)[Kind]['onTaskList'] extends true ? Kind : never
}[StepKind]

/** What is planned and is no touch, only a time. */
type NoTouch = 'opening' | 'moment'
const isTouch = (kind: StepKind | NoTouch): kind is StepKind => kind !== 'opening' && kind !== 'moment'

/** Whether the contact gets it. */
export const writesToPerson = (kind: StepKind | NoTouch): boolean =>
  isTouch(kind) && STEP_KIND[kind].writesToPerson

/** Whether it goes out at a slot of a mailbox. */
export const needsMailbox = (kind: StepKind | NoTouch): boolean =>
  isTouch(kind) && STEP_KIND[kind].needsMailbox

/** What the other leads of an account do when one of them replies (`account:` of a cadence). */
export const ACCOUNT_RULES = ['hold', 'continue', 'drop'] as const
export type AccountRule = (typeof ACCOUNT_RULES)[number]

/** Who is told: the lead's seller, or the seller's manager. */
export const STAFF = ['owner', 'manager'] as const
export type Staff = (typeof STAFF)[number]

/** What waits for people: a reply to be handled, somebody to be named, a task to be done, or a date that can't be meant. */
export type Waiting = 'reply' | 'role' | 'task' | 'date'

/** How often a play runs at most (`once:` of a play). */
export const ONCE = ['per lead', 'per visit'] as const
export type Once = (typeof ONCE)[number]

/** Why a lead is on hold. */
export type HoldWord = 'paused' | 'reply' | 'held' | 'out_of_office' | 'callback' | 'account'

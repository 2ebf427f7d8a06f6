/**
 * The one catalogue of signals (docs/design.md §3): what each is called, its fields, and an example. Which of them answer
 * our e-mails is in `inbound.ts`. The API's validation, the CLI's help and the reference are made from it.
 */
import type { Instant } from './time.ts'
import { INTERESTS, type OutcomeWord, ROLES, THEMES } from './words.ts'

/** What a field holds. `personal` fields stay in the database; the workflow never sees them. */
export type FieldKind =
  | { kind: 'one_of'; values: readonly string[] }
  | { kind: 'number' }
  | { kind: 'boolean' }
  /** `whole`: a date alone is that day as a whole, so its end counts. */
  | { kind: 'instant'; whole?: true }
  /** A short code of our own or a provider's, no prose: `8841`, `creditsafe`. */
  | { kind: 'code' }
  | { kind: 'text'; personal: true }
  /** The name of what is objected to; the workflow sees only a token made from it. */
  | { kind: 'topic' }
  | { kind: 'value' }

export interface Field {
  kind: FieldKind
  required?: true
  about: string
}

export interface SignalSpec {
  about: string
  /** What it changes, in words. */
  changes: string
  /** How a lead can end by it, whatever the cadence says. */
  ends?: readonly OutcomeWord[]
  /** Relance says this itself; nobody else may send it. */
  own?: true
  fields: Record<string, Field>
  example: Record<string, string | number | boolean>
}

const oneOf = (values: readonly string[]): FieldKind => ({ kind: 'one_of', values })
const number: FieldKind = { kind: 'number' }
const code: FieldKind = { kind: 'code' }
const text: FieldKind = { kind: 'text', personal: true }
const instant: FieldKind = { kind: 'instant' }

const theme: Field = { kind: oneOf(THEMES), about: 'the benefit it is about' }
const amount: Field = { kind: number, about: 'in the currency of your books' }
const creditFields: Record<string, Field> = {
  limit: { kind: number, about: 'the credit limit' },
  rating: { kind: code, about: "the provider's rating" },
  ref: { kind: code, about: "the provider's reference" },
  provider: { kind: code, about: 'who decided' },
}
const decisionFields: Record<string, Field> = {
  ...creditFields,
  note: { kind: text, about: 'what was said' },
}

export const SIGNALS = {
  'interest.expressed': {
    about: 'They said how much they want it.',
    changes: 'the interest, at this grade; the benefit counts for `theme: best`; the dialogue',
    fields: {
      level: { kind: oneOf(INTERESTS), required: true, about: 'the grade of interest' },
      theme,
    },
    example: { level: 'comparing', theme: 'productivity' },
  },
  'need.verified': {
    about: 'The need is real.',
    changes: 'the need is verified; the amount',
    fields: { note: { kind: text, about: 'what was said' }, amount },
    example: { note: 'replaces two spreadsheets', amount: 18000 },
  },
  'need.dismissed': {
    about: 'There is no need after all.',
    changes: 'the need is dismissed',
    fields: { note: { kind: text, about: 'what was said' } },
    example: { note: 'bought last year' },
  },
  'credit.requested': {
    about: 'A credit decision was asked for.',
    changes: 'credit is pending; an approval that is still good stays one until the answer',
    fields: creditFields,
    example: { provider: 'creditsafe', ref: '8841' },
  },
  'credit.approved': {
    about: 'Creditworthy, up to a limit, until the decision goes stale.',
    changes:
      'credit is approved, with its limit and rating, until it goes stale (`credit.valid_for`); without a limit it covers any amount',
    fields: decisionFields,
    example: { limit: 50000, rating: 'B', ref: '8841' },
  },
  'credit.refused': {
    about: 'Not creditworthy.',
    changes: 'credit is refused',
    fields: decisionFields,
    example: { ref: '8841' },
  },
  'credit.review': {
    about: 'Somebody has to look at the file.',
    changes: 'credit is under review',
    fields: decisionFields,
    example: { ref: '8841' },
  },
  'credit.changed': {
    about: "Monitoring says that a company's limit or rating is another one now.",
    changes: 'the limit and the rating, each for itself, of the decision there is; its date stays',
    fields: {
      limit: { kind: number, about: 'the limit now' },
      rating: { kind: code, about: 'the rating now' },
      ref: { kind: code, about: "the provider's reference" },
      provider: { kind: code, about: 'who says so' },
    },
    example: { limit: 5000, rating: 'D', provider: 'creditsafe' },
  },
  'reply.received': {
    about: 'They wrote. Nothing is sent until the seller has handled it.',
    changes:
      "the dialogue; everything holds until the reply is handled, and the account's other leads as `account` says",
    ends: ['lost'],
    fields: {
      message: { kind: text, about: 'what they wrote' },
      refuses: {
        kind: { kind: 'boolean' },
        about: "they want nothing of it: a decision maker's word ends the lead",
      },
    },
    example: { message: 'Could you call me?' },
  },
  'reply.handled': {
    about: 'The seller answered: go on, keep still, or stop.',
    changes: 'the hold of the reply is over, goes on, or ends the lead',
    ends: ['lost'],
    fields: { then: { kind: oneOf(['resume', 'hold', 'end']), required: true, about: 'what happens now' } },
    example: { then: 'resume' },
  },
  'reply.automatic': {
    about: 'An automatic reply: out of office, until a date or for two weeks.',
    changes: 'nothing goes to this contact until then; everything holds when it is the main one',
    fields: { returns: { kind: instant, about: 'when they are back; two weeks from then when left out' } },
    example: { returns: '2026-09-01' },
  },
  'callback.requested': {
    about: '"Call me in March": quiet until then.',
    changes:
      'nothing goes to this contact until then; everything holds when it is the main one; the dialogue',
    fields: { until: { kind: instant, required: true, about: 'when to get back to them' } },
    example: { until: '2027-03-01' },
  },
  'email.bounced': {
    about: 'An e-mail came back.',
    changes: 'a hard one: the contact is not written to any more',
    ends: ['unreachable'],
    fields: { hard: { kind: { kind: 'boolean' }, required: true, about: 'the address will never work' } },
    example: { hard: true },
  },
  'email.complained': {
    about: 'They marked us as spam.',
    changes: 'the contact is not written to any more',
    ends: ['opted_out'],
    fields: {},
    example: {},
  },
  'link.clicked': {
    about: 'They followed a link.',
    changes: 'the benefit counts for `theme: best`',
    fields: { theme },
    example: { theme: 'support' },
  },
  unsubscribed: {
    about: 'They want no more e-mails.',
    changes: "the contact is not written to any more; the main contact's word ends the lead",
    ends: ['opted_out'],
    fields: { note: { kind: text, about: 'what was said' } },
    example: {},
  },
  'contact.identified': {
    about: 'Somebody of the buying centre is known, with a role.',
    changes:
      'the contact has this role and stance, and is back if they had left; who objected and is a saboteur, has challenged',
    ends: ['lost'],
    fields: {
      role: { kind: oneOf(ROLES), required: true, about: 'the role in the decision' },
      stance: { kind: oneOf(['for', 'neutral', 'against']), about: 'what they think of us' },
      email: { kind: text, about: 'their address' },
      first_name: { kind: text, about: 'their first name' },
      last_name: { kind: text, about: 'their last name' },
      title: { kind: text, about: 'their job' },
    },
    example: { role: 'decision_maker', email: 'hugo.morel@atelier-morel.example' },
  },
  'contact.left': {
    about: 'They left the company.',
    changes: 'the contact is not written to any more',
    fields: {},
    example: {},
  },
  'contact.edited': {
    about: 'A person corrected what is known of somebody: an address, a name, a phone, an owner.',
    changes: 'with another address, a bounce of the one before counts no more',
    own: true,
    fields: {
      fields: { kind: code, required: true, about: 'what was corrected' },
      address: { kind: { kind: 'boolean' }, about: 'the address is another one' },
    },
    example: { fields: 'email', address: true },
  },
  'suppression.lifted': {
    about: 'A person lifted what kept us from writing to somebody.',
    changes: 'the contact may be written to again; an ended lead begins again only when it is reopened',
    own: true,
    fields: { reason: { kind: text, about: 'why' }, by: { kind: text, about: 'who lifted it' } },
    example: { reason: 'asked for it in writing' },
  },
  'objection.raised': {
    about: 'Something speaks against it, and must be overcome.',
    changes:
      "the objection is open; a saboteur's is a challenge, which keeps the stage from advancing; the dialogue",
    fields: {
      topic: { kind: { kind: 'topic' }, required: true, about: 'what it is about' },
      by: { kind: oneOf(ROLES), about: 'who raised it' },
    },
    example: { topic: 'data migration', by: 'saboteur' },
  },
  'objection.overcome': {
    about: 'An objection was answered.',
    changes: 'the objection is closed',
    fields: {
      topic: { kind: { kind: 'topic' }, required: true, about: 'what it was about' },
      override: { kind: { kind: 'boolean' }, about: 'a person lets it pass although it was not answered' },
      reason: { kind: text, about: 'why, when a person lets it pass' },
    },
    example: { topic: 'data migration' },
  },
  'demo.booked': {
    about: 'A demo has a date.',
    changes: 'the demo is booked; the dialogue',
    fields: { at: { kind: instant, about: 'when it takes place' } },
    example: { at: '2026-12-03T14:00' },
  },
  'demo.held': {
    about: 'The demo took place.',
    changes: 'the demo is held, and stays so; the dialogue',
    fields: {},
    example: {},
  },
  'demo.missed': { about: 'They did not come.', changes: 'the demo is missed', fields: {}, example: {} },
  'proposal.sent': {
    about: 'The proposal is with them.',
    changes: 'the proposal is sent; the amount',
    fields: { amount },
    example: { amount: 18000 },
  },
  'proposal.viewed': {
    about: 'They opened the proposal.',
    changes: 'the proposal is viewed, unless it was answered before',
    fields: { amount },
    example: {},
  },
  'proposal.accepted': {
    about: 'They said yes.',
    changes: 'the proposal is accepted; the amount; the dialogue',
    fields: { amount },
    example: { amount: 18000 },
  },
  'proposal.declined': {
    about: 'They said no to the proposal.',
    changes: 'the proposal is declined; the dialogue',
    fields: { amount },
    example: {},
  },
  'deal.won': {
    about: 'Signed: the lead is a customer.',
    changes: 'the deal is won; the amount',
    ends: ['won'],
    fields: { amount, reason: { kind: text, about: 'why' } },
    example: { amount: 18000 },
  },
  'deal.lost': {
    about: 'Lost.',
    changes: "the deal is lost; a customer's play ends",
    ends: ['lost'],
    fields: { amount, reason: { kind: text, about: 'why' } },
    example: { reason: 'went with a competitor' },
  },
  'offer.extended': {
    about: "A person moved an offer's end, with a reason.",
    changes: "the offer's end",
    fields: {
      offer: { kind: code, required: true, about: 'the offer' },
      until: {
        kind: { kind: 'instant', whole: true },
        required: true,
        about: "its new end; of a date, the end of that day in the lead's zone",
      },
      reason: { kind: text, required: true, about: 'why' },
    },
    example: { offer: 'early-signature', until: '2027-01-31', reason: 'board meets on the 28th' },
  },
  'referral.given': {
    about: 'They named somebody who may want it too.',
    changes: 'the dialogue; the new contact becomes a lead of their own, or is linked when they are one',
    fields: {
      email: { kind: text, required: true, about: "the new contact's address" },
      first_name: { kind: text, about: 'their first name' },
      last_name: { kind: text, about: 'their last name' },
      company: { kind: text, about: 'their company' },
      cadence: { kind: code, about: "the cadence for them; left out, the referrer's own" },
    },
    example: { email: 'ines.roux@fonderie-roux.example' },
  },
  'colleague.replied': {
    about: 'Another lead of the same account replied, and the reply waits.',
    changes: "what the cadence's `account` says: hold, continue or drop (never one who has replied too)",
    ends: ['unresponsive'],
    own: true,
    fields: { lead: { kind: code, required: true, about: 'the other lead' } },
    example: { lead: '01J9ZK3V5R' },
  },
  'colleague.handled': {
    about: "The colleague's reply was handled, or their lead has ended.",
    changes: 'the hold for that colleague is over',
    own: true,
    fields: { lead: { kind: code, required: true, about: 'the other lead' } },
    example: { lead: '01J9ZK3V5R' },
  },
  'task.done': {
    about: 'A person did what a task asked for.',
    changes: 'the task is done: the step that waits for it goes on, and nobody is told of it any more',
    own: true,
    fields: {
      step: { kind: code, required: true, about: "the task's step" },
      visit: { kind: number, required: true, about: 'the visit in which it was given' },
      skip: { kind: { kind: 'boolean' }, about: 'what it asks to be mended is left out' },
    },
    example: { step: 'call', visit: 2 },
  },
  'mailbox.resumed': {
    about: 'The mailbox that the lead is written to from sends again.',
    changes: 'an e-mail that was put off for the mailbox is planned again, from now',
    own: true,
    fields: { mailbox: { kind: code, required: true, about: 'the mailbox' } },
    example: { mailbox: 'claire' },
  },
  'fact.recorded': {
    about: "A fact of the team's own.",
    changes: 'the named fact',
    fields: {
      name: { kind: code, required: true, about: 'the name conditions use' },
      value: { kind: { kind: 'value' }, required: true, about: 'a number, true or false, or a short word' },
    },
    example: { name: 'employees', value: 120 },
  },
} as const satisfies Record<string, SignalSpec>

export type SignalType = keyof typeof SIGNALS
export const SIGNAL_TYPES = Object.keys(SIGNALS) as SignalType[]

/** What the catalogue says of a type. */
export const specOf = (type: SignalType): SignalSpec => SIGNALS[type]

/** A signal as the workflow sees it: checked, and without anything personal. */
export interface Signal {
  /** Unique for the lead; the same id twice counts once. */
  id: string
  type: SignalType
  /** When it happened. */
  at: Instant
  /** When we took it in, on the environment's clock; never before `at` unless the sender's clock is ahead. */
  seen: Instant
  /** The contact it is about; the lead's main contact when left out. */
  contact?: string
  /** The fields the rules need; instants as milliseconds, topics as tokens. */
  data: Record<string, string | number | boolean>
}

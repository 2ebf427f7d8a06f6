/**
 * The one catalogue of signals (DESIGN.md §3): what each is called, its fields, and an example. Which of them answer
 * our e-mails is in `inbound.ts`. The API's validation, the CLI's help and the reference are made from it.
 */
import type { Instant } from './time.ts'
import { INTERESTS, ROLES, THEMES } from './words.ts'

/** What a field holds. `personal` fields stay in the database; the workflow never sees them. */
export type FieldKind =
  | { is: 'one_of'; values: readonly string[] }
  | { is: 'number' }
  | { is: 'boolean' }
  | { is: 'instant' }
  /** A short code of our own or a provider's, no prose: `8841`, `creditsafe`. */
  | { is: 'code' }
  | { is: 'text'; personal: true }
  /** The name of what is objected to; the workflow sees only a token made from it. */
  | { is: 'topic' }
  | { is: 'value' }

export interface Field {
  kind: FieldKind
  required?: true
  about: string
}

export interface SignalSpec {
  about: string
  fields: Record<string, Field>
  example: Record<string, string | number | boolean>
}

const oneOf = (values: readonly string[]): FieldKind => ({ is: 'one_of', values })
const number: FieldKind = { is: 'number' }
const code: FieldKind = { is: 'code' }
const text: FieldKind = { is: 'text', personal: true }
const instant: FieldKind = { is: 'instant' }

const theme: Field = { kind: oneOf(THEMES), about: 'the benefit it is about' }
const amount: Field = { kind: number, about: 'in the currency of your books' }
const creditFields: Record<string, Field> = {
  limit: { kind: number, about: 'the credit limit' },
  rating: { kind: code, about: "the provider's rating" },
  ref: { kind: code, about: "the provider's reference" },
  provider: { kind: code, about: 'who decided' },
}

export const SIGNALS = {
  'interest.expressed': {
    about: 'They said how much they want it.',
    fields: {
      level: { kind: oneOf(INTERESTS), required: true, about: 'the grade of interest' },
      theme,
    },
    example: { level: 'comparing', theme: 'productivity' },
  },
  'need.verified': {
    about: 'The need is real.',
    fields: { note: { kind: text, about: 'what was said' } },
    example: { note: 'replaces two spreadsheets' },
  },
  'need.dismissed': {
    about: 'There is no need after all.',
    fields: { note: { kind: text, about: 'what was said' } },
    example: { note: 'bought last year' },
  },
  'credit.requested': {
    about: 'A credit decision was asked for.',
    fields: creditFields,
    example: { provider: 'creditsafe', ref: '8841' },
  },
  'credit.approved': {
    about: 'Creditworthy, up to a limit, until the decision goes stale.',
    fields: creditFields,
    example: { limit: 50000, rating: 'B', ref: '8841' },
  },
  'credit.refused': { about: 'Not creditworthy.', fields: creditFields, example: { ref: '8841' } },
  'credit.review': {
    about: 'Somebody has to look at the file.',
    fields: creditFields,
    example: { ref: '8841' },
  },
  'reply.received': {
    about: 'They wrote. Nothing is sent until the seller has handled it.',
    fields: { message: { kind: text, about: 'what they wrote' } },
    example: { message: 'Could you call me?' },
  },
  'reply.handled': {
    about: 'The seller answered: go on, keep still, or stop.',
    fields: { then: { kind: oneOf(['resume', 'hold', 'end']), required: true, about: 'what happens now' } },
    example: { then: 'resume' },
  },
  'reply.automatic': {
    about: 'An automatic reply: out of office until a date.',
    fields: { returns: { kind: instant, required: true, about: 'when they are back' } },
    example: { returns: '2026-09-01' },
  },
  'callback.requested': {
    about: '"Call me in March": quiet until then.',
    fields: { until: { kind: instant, required: true, about: 'when to get back to them' } },
    example: { until: '2027-03-01' },
  },
  'email.bounced': {
    about: 'An e-mail came back.',
    fields: { hard: { kind: { is: 'boolean' }, required: true, about: 'the address will never work' } },
    example: { hard: true },
  },
  'email.complained': { about: 'They marked us as spam.', fields: {}, example: {} },
  'link.clicked': { about: 'They followed a link.', fields: { theme }, example: { theme: 'support' } },
  unsubscribed: { about: 'They want no more e-mails.', fields: {}, example: {} },
  'contact.identified': {
    about: 'Somebody of the buying centre is known, with a role.',
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
  'contact.left': { about: 'They left the company.', fields: {}, example: {} },
  'objection.raised': {
    about: 'Something speaks against it, and must be overcome.',
    fields: {
      topic: { kind: { is: 'topic' }, required: true, about: 'what it is about' },
      by: { kind: oneOf(ROLES), about: 'who raised it' },
    },
    example: { topic: 'data migration', by: 'saboteur' },
  },
  'objection.overcome': {
    about: 'An objection was answered.',
    fields: { topic: { kind: { is: 'topic' }, required: true, about: 'what it was about' } },
    example: { topic: 'data migration' },
  },
  'demo.booked': {
    about: 'A demo has a date.',
    fields: { at: { kind: instant, about: 'when it takes place' } },
    example: { at: '2026-12-03T14:00' },
  },
  'demo.held': { about: 'The demo took place.', fields: {}, example: {} },
  'demo.missed': { about: 'They did not come.', fields: {}, example: {} },
  'proposal.sent': { about: 'The proposal is with them.', fields: { amount }, example: { amount: 18000 } },
  'proposal.viewed': { about: 'They opened the proposal.', fields: { amount }, example: {} },
  'proposal.accepted': {
    about: 'They said yes.',
    fields: { amount },
    example: { amount: 18000 },
  },
  'proposal.declined': {
    about: 'They said no to the proposal.',
    fields: { amount },
    example: {},
  },
  'deal.won': {
    about: 'Signed: the lead is a customer.',
    fields: { amount, reason: { kind: text, about: 'why' } },
    example: { amount: 18000 },
  },
  'deal.lost': {
    about: 'Lost.',
    fields: { amount, reason: { kind: text, about: 'why' } },
    example: { reason: 'went with a competitor' },
  },
  'offer.extended': {
    about: "A person moved an offer's end, with a reason.",
    fields: {
      offer: { kind: code, required: true, about: 'the offer' },
      until: { kind: instant, required: true, about: 'its new end' },
      reason: { kind: text, required: true, about: 'why' },
    },
    example: { offer: 'early-signature', until: '2027-01-31', reason: 'board meets on the 28th' },
  },
  'referral.given': {
    about: 'They named somebody who may want it too.',
    fields: {
      email: { kind: text, required: true, about: "the new contact's address" },
      first_name: { kind: text, about: 'their first name' },
      last_name: { kind: text, about: 'their last name' },
      company: { kind: text, about: 'their company' },
    },
    example: { email: 'ines.roux@fonderie-roux.example' },
  },
  'fact.recorded': {
    about: "A fact of the team's own.",
    fields: {
      name: { kind: code, required: true, about: 'the name conditions use' },
      value: { kind: { is: 'value' }, required: true, about: 'a number, true or false, or a short word' },
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

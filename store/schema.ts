/**
 * Everything Relance remembers outside Temporal: people, what became of every touch, the screens' read model.
 * Personal data lives here and nowhere else (docs/design.md, "Personal data stays out of Temporal").
 * A change here needs a migration (`migrations/`); a test compares the two.
 */
import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Facts } from '../cadence/facts.ts'
import type { Stored } from '../cadence/format.ts'
import type { Closing, Lead } from '../cadence/lead.ts'
import type { Door, SuppressionReason } from '../cadence/leads-file.ts'
import type { MailFault } from '../cadence/mail-faults.ts'
import type { Plan } from '../cadence/plan.ts'
import type { Because, Cause, Criterion, Delay, Failure, Timing } from '../cadence/reason.ts'
import type { TaskWording } from '../cadence/reasons/dictionary.ts'
import type { Signal, SignalType } from '../cadence/signals.ts'
import type { Touch } from '../cadence/touch.ts'
import type { Progress, View } from '../cadence/turn.ts'
import type { AsleepWord, OutcomeWord, Role, Standing, StepKind, TaskKind } from '../cadence/words.ts'
import { instant } from './columns.ts'

/** Work that one process does at a time: which one, and until when, by the database's clock. */
export const leases = pgTable('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  until: instant().notNull(),
})

/** One row: the environment's clock and its secret. */
export const environment = pgTable('environment', {
  id: integer().primaryKey(),
  /** The environment's time was `anchorVirtual` when this machine's was `anchorReal` (both epoch milliseconds). */
  anchorReal: doublePrecision('anchor_real').notNull(),
  anchorVirtual: doublePrecision('anchor_virtual').notNull(),
  /** Seconds of the environment in one real second. */
  speed: doublePrecision().notNull(),
  /** Makes Message-IDs that nobody can guess. */
  salt: text().notNull(),
  /** The clock got another speed, and not all open leads have heard of it: their timers are of the speed before. */
  clockChanged: boolean('clock_changed').notNull().default(false),
})

/** Published versions; never changed, only added. */
export const cadences = pgTable(
  'cadences',
  {
    name: text().notNull(),
    version: integer().notNull(),
    /** Of the source and its files: same content, same version. */
    hash: text().notNull(),
    /** The version with the highest number is the one launches use; publishing an old content again raises its own. */
    published: integer().notNull(),
    publishedAt: instant('published_at').notNull(),
    source: text().notNull(),
    /** Templates by file name. */
    files: jsonb().$type<Record<string, string>>().notNull(),
    plan: jsonb().$type<Stored<Plan>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.version] }), uniqueIndex('cadences_content').on(t.name, t.hash)],
)

/** A person stopped a cadence: none of its leads is touched while the row is there. */
export const halts = pgTable('halts', {
  cadence: text().primaryKey(),
  at: instant().notNull(),
  why: text().notNull(),
})

/** Companies, as far as they matter: leads of one account share a cap. */
export const accounts = pgTable('accounts', {
  id: text().primaryKey(),
  /** `domain:atelier-morel.example`, or `company:atelier morel` where the address says nothing. */
  key: text().notNull().unique(),
})

export const leads = pgTable(
  'leads',
  {
    id: text().primaryKey(),
    /** The main contact's address as it is now, without regard to case; gone when the lead is erased. */
    emailKey: text('email_key'),
    accountId: text('account_id').references(() => accounts.id),
    company: text(),
    /** ISO 3166-1 alpha-2. */
    country: text(),
    /** Country and part of it, where holidays are known of that: `DE-BY`. */
    region: text(),
    /** IANA. */
    zone: text().notNull(),
    locale: text(),
    owner: text(),
    source: text(),
    externalId: text('external_id'),
    /** The other columns of the file they came from. */
    custom: jsonb().$type<Record<string, string>>().notNull(),
    /** The customer who sent them. */
    referrer: text(),
    cadence: text().notNull(),
    version: integer().notNull(),
    launchedAt: instant('launched_at').notNull(),
    /** The workflow was started; until then the row is its own outbox. */
    started: boolean().notNull().default(false),
    /** A person paused it: counts from the moment it is acknowledged, before the workflow hears of it. */
    pausedAt: instant('paused_at'),
    /** When the pause ends by itself, where it does. */
    pausedUntil: instant('paused_until'),
    erasedAt: instant('erased_at'),
    /** The read model: what the workflow last recorded. `seq` is the number of the last change. */
    seq: integer().notNull().default(0),
    /** The rules' now when it was recorded. */
    asOf: instant('as_of'),
    /** Where in the lead's history: of two turns, the one of the longer history stands. Null for older workflow code. */
    position: integer(),
    /** When the workflow task of that turn began, by Temporal's clock. */
    taskAt: instant('task_at'),
    standing: text().$type<Standing>().notNull().default('lead'),
    /** What the next standing lacks; `missing` has the sentences of format 1. */
    lacks: jsonb().$type<Criterion[]>(),
    missing: jsonb().$type<string[]>().notNull().default([]),
    stage: text().notNull().default(''),
    urgency: text().notNull().default(''),
    progress: jsonb().$type<Stored<Progress>>(),
    /** All of an open lead as of its last turn: its workflow can be begun again from it. No personal data. */
    state: jsonb().$type<Stored<Lead>>(),
    /** All of an ended lead, for the day a person reopens it; no personal data. */
    final: jsonb().$type<Stored<Lead>>(),
    hold: text().$type<View['hold']>(),
    outcome: text().$type<OutcomeWord>(),
    outcomeAt: instant('outcome_at'),
    outcomeCause: jsonb('outcome_cause').$type<Cause>(),
    /** The sentence of format 1. */
    outcomeBecause: text('outcome_because'),
    /** When a person reopened it; the workflow begins again from `final`. */
    reopenedAt: instant('reopened_at'),
    /** It has an outcome and nothing comes any more; a referral may still follow a deal that is won. */
    endedAt: instant('ended_at'),
    /** Why it does what it does next; null where `because` has the sentence of format 1. */
    reason: jsonb().$type<Because>().default({ code: 'not_started' }),
    because: text().notNull().default('not started yet'),
    nextStep: text('next_step'),
    nextKind: text('next_kind').$type<StepKind | 'moment'>(),
    nextAt: instant('next_at'),
    nextTiming: jsonb('next_timing').$type<Timing[]>(),
    /** The sentence of format 1. */
    nextWhy: text('next_why'),
    facts: jsonb().$type<Stored<Facts>>(),
    /** Real time at which it was seen that no workflow works for it; null while one does. */
    asleepAt: instant('asleep_at'),
    asleepBecause: text('asleep_because').$type<AsleepWord>(),
    /** How often its workflow was begun again since it last took a turn. */
    begunAgain: integer('begun_again').notNull().default(0),
    /** Real time at which a turn came that is behind what is on record; null once one has come that isn't. */
    behindAt: instant('behind_at'),
  },
  (t) => [
    uniqueIndex('leads_open_address').on(t.emailKey).where(sql`ended_at is null`),
    index('leads_address').on(t.emailKey),
    index('leads_account').on(t.accountId),
    index('leads_to_start').on(t.launchedAt).where(sql`not started`),
    index('leads_cadence').on(t.cadence, t.version),
    index('leads_asleep').on(t.asleepAt).where(sql`asleep_at is not null`),
    index('leads_behind').on(t.behindAt).where(sql`behind_at is not null`),
  ],
)

/** The people of a lead's buying centre; `main` is the one it was launched with. */
export const contacts = pgTable(
  'contacts',
  {
    leadId: text('lead_id')
      .notNull()
      .references(() => leads.id),
    id: text().notNull(),
    email: text(),
    emailKey: text('email_key'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    title: text(),
    phone: text(),
    role: text().$type<Role>(),
  },
  (t) => [primaryKey({ columns: [t.leadId, t.id] }), index('contacts_address').on(t.emailKey)],
)

/** Who sent whom: one row for each `referral.given`. */
export const referrals = pgTable(
  'referrals',
  {
    /** Who named somebody, and in which signal. */
    referrer: text()
      .notNull()
      .references(() => leads.id),
    signal: text().notNull(),
    /** Whom; null for an address that must not be written to. */
    leadId: text('lead_id').references(() => leads.id),
    /** `linked`: was a lead before. */
    became: text().$type<'started' | 'linked' | 'suppressed'>().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.referrer, t.signal] }), index('referrals_lead').on(t.leadId)],
)

/**
 * Addresses that must not be written to, by any cadence, and domains (`@atelier.example`), which stand for every address
 * of theirs. Outlives the lead, and its erasure.
 */
export const suppressions = pgTable('suppressions', {
  emailKey: text('email_key').primaryKey(),
  reason: text().$type<SuppressionReason>().notNull(),
  at: instant().notNull(),
  /** By which door it came in; null where it was written before doors were. */
  source: text().$type<Door>(),
  /** Who wrote it down, and what they say of it. */
  who: text(),
  note: text(),
})

/** What was suppressed and what was lifted, line by line; never changed. */
export const suppressionLog = pgTable(
  'suppression_log',
  {
    n: bigserial({ mode: 'number' }).primaryKey(),
    emailKey: text('email_key').notNull(),
    at: instant().notNull(),
    what: text().$type<'suppressed' | 'lifted'>().notNull(),
    /** Why it was suppressed; `note` has why it was lifted. */
    reason: text().$type<SuppressionReason>().notNull(),
    source: text().$type<Door>(),
    who: text(),
    note: text(),
  },
  (t) => [index('suppression_log_key').on(t.emailKey, t.n)],
)

/** Addresses that contacts had before: the file that they came from doesn't launch them again. */
export const formerAddresses = pgTable(
  'former_addresses',
  {
    emailKey: text('email_key').notNull(),
    leadId: text('lead_id')
      .notNull()
      .references(() => leads.id),
    contact: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.emailKey, t.leadId, t.contact] })],
)

/** What happened outside: written before it is acknowledged, then handed to the workflow. */
export const signals = pgTable(
  'signals',
  {
    leadId: text('lead_id')
      .notNull()
      .references(() => leads.id),
    id: text().notNull(),
    /** In the order they came in. */
    n: bigserial({ mode: 'number' }).notNull(),
    type: text().$type<SignalType>().notNull(),
    at: instant().notNull(),
    seen: instant().notNull(),
    contact: text(),
    /** What the workflow gets. */
    data: jsonb().$type<Signal['data']>().notNull(),
    /** What it must not get. */
    personal: jsonb().$type<Record<string, string>>().notNull(),
    /** Temporal has it. */
    delivered: boolean().notNull().default(false),
    /** The workflow has taken it in and recorded so. Until then the lead's touches wait. */
    folded: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.leadId, t.id] }),
    index('signals_to_deliver').on(t.n).where(sql`not delivered`),
    index('signals_to_fold').on(t.leadId).where(sql`not folded`),
  ],
)

/**
 * The ledger: every touch that was tried, and what became of it.
 * `claimed` by an attempt, which alone holds `token`; `handed_over` to the server, which hasn't answered; then
 * `accepted`, `refused` (5xx), `failed` (given up), `unconfirmed` (nobody knows). `deferred` (4xx) and `closed`
 * (its gate was closed) may be claimed again.
 */
export const touches = pgTable(
  'touches',
  {
    /** `lead/visit/step`. */
    key: text().primaryKey(),
    leadId: text('lead_id')
      .notNull()
      .references(() => leads.id),
    accountId: text('account_id'),
    visit: integer().notNull(),
    step: text().notNull(),
    kind: text().$type<StepKind>().notNull(),
    /** Template, text, provider or staff, as in the cadence. */
    name: text().notNull(),
    contact: text().notNull(),
    cadence: text().notNull(),
    version: integer().notNull(),
    stage: text().notNull(),
    urgency: text().notNull(),
    theme: text(),
    offer: jsonb().$type<Touch['offer']>(),
    status: text()
      .$type<
        'claimed' | 'handed_over' | 'accepted' | 'unconfirmed' | 'refused' | 'failed' | 'deferred' | 'closed'
      >()
      .notNull(),
    token: text().notNull(),
    /** The moment it was planned for, which the caps count. */
    slot: instant().notNull(),
    /** How often it was claimed, and how often the server said 4xx. */
    attempts: integer().notNull(),
    deferrals: integer().notNull().default(0),
    claimedAt: instant('claimed_at').notNull(),
    deferredAt: instant('deferred_at'),
    handedOverAt: instant('handed_over_at'),
    settledAt: instant('settled_at'),
    mailbox: text(),
    messageId: text('message_id'),
    /** Message-IDs of the thread before it, oldest first. */
    references: jsonb('thread').$type<string[]>(),
    subject: text(),
    variant: text(),
    /** The address it was handed over for, without regard to case; people's addresses change. */
    address: text(),
    /** A hard bounce: the address will never work. */
    hard: boolean(),
    /** The server's words. May quote the address; in format 1, why it failed. */
    response: text(),
    /** Why it failed, or was put off. */
    reason: jsonb().$type<Failure | Delay>(),
  },
  (t) => [
    index('touches_lead').on(t.leadId, t.slot),
    index('touches_account').on(t.accountId, t.slot),
    index('touches_mailbox').on(t.mailbox, t.slot),
    uniqueIndex('touches_message').on(t.messageId),
    index('touches_doubtful').on(t.slot).where(sql`status in ('handed_over', 'unconfirmed')`),
  ],
)

/**
 * The moments mailboxes have promised: one e-mail at a time, one promise a lead. Like `timeline` without a foreign
 * key: both are written with every turn, by a transaction that holds the lead's row, and the check costs a tenth of it.
 */
export const slots = pgTable(
  'slots',
  {
    mailbox: text().notNull(),
    at: instant().notNull(),
    leadId: text('lead_id').notNull().unique(),
    accountId: text('account_id'),
  },
  (t) => [primaryKey({ columns: [t.mailbox, t.at] }), index('slots_account').on(t.accountId, t.at)],
)

/** What happened to a lead, as the workflow tells it. */
export const timeline = pgTable(
  'timeline',
  {
    leadId: text('lead_id').notNull(),
    seq: integer().notNull(),
    at: instant().notNull(),
    what: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    format: integer().notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.leadId, t.seq] })],
)

/** What people are asked to do, or told. The id is the touch's key. */
export const tasks = pgTable(
  'tasks',
  {
    id: text().primaryKey(),
    leadId: text('lead_id')
      .notNull()
      .references(() => leads.id),
    kind: text().$type<TaskKind>().notNull(),
    text: text().notNull(),
    /** Words of Relance's own, as data: read in the reader's language. `text` has them in English. */
    wording: jsonb().$type<TaskWording>(),
    /** The seller's name or address as the list had it, or `manager`. */
    for: text('for_whom'),
    at: instant().notNull(),
    due: instant(),
    doneAt: instant('done_at'),
    /** When it closed by itself, undone, and why. */
    closedAt: instant('closed_at'),
    closing: jsonb().$type<Closing>(),
  },
  (t) => [index('tasks_lead').on(t.leadId), index('tasks_open').on(t.at).where(sql`done_at is null`)],
)

/**
 * What a mailbox was refused for, one refusal after the other since an e-mail of it was last taken; and its pause, from
 * the moment that these are enough.
 */
export const mailboxTroubles = pgTable('mailbox_troubles', {
  mailbox: text().primaryKey(),
  /** Its mail server. */
  server: text(),
  /** What they have in common, as the classifier calls it. */
  verdict: text().notNull(),
  fault: text().$type<MailFault>().notNull(),
  /** Keys of the touches that were refused; the last few. */
  touches: jsonb().$type<string[]>().notNull(),
  count: integer().notNull(),
  firstAt: instant('first_at').notNull(),
  lastAt: instant('last_at').notNull(),
  /** What the server said last, cleaned; it may quote an address. */
  says: text().notNull(),
  pausedAt: instant('paused_at'),
  /** From when on one e-mail may be tried. */
  probeAt: instant('probe_at'),
  probes: integer().notNull().default(0),
  /** Whether the owner was told. */
  told: boolean().notNull().default(false),
  /** Another mailbox of the same server is paused for the same: it is the server's matter, and all wait. */
  serverWide: boolean('server_wide').notNull().default(false),
})

/** What credit providers were asked: our correlation reference, and what they call it. */
export const creditRequests = pgTable(
  'credit_requests',
  {
    /** Made from the touch's key and the environment's secret. */
    reference: text().primaryKey(),
    leadId: text('lead_id')
      .notNull()
      .references(() => leads.id),
    touchKey: text('touch_key').notNull(),
    /** Its name in relance.yaml. */
    provider: text().notNull(),
    /** The touch's own instant, which no decision of it can be older than. */
    askedAt: instant('asked_at').notNull(),
    /** The provider's own reference of the check. */
    ref: text(),
    /** The provider's reference of the company, which monitoring speaks of. */
    company: text(),
  },
  (t) => [
    index('credit_requests_ref').on(t.provider, t.ref),
    index('credit_requests_company').on(t.provider, t.company),
  ],
)

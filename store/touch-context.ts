/** All that an attempt needs to know to carry a touch out, in one read: the ledger's row, the gate, the people. */
import { sql } from 'drizzle-orm'
import type { Facts } from '../cadence/facts.ts'
import type { Stored } from '../cadence/format.ts'
import type { Failure, Gate } from '../cadence/reason.ts'
import type { Instant } from '../cadence/time.ts'
import type { Touch } from '../cadence/touch.ts'
import { readFailure } from '../cadence/upgrade/sentences-from-1.ts'
import { openFacts } from '../cadence/upgrade/stored.ts'
import type { StepKind } from '../cadence/words.ts'
import { type Db, ms, rows } from './db.ts'
import { closed } from './gate.ts'
import type { TouchStatus } from './ledger-port.ts'
import { type MailboxTrouble, TROUBLES } from './mailbox-troubles.ts'

export interface Person {
  email: string | null
  first_name: string | null
  last_name: string | null
  title: string | null
  phone: string | null
}

/** What the ledger says of a touch, if it has a row of it. */
export interface LedgerWord {
  status: TouchStatus | null
  kind: StepKind
  /** The moment it was last claimed for. */
  claimedFor: Instant | null
  hard: boolean | null
  /** Why it was given up. */
  failure: Failure | null
}

export interface TouchContext extends Omit<LedgerWord, 'kind'> {
  token: string | null
  /** How often it was tried. */
  attempts: number
  deferrals: number
  deferredAt: Instant | null
  /** Mailboxes in trouble, whichever they are. */
  troubles: MailboxTrouble[] | null
  /** Why the gate is closed. */
  closed: Gate | null
  /** Where in its history the lead's last recorded turn was. */
  position: number | null
  account: string | null
  company: string | null
  country: string | null
  region: string | null
  zone: string
  locale: string | null
  owner: string | null
  custom: Record<string, string>
  contact: Person | null
  /** The message it follows up. */
  thread: { id: string; references: string[] | null; subject: string | null } | null
  /** What the objection is about, in people's words. */
  topic: string | null
  referrer: { first_name: string | null; last_name: string | null; company: string | null } | null
  /** What is known; null before the first turn. */
  facts: Facts | null
}

/** As the database has it: facts in their format, a failure of format 1 as its sentence. */
type Raw = Omit<TouchContext, 'facts' | 'failure'> & {
  facts: Stored<Facts> | null
  failure: Failure | string | null
}

/** Columns of the ledger's row `t`. */
const WORD = sql`t.status, t.hard, ${ms(sql`t.slot`)} as "claimedFor",
  case when t.status = 'failed' then coalesce(t.reason, to_jsonb(t.response)) end as failure`

const readFailureOf = (failure: Failure | string | null): Failure | null =>
  typeof failure === 'string' ? readFailure(failure) : failure

/** What the ledger says of one touch; undefined when it was never claimed. */
export async function ledgerWord(db: Db, key: string): Promise<LedgerWord | undefined> {
  const [found] = await rows<Omit<LedgerWord, 'failure'> & { failure: Failure | string | null }>(
    db,
    sql`select ${WORD}, t.kind from touches t where t.key = ${key}`,
  )
  return found && { ...found, failure: readFailureOf(found.failure) }
}

/** Reads it. @throws when there is no such lead. */
export async function touchContext(db: Db, touch: Touch): Promise<TouchContext> {
  const gate = closed({ lead: sql`l.id`, contact: sql`${touch.contact}`, kind: sql`${touch.kind}` })
  const thread = touch.thread
    ? sql`(select jsonb_build_object('id', message_id, 'references', thread, 'subject', subject) from touches
        where lead_id = l.id and step = ${touch.thread} and status in ('accepted', 'unconfirmed')
          and message_id is not null order by touches.slot desc limit 1)`
    : sql`null::jsonb`
  const topic = touch.objection
    ? sql`(select personal ->> 'topic' from signals where lead_id = l.id and data ->> 'topic' = ${touch.objection}
        and personal ? 'topic' order by n desc limit 1)`
    : sql`null::text`
  const [found] = await rows<Raw>(
    db,
    sql`select ${WORD}, t.token, coalesce(t.attempts, 0) as attempts,
          coalesce(t.deferrals, 0) as deferrals, ${TROUBLES} as troubles,
          ${ms(sql`t.deferred_at`)} as "deferredAt", ${gate} as closed, l.position, l.account_id as account,
          l.company, l.country,
          l.region, l.zone, l.locale, l.owner, l.custom,
          case when c.id is null then null else jsonb_build_object('email', c.email, 'first_name', c.first_name,
            'last_name', c.last_name, 'title', c.title, 'phone', c.phone) end as contact,
          ${thread} as thread, ${topic} as topic,
          (select jsonb_build_object('first_name', rc.first_name, 'last_name', rc.last_name, 'company', rl.company)
             from leads rl join contacts rc on rc.lead_id = rl.id and rc.id = 'main'
             where rl.id = l.referrer) as referrer,
          l.facts
        from leads l left join contacts c on c.lead_id = l.id and c.id = ${touch.contact}
          left join touches t on t.key = ${touch.key}
        where l.id = ${touch.lead}`,
  )
  if (!found) throw new Error(`there is no lead ${touch.lead}`)
  const { facts, failure } = found
  return {
    ...found,
    facts: facts && openFacts(facts),
    failure: readFailureOf(failure),
  }
}

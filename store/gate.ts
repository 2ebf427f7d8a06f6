/**
 * The gate: whether the database forbids a touch right now: lead erased, ended or paused, a signal not folded yet,
 * cadence halted, address or its domain suppressed. Asked before a touch is claimed, in the statement that marks it `handed_over`,
 * and once after it. Holds that the rules know, such as a reply that waits, are `cadence/hold.ts`.
 */
import { type SQL, sql } from 'drizzle-orm'
import { HELD_KINDS, WRITTEN_KINDS } from './step-kinds.ts'
import { suppressionKeysOf } from './suppression-keys.ts'

/**
 * A scalar: why the gate of a touch is closed, or null.
 * @param touch - lead id, contact id and kind, as SQL.
 */
export const closed = (touch: { lead: SQL; contact: SQL; kind: SQL }): SQL => sql`(
  select case
    when g.erased_at is not null then 'erased'
    when g.ended_at is not null then 'ended'
    when ${touch.kind} in ${HELD_KINDS} and g.paused_at is not null then 'paused'
    when exists (select from signals s where s.lead_id = g.id and not s.folded) then 'signal'
    when ${touch.kind} in ${HELD_KINDS} and exists (select from halts h where h.cadence = g.cadence) then 'halted'
    when ${touch.kind} in ${WRITTEN_KINDS} and exists (
      select from contacts p join suppressions x on x.email_key = any(${suppressionKeysOf(sql`p.email_key`)})
      where p.lead_id = g.id and p.id = ${touch.contact}) then 'suppressed'
  end
  from leads g where g.id = ${touch.lead})`

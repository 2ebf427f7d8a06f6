/**
 * The gate (DESIGN.md, "A touch happens once"): what keeps a touch from happening, in one place. It is asked when a
 * touch is claimed, when it is handed over, and once more before the final dot.
 */
import { type SQL, sql } from 'drizzle-orm'

/** Why a gate is closed. `signal`: something was acknowledged that the workflow hasn't taken in yet. */
export type Closed = 'erased' | 'ended' | 'paused' | 'signal' | 'halted' | 'suppressed'

/**
 * A scalar: why the gate of a touch is closed, or null.
 * @param touch - lead id, contact id and kind, as SQL.
 */
export const closed = (touch: { lead: SQL; contact: SQL; kind: SQL }): SQL => sql`(
  select case
    when l.erased_at is not null then 'erased'
    when l.ended_at is not null then 'ended'
    when l.paused_at is not null then 'paused'
    when exists (select from signals s where s.lead_id = l.id and not s.folded) then 'signal'
    when exists (select from halts h where h.cadence = l.cadence) then 'halted'
    when ${touch.kind} = 'email' and exists (
      select from contacts c join suppressions x on x.email_key = c.email_key
      where c.lead_id = l.id and c.id = ${touch.contact}) then 'suppressed'
  end
  from leads l where l.id = ${touch.lead})`

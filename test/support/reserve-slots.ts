/** Attempts without the turn that would have planned them: each e-mail's slot is its lead's, as it would be. */
import { sql } from 'drizzle-orm'
import { at, type Db } from '../../store/db.ts'
import type { AttemptInput, LeadActivities } from '../../workflows/contract.ts'

/** Reserves an order's slot, in a mailbox that nobody else plans for; a touch that is over needs none. */
export async function reserveSlot(db: Db, { touch, slot }: AttemptInput): Promise<void> {
  if (touch.kind !== 'email') return
  await db.execute(
    sql`insert into slots (mailbox, at, lead_id) select ${`of ${touch.lead}`}, ${at(slot)}, ${touch.lead}
        where not exists (select from touches where key = ${touch.key} and settled_at is not null and status <> 'deferred')
        on conflict (lead_id) do update set mailbox = excluded.mailbox, at = excluded.at`,
  )
}

/** The same activities; what they are to carry out has its slot. */
export const withReservedSlots = (db: Db, activities: LeadActivities): LeadActivities => ({
  ...activities,
  attempt: async (order) => {
    await reserveSlot(db, order)
    return activities.attempt(order)
  },
  deliver: async (order) => {
    await reserveSlot(db, order)
    return activities.deliver(order)
  },
})

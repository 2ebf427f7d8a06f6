/** The slots' twin in memory: the same answers as `slotsIn` gives, one caller at a time, without I/O. */
import type { Book } from '../../cadence/calendar/planner.ts'
import { dayOf, dayStart } from '../../cadence/calendar/zone.ts'
import type { Instant } from '../../cadence/time.ts'
import type { BookOf, MailboxUse, Slots } from '../slots-port.ts'
import { isSent, type MemoryState } from './state.ts'

/** Slots on a state that they share with the ledger. */
export function memorySlots(state: MemoryState): Slots {
  return {
    firstFree: async (use, from) => firstFree(takenIn(state, use.name), use, from),
    async reserve(reservation) {
      const { lead, mailbox, at } = reservation
      const others = [...state.slots.values()]
      if (others.some((other) => other.lead === lead || (other.mailbox === mailbox && other.at === at)))
        return false
      state.slots.set(lead, { ...reservation })
      return true
    },
    async release(of) {
      state.slots.delete(of.lead)
      return bookOf(state, of)
    },
    book: async (of) => bookOf(state, of),
  }
}

/** The slots of a mailbox that are reserved, and those that touches were planned for. */
function takenIn({ slots, touches }: MemoryState, name: string): Set<Instant> {
  const reserved = [...slots.values()].filter(({ mailbox }) => mailbox === name).map(({ at }) => at)
  const planned = [...touches.values()].filter(({ mailbox }) => mailbox === name).map(({ slot }) => slot)
  return new Set([...reserved, ...planned])
}

function firstFree(taken: Set<Instant>, { spacing, perDay }: MailboxUse, from: Instant): Instant {
  for (let free = from; ; ) {
    while (taken.has(free)) free += spacing
    if (perDay === undefined) return free
    const day = dayOf(free, perDay.zone)
    const used = [...taken].filter((at) => dayOf(at, perDay.zone) === day).length
    if (used < perDay.count) return free
    free = Math.ceil(dayStart(day + 1, perDay.zone) / spacing) * spacing
  }
}

/** What the caps of a lead count. Of the account, two e-mails of one lead at one moment count once. */
function bookOf({ slots, touches }: MemoryState, { lead, account, since }: BookOf): Book {
  const sent = [...touches.values()].filter((touch) => isSent(touch) && touch.slot > since)
  const mine = sent.filter(({ leadId }) => leadId === lead).map(({ slot }) => slot)
  if (account === null) return { lead: mine, account: [...mine] }
  const all = new Map<string, Instant>()
  for (const { leadId, slot, accountId } of sent)
    if (accountId === account) all.set(`${leadId} ${slot}`, slot)
  for (const other of slots.values()) {
    if (other.account === account && other.lead !== lead) all.set(`${other.lead} ${other.at}`, other.at)
  }
  return { lead: mine, account: [...all.values()] }
}

/**
 * The planner: when something may happen. It puts together the waits, the recipient's window, the caps and the
 * mailbox's free slots, and says which of them decided. Planning again, with the same book, at any time up to the slot
 * gives the same slot: that is what makes a rehearsal come true.
 */

import { RelanceError } from '../errors.ts'
import type { Cap, Plan } from '../plan.ts'
import type { Timing } from '../reason.ts'
import { DAY, type Instant, type Wait } from '../time.ts'
import type { MomentRequest } from '../touch.ts'
import { needsMailbox, writesToPerson } from '../words.ts'
import { type Calendar, nextOpening, type Passed } from './calendar.ts'
import { nextAllowed } from './caps.ts'
import { datedMoment } from './dated-moment.ts'
import { latest, offerEnd } from './deadline.ts'
import { addHeldWait, addWait, spreadOver } from './waits.ts'
import { dateOf } from './zone.ts'

/** The rules that hold for one recipient. */
export interface RecipientRules extends Calendar {
  limits: Plan['limits']
}

/** E-mails that count against the caps, past and reserved, in any order; never the one being planned. */
export interface Book {
  lead: readonly Instant[]
  /** Those of every lead of the account, this one's too. */
  account: readonly Instant[]
}

export interface Slot {
  at: Instant
  /** What decided, in the order in which it did. Empty when it may happen at once. */
  why: Timing[]
  /** When the offer that it makes ends: the last instant of a day, as the recipient's clocks show it. */
  ends?: Instant
  /** By when the task is to be done. */
  due?: Instant
}

/** Reasons by the rule that gave them; a rule that moves it again replaces what it said. */
type Reasons = Map<
  'wait' | 'spread' | 'later' | 'window' | 'apart' | 'lead' | 'account' | 'mailbox',
  Timing[]
>

/** Two e-mails never reach a lead in the same minute: steps without a wait follow each other by one. */
const APART: Cap = { kind: 'rolling', count: 1, per: { n: 1, unit: 'm' } }

/** How far ahead a mailbox's free slot is looked for; then the search gives up. */
const HORIZON = 3653 * DAY

/**
 * The first instant that the waits, the window and (for e-mails) the caps allow, whatever mailboxes have. A `moment` is
 * only waited for.
 * @param now - nothing is planned before it.
 * @returns undefined where there is none before its deadline
 * @throws RelanceError `window_never_opens`, `unknown_zone`
 */
export const earliest = (
  want: MomentRequest,
  rules: RecipientRules,
  book: Book,
  now: Instant,
): Slot | undefined => slot(want, rules, book, now, 1, (from) => from)

/**
 * The mailbox's slot for what is wanted; what needs no mailbox is planned without.
 * @param spacing - milliseconds between a mailbox's e-mails: slots are its multiples, counted from 1970.
 * @param free - the first slot from a slot on that nobody else has taken.
 * @returns undefined where there is none before its deadline
 * @throws RelanceError `no_slot` when there is none in ten years, and what `earliest` throws.
 */
export function slot(
  want: MomentRequest,
  rules: RecipientRules,
  book: Book,
  now: Instant,
  spacing: number,
  free: (from: Instant) => Instant,
): Slot | undefined {
  const search = find(want, rules, book, now, spacing)
  let turn = search.next()
  while (!turn.done) turn = search.next(free(turn.value))
  return turn.value
}

/** The same search, with a mailbox that has to be asked. */
export async function slotAsync(
  want: MomentRequest,
  rules: RecipientRules,
  book: Book,
  now: Instant,
  spacing: number,
  free: (from: Instant) => Promise<Instant>,
): Promise<Slot | undefined> {
  const search = find(want, rules, book, now, spacing)
  let turn = search.next()
  while (!turn.done) turn = search.next(await free(turn.value))
  return turn.value
}

/** How many days before its deadline something is tried that the waits would put after it. */
const EARLIER = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89]

/** The search, with a deadline: where the waits end after it, a moment before it is looked for, from late to early. */
function* find(
  want: MomentRequest,
  rules: RecipientRules,
  book: Book,
  now: Instant,
  spacing: number,
): Generator<Instant, Slot | undefined, Instant> {
  const waited = yield* search(want, rules, book, now, spacing)
  const before = latest(want, rules)
  if (before === undefined || waited.at < before) {
    const { lasts, due } = want
    if (lasts) waited.ends = offerEnd(waited.at, lasts, rules.zone)
    if (due) waited.due = addWait(waited.at, due, 1, rules)
    return waited
  }
  for (const days of [...EARLIER, Number.POSITIVE_INFINITY]) {
    const from = Math.max(now, before - days * DAY)
    const { timeout, awaits, held, share, dated, ...bare } = want
    const sooner = yield* search({ ...bare, anchor: from, waits: [] }, rules, book, now, spacing)
    if (sooner.at < before)
      return { at: sooner.at, why: [...sooner.why, { code: 'before_deadline', at: before }] }
    if (from === now) break
  }
  return undefined
}

/** The search itself: yields the slot to look from, and is told the first one free from there. */
function* search(
  want: MomentRequest,
  rules: RecipientRules,
  book: Book,
  now: Instant,
  spacing: number,
): Generator<Instant, Slot, Instant> {
  const planned = soonest(want, rules, book, now)
  const { reasons } = planned
  let { at } = planned
  if (!needsMailbox(want.kind)) return { at, why: all(reasons) }
  for (const end = at + HORIZON; at < end; ) {
    const from = Math.ceil(at / spacing) * spacing
    const free = yield from
    if (!(free >= from))
      throw new RangeError(`the mailbox said ${free} when asked for a slot from ${from} on`)
    if (free > from) give(reasons, 'mailbox', [{ code: 'mailbox_free', at: free }])
    // The free slot may be outside the window or over a cap; the next moment that isn't may be taken again.
    at = comply(free, want, rules, book, reasons)
    if (at === free) return { at, why: all(reasons) }
  }
  throw new RelanceError('no_slot', { spacing })
}

function soonest(
  want: MomentRequest,
  rules: RecipientRules,
  book: Book,
  now: Instant,
): { at: Instant; reasons: Reasons } {
  const reasons: Reasons = new Map()
  const due = waited(want, rules, reasons)
  // Planned first as if `now` were no limit, so that planning again before the slot gives the same reasons.
  const at = comply(due, want, rules, book, reasons)
  const { notBefore = now } = want
  const floor = Math.max(now, notBefore)
  if (at >= floor) return { at, reasons }
  reasons.clear()
  if (notBefore > now) give(reasons, 'later', [{ code: 'not_before', at: notBefore }])
  return { at: comply(floor, want, rules, book, reasons), reasons }
}

/** The anchor and the waits, one after the other. */
function waited(want: MomentRequest, rules: RecipientRules, reasons: Reasons): Instant {
  const { anchor, waits, pace, held = [], share, dated } = want
  if (dated) {
    const { base, shift, time, of } = dated
    const { due } = datedMoment(dated, rules)
    give(reasons, 'wait', [
      { code: 'dated', of, base, ...(shift && { shift }), ...(time !== undefined && { time }) },
    ])
    return due
  }
  const passed: Passed = new Map()
  const { begun, after, timeout } = beginning(want, rules, passed)
  const due = waits.reduce((at, wait) => addHeldWait(at, wait, pace, rules, held, passed), begun)
  const stood = held.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, due) - Math.max(from, begun)),
    0,
  )
  if (due > anchor) {
    const said: Timing = { code: 'waited', waits, pace, after }
    if (timeout) said.timeout = timeout
    if (stood > 0) said.held = stood
    give(reasons, 'wait', [said, ...closures(passed)])
  }
  const together = held.findLast((hold) => hold.together)
  if (share === undefined || !together) return due
  const place = spreadOver(together.to, waits, pace, share, rules)
  if (place > due) give(reasons, 'spread', [{ code: 'spread', after: together.to }])
  return Math.max(due, place)
}

/** When the waits begin: after what is added to which instant. */
function beginning(
  { anchor, timeout, awaits }: MomentRequest,
  rules: RecipientRules,
  passed: Passed,
): { begun: Instant; after: Instant; timeout?: Wait } {
  if (timeout) return { begun: addWait(anchor, timeout, 1, rules, passed), after: anchor, timeout }
  if (!awaits) return { begun: anchor, after: anchor }
  const { due, patience, done = Number.POSITIVE_INFINITY } = awaits
  const given = new Map(passed)
  const over = addWait(due, patience, 1, rules, given)
  if (Math.min(done, over) <= anchor) return { begun: anchor, after: anchor }
  if (done <= over) return { begun: done, after: done }
  for (const [day, name] of given) passed.set(day, name)
  return { begun: over, after: due, timeout: patience }
}

/** The first instant from `from` on that is inside the window and under the caps. */
function comply(
  from: Instant,
  want: MomentRequest,
  rules: RecipientRules,
  book: Book,
  reasons: Reasons,
): Instant {
  if (want.kind === 'moment') return from
  for (let at = from; ; ) {
    const passed: Passed = new Map()
    const open = nextOpening(at, rules, passed)
    if (open > at) {
      give(reasons, 'window', [...closures(passed), { code: 'window_opens', at: open }])
    }
    if (!writesToPerson(want.kind)) return open
    const { perLead, perAccount } = rules.limits
    const apart = capped('apart', book.lead, open, APART, rules.zone, reasons)
    const mine = perLead ? capped('lead', book.lead, apart, perLead, rules.zone, reasons) : apart
    at = perAccount ? capped('account', book.account, mine, perAccount, rules.zone, reasons) : mine
    if (at === open) return at
  }
}

function capped(
  rule: 'apart' | 'lead' | 'account',
  times: readonly Instant[],
  at: Instant,
  cap: Cap,
  zone: string,
  reasons: Reasons,
): Instant {
  const next = nextAllowed(times, at, cap, zone)
  if (next > at) {
    // Where the window had put it no longer matters.
    reasons.delete('window')
    give(reasons, rule, [{ code: 'cap', of: rule === 'account' ? 'account' : 'lead', ...cap, next }])
  }
  return next
}

/** The newest reason comes last. */
function give(reasons: Reasons, rule: Parameters<Reasons['set']>[0], said: Timing[]): void {
  reasons.delete(rule)
  reasons.set(rule, said)
}

/** A holiday or a closure is said once, whether the wait or the window came across it, and on however many days. */
function all(reasons: Reasons): Timing[] {
  const said: Timing[] = []
  for (const some of reasons.values()) {
    for (const one of some) if (!said.some((before) => isSame(before, one))) said.push(one)
  }
  return said
}

/** Whether two reasons are about the same holiday, or the same closed days. */
const isSame = (a: Timing, b: Timing): boolean =>
  (a.code === 'holiday' && b.code === 'holiday' && a.day === b.day) ||
  (a.code === 'closed' && b.code === 'closed' && a.from === b.from)

const closures = (passed: Passed): Timing[] =>
  [...passed].map(([day, why]) =>
    typeof why === 'string' ? { code: 'holiday', day: dateOf(day), name: why } : { code: 'closed', ...why },
  )

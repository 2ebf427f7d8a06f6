/** `record`: writes one turn of a lead's loop, and finds the next moment. */

import { offerEnd } from '../../cadence/calendar/deadline.ts'
import { earliest, slotAsync } from '../../cadence/calendar/planner.ts'
import { capsReachBack, recipientRulesOf } from '../../cadence/calendar/recipient-rules.ts'
import { MAIN } from '../../cadence/facts.ts'
import type { TouchResult } from '../../cadence/lead.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Timing } from '../../cadence/reason.ts'
import { say } from '../../cadence/reasons/say.ts'
import type { Instant } from '../../cadence/time.ts'
import { needsMailbox, writesToPerson } from '../../cadence/words.ts'
import { noteBehind } from '../../store/asleep.ts'
import { batcher } from '../../store/batcher.ts'
import { releaseColleagues } from '../../store/colleagues.ts'
import type { Db } from '../../store/db.ts'
import { FullStretches } from '../../store/full-stretches.ts'
import { endPause } from '../../store/leads.ts'
import { slotsIn } from '../../store/slots.ts'
import type { MailboxUse } from '../../store/slots-port.ts'
import { suppressContacts } from '../../store/suppressions.ts'
import { ledgerWord } from '../../store/touch-context.ts'
import { openTurn, writeKeptTurns, writeTurn } from '../../store/turns.ts'
import type { RecordAnswer, RecordInput } from '../../workflows/contract.ts'
import { cameOut } from './came-out.ts'
import type { ActivityDeps } from './deps.ts'
import type { Published } from './published.ts'
import { LATE_MS } from './retry-policy.ts'

/** What recording needs beside the dependencies: made once for a process. */
export interface Recorder extends ActivityDeps {
  published: (name: string, version: number) => Promise<Published>
  full: FullStretches
  /** Resolves to the leads' time zones, in their order. */
  writeKept: (inputs: readonly RecordInput[]) => Promise<string[]>
}

/** Turns in one statement. */
const BATCH = 200
/** How long a batch of turns waits for more, in real milliseconds. It delays only the answers to commands. */
const GATHER_MS = 50

/** Turns whose moment stays what it is, of all leads that turn at the same time, written in one statement. */
export const keptTurns = (db: Db): Recorder['writeKept'] =>
  batcher(
    async (inputs: RecordInput[]) => {
      const zones = await writeKeptTurns(db, inputs)
      return inputs.map(({ lead }) => zones.get(lead) ?? 'UTC')
    },
    BATCH,
    GATHER_MS,
  )

/** The next moment, as it was planned. */
export interface Planned {
  slot?: Instant
  why?: Timing[]
  ends?: Instant
  due?: Instant
  /** The lead's time zone. */
  zone: string
  /** What became of the touch that the turn was taken instead of. */
  cameOut?: TouchResult | undefined
  /** A later turn is on record: this one's execution was given up, and nothing was written. */
  stale?: true
}

/** Milliseconds between the e-mails of a mailbox that isn't configured: they are planned, and put off at their slot. */
const SPACING = 1000

/** Records a turn in a transaction of its own. */
export async function recordTurn(recorder: Recorder, input: RecordInput): Promise<RecordAnswer> {
  if (input.kept) {
    const [zone = 'UTC'] = await recorder.writeKept([input])
    return answer(recorder, input, { ...input.kept, zone })
  }
  const prepared = await prepare(recorder, input)
  const planned = await recorder.db.transaction((tx) => recordIn(recorder, tx, input, prepared))
  return answer(recorder, input, planned)
}

/** What has to be known before the transaction, which must not wait for anything but the database. */
export interface Prepared {
  plan: Plan
  now: Instant
  use: MailboxUse
}

export async function prepare(recorder: Recorder, input: RecordInput): Promise<Prepared> {
  const { clock } = recorder
  const { plan } = await recorder.published(input.view.cadence, input.view.version)
  // The rules' now is the instant that was waited for. Long after it, something was down, and the clock counts.
  const late = (await clock.lateMs(input.now)) > LATE_MS
  const use: MailboxUse = { name: plan.from, spacing: SPACING }
  try {
    const { spacing, perDay } = recorder.mailboxes(plan.from)
    use.spacing = spacing
    if (perDay !== undefined) use.perDay = perDay
  } catch {
    // There is no such mailbox: `attempt` puts its e-mails off and says so.
  }
  return { plan, now: late ? await clock.now() : input.now, use }
}

/**
 * Records a turn as a part of a transaction. What became of the touch it was taken instead of is read once the lead is
 * locked and its slot is given up: what hasn't left by then won't.
 */
export async function recordIn(
  recorder: Recorder,
  tx: Db,
  input: RecordInput,
  prepared: Prepared,
): Promise<Planned> {
  const planned = await planIn(recorder, tx, input, prepared)
  const { instead } = input
  const word = instead && (await ledgerWord(tx, instead.key))
  return instead && word ? { ...planned, cameOut: cameOut(word, instead.slot) } : planned
}

async function planIn(
  recorder: Recorder,
  tx: Db,
  input: RecordInput,
  { plan, now, use }: Prepared,
): Promise<Planned> {
  const ends = input.changes.some(({ kind }) => kind === 'end')
  const { want } = input
  const capped = want !== undefined && writesToPerson(want.kind) && plan.limits.perAccount !== undefined
  const turn = await openTurn(tx, input, ends || capped)
  const { zone } = turn
  if (turn.stale) {
    await noteBehind(tx, input.lead)
    const { next } = turn
    if (!next) return { zone, stale: true }
    return {
      ...{ zone, stale: true },
      slot: next.at,
      why: next.why ?? [],
      ...(want?.lasts && { ends: offerEnd(next.at, want.lasts, zone) }),
    }
  }
  if (input.changes.some((change) => change.kind === 'hold' && change.hold === 'over')) {
    await endPause(tx, input.lead, input.now)
  }
  const account = capped ? turn.account : null
  const slots = slotsIn(tx, recorder.full)
  const book = await slots.release({ lead: input.lead, account, since: capsReachBack(plan, now) })
  if (!want) {
    await writeTurn(tx, input, turn.account, undefined)
    if (ends) await ended(tx, input)
    return { zone }
  }
  const rules = recipientRulesOf(plan, turn)
  if (!needsMailbox(want.kind)) {
    const found = earliest(want, rules, book, now)
    await writeTurn(tx, input, turn.account, found && { at: found.at, why: found.why })
    const due = found?.due
    return { zone, ...(found && { slot: found.at, why: found.why }), ...(due !== undefined && { due }) }
  }
  const free = (from: Instant): Promise<Instant> => slots.firstFree(use, from)
  for (;;) {
    const found = await slotAsync(want, rules, book, now, use.spacing, free)
    if (!found) {
      await writeTurn(tx, input, turn.account, undefined)
      return { zone }
    }
    const { at, why, ends } = found
    // Taken, for this process. If another process has just reserved it, `writeTurn` says no and the next is tried.
    recorder.full.add(use.name, at, at + use.spacing)
    if (await writeTurn(tx, input, turn.account, { at, why, mailbox: use.name }))
      return { zone, slot: at, why, ...(ends !== undefined && { ends }) }
  }
}

/** Records the last turn of a lead, as a part of a transaction. */
export async function recordEnd(tx: Db, input: RecordInput): Promise<void> {
  const turn = await openTurn(tx, input, true)
  if (turn.stale) return
  await slotsIn(tx, new FullStretches()).release({ lead: input.lead, account: null, since: input.now })
  await writeTurn(tx, input, turn.account, undefined)
  await ended(tx, input)
}

/** Its colleagues go on; whoever opted out, by whatever way the cadence has for it, is not written to by others either. */
async function ended(tx: Db, { lead, now, view }: RecordInput): Promise<void> {
  await releaseColleagues(tx, lead, now)
  if (view.outcome?.outcome !== 'opted_out') return
  await suppressContacts(tx, [{ lead, contact: MAIN, reason: 'unsubscribed', at: view.outcome.at }], 'end')
}

/** What the workflow is told: when to wake, and how long that is in real time. */
export async function answer(
  { clock }: Pick<Recorder, 'clock'>,
  { again, view, now }: RecordInput,
  { slot, why, ends, due, zone, cameOut }: Planned,
): Promise<RecordAnswer> {
  const answer: RecordAnswer = { details: say(view.because, { language: 'en', zone, now }) }
  if (slot !== undefined) answer.slot = slot
  if (why !== undefined) answer.why = why
  if (ends !== undefined) answer.ends = ends
  if (due !== undefined) answer.due = due
  if (cameOut) answer.cameOut = cameOut
  if (slot === undefined && again === undefined) return answer
  answer.wake = Math.min(slot ?? Number.POSITIVE_INFINITY, again ?? Number.POSITIVE_INFINITY)
  answer.waitMs = await clock.msUntil(answer.wake)
  return answer
}

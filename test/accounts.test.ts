/**
 * The account rule under fire: two Temporal workers, 200 leads in 50 accounts, replies at random moments and, worse, at
 * the very moment at which a colleague's e-mail is due; and three in ten activities run a second time, up to 400 ms
 * later, as those of a worker do whose workflow task was taken over. From the moment a reply was acknowledged until it
 * is handled, nobody of the account is written to; and the account's cap counts all of its leads together, always.
 */

import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { FORMAT } from '../cadence/format.ts'
import type { Plan } from '../cadence/plan.ts'
import { addFixed, DAY, type Instant } from '../cadence/time.ts'
import { sendSignal } from '../client/services/signals.ts'
import { rows } from '../store/db.ts'
import { insertLeads } from '../store/leads.ts'
import { ledgerIn } from '../store/ledger.ts'
import { listLeads } from '../store/reads.ts'
import type { LeadActivities } from '../workflows/contract.ts'
import { KINDS } from './support/database.ts'
import { dice, seedOf } from './support/dice.ts'
import { duplicateActivities } from './support/duplicate-activities.ts'
import { type FullSystem, startFullSystem } from './support/full-system.ts'
import { untilNoFindings } from './support/no-findings.ts'

const ACCOUNTS = 50
const LEADS = 4
/** Half a day of the cadence in a second, for twenty-five days; longer where a busy machine has seen few replies. */
const SPEED = 43_200
const DAYS = 25
const REPLIES = 80
const CAP = { kind: 'rolling', count: 4, per: { n: 1, unit: 'w' } } as const

const PLAN: Plan = {
  format: FORMAT,
  cadence: 'accounts',
  version: 0,
  from: 'claire',
  owner: 'claire',
  locale: 'en',
  locales: { written: [], standIn: {}, others: 'en' },
  window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24 * 60 },
  limits: { perAccount: CAP },
  account: 'hold',
  prospect: { all: [] },
  qualified: { all: [] },
  credit: {},
  escalate: { reply: {}, role: {}, task: {} },
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [
    {
      id: 'contact',
      until: { deal: 'won' },
      steps: Array.from({ length: 30 }, (_, i) => ({
        id: `mail-${i}`,
        kind: 'email',
        name: 'hello',
        wait: { n: 20, unit: 'h' },
      })),
      on: {},
    },
  ],
  plays: [],
}

const seed = seedOf('accounts', 20_261_125)
let system: FullSystem
beforeAll(async () => {
  // PostgreSQL where there is one: there the two workers' transactions really run side by side.
  const disturb = (activities: LeadActivities) =>
    duplicateActivities(activities, { chance: 0.3, withinMs: 400, roll: dice(seed + 1) })
  system = await startFullSystem({
    speed: SPEED,
    spacing: 60_000,
    workers: 2,
    database: KINDS.at(-1),
    disturb,
  })
}, 120_000)
afterAll(() => system?.close())

/** A reply as everybody outside saw it: acknowledged, and later handed to Relance as handled. */
interface Reply {
  lead: string
  from: Instant
  to: Instant
}

test('while a reply waits, nobody of the account is written to; and no account is over its cap', async () => {
  const { store, clock, deps } = system
  const start = await clock.now()
  const version = await system.publish(PLAN)
  await insertLeads(
    store.db,
    Array.from({ length: ACCOUNTS * LEADS }, (_, i) => ({
      email: `lead-${i}@company-${i % ACCOUNTS}.example`,
      zone: 'UTC',
    })),
    { cadence: PLAN.cadence, version, now: start },
  )
  deps.relay.wake()

  const replies: Reply[] = []
  const roll = dice(seed)
  const oneOf = <T>(list: T[]): T => list[Math.floor(roll() * list.length)] as T
  let n = 0
  const tell = (lead: string, type: 'reply.received' | 'reply.handled', fields = {}) =>
    sendSignal(deps, { lead, type, fields, id: `r-${++n}` })

  /** One at a time for each lead: handling one handles all that they wrote before. */
  const busy = new Set<string>()
  /** Somebody replies, and the seller handles it some days later. */
  async function exchange(lead: string): Promise<void> {
    if (busy.has(lead)) return pause(50)
    busy.add(lead)
    await tell(lead, 'reply.received')
    const reply = { lead, from: await clock.now(), to: Number.POSITIVE_INFINITY }
    replies.push(reply)
    await pause(1000 * (0.5 + 4 * roll()))
    reply.to = await clock.now()
    await tell(lead, 'reply.handled', { then: 'resume' })
    busy.delete(lead)
  }

  /** Somebody replies at the very moment at which a colleague is to be written to. */
  async function collision(): Promise<void> {
    const now = await clock.now()
    const due = (await listLeads(store.db, { open: true })).filter(
      ({ next, hold }) => !hold && (next?.at ?? 0) > now + DAY / 8,
    )
    if (due.length === 0) return pause(50)
    const { id, next } = due.reduce((a, b) => ((a.next?.at ?? 0) < (b.next?.at ?? 0) ? a : b))
    const [colleague] = await rows<{ id: string }>(
      store.db,
      sql`select o.id from leads l join leads o on o.account_id = l.account_id and o.id <> l.id
          where l.id = ${id} order by o.id limit 1`,
    )
    await pause(await clock.msUntil((next?.at ?? 0) - DAY / 400))
    if (colleague) await exchange(colleague.id)
  }

  const leads = (await listLeads(store.db)).map(({ id }) => id)
  const end = start + DAYS * DAY
  const together = async (work: () => Promise<void>): Promise<void> => {
    while ((await clock.now()) < end || replies.length < REPLIES) await work()
  }
  await Promise.all([
    ...Array.from({ length: 6 }, () => together(() => exchange(oneOf(leads)))),
    ...Array.from({ length: 6 }, () => together(collision)),
  ])
  await untilNoFindings(store.db, end)
  await system.rest()

  const accounts = new Map(
    (
      await rows<{ id: string; account: string }>(store.db, sql`select id, account_id as account from leads`)
    ).map(({ id, account }) => [id, account]),
  )
  const sent = (await ledgerIn(store.db).list()).filter(({ handedOverAt }) => handedOverAt !== null)
  const wrong = sent.filter(({ lead, handedOverAt }) =>
    replies.some(
      (reply) =>
        accounts.get(reply.lead) === accounts.get(lead) &&
        (handedOverAt as Instant) > reply.from &&
        (handedOverAt as Instant) < reply.to,
    ),
  )
  expect(wrong.map(({ key }) => key)).toEqual([])
  for (const account of new Set(accounts.values())) {
    const slots = sent.filter(({ lead }) => accounts.get(lead) === account).map(({ slot }) => slot)
    for (const from of slots) {
      expect(
        slots.filter((slot) => slot >= from && slot < addFixed(from, CAP.per)).length,
      ).toBeLessThanOrEqual(CAP.count)
    }
  }
  // It was a fight: many replies, and e-mails all the while, to those whose account was free.
  expect(replies.length).toBeGreaterThan(60)
  expect(sent.length).toBeGreaterThan(ACCOUNTS)
  expect(new Set(sent.map(({ lead }) => lead)).size).toBeGreaterThan((LEADS * ACCOUNTS) / 4)
  process.stdout.write(`accounts: ${sent.length} e-mails, ${replies.length} replies, ${store.kind}\n`)
}, 300_000)

/**
 * A mail server that says something else to everybody who asks: each reply of the table, at its stage, and one of each
 * kind at every other stage, and then connections that break off. Whatever it says, only an address that nobody has ends
 * a lead. When it has calmed down, all others go on, and nothing leaves twice.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Stage } from '../activities/mail/replies/reply.ts'
import { resumeMailbox } from '../client/services/mailboxes.ts'
import { ledgerIn } from '../store/ledger.ts'
import { listTroubles } from '../store/mailbox-troubles.ts'
import { listLeads, readTimeline, type StoredLeadRow } from '../store/reads.ts'
import { listSuppressions } from '../store/suppression-list.ts'
import { listTasks } from '../store/tasks.ts'
import { dice, seedOf } from './support/dice.ts'
import type { Play } from './support/hostile-server.ts'
import { type HostileWorld, SPACING, startHostileWorld, until } from './support/hostile-world.ts'
import { REPLIES } from './support/replies.ts'

const LEADS = 90
const MOST = 10_000
const STAGES: Stage[] = ['greeting', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'dot']
const AT_RECIPIENT: Stage[] = ['rcpt', 'data', 'dot']

/** What the table takes for an address that nobody has, wherever it is said. */
const UNKNOWN = new Set(REPLIES.filter(({ verdict }) => verdict === 'unknown').map(({ text }) => text))

/** All that the server says, in an order that the dice throw. */
function repertoire(roll: () => number): Play[] {
  const one = <T>(of: readonly T[]): T => of[Math.floor(roll() * of.length)] as T
  const verdicts = [...new Set(REPLIES.map(({ verdict }) => verdict))]
  const plays: Play[] = [
    ...REPLIES,
    ...STAGES.flatMap((stage) =>
      verdicts.map((verdict) => ({ ...one(REPLIES.filter((reply) => reply.verdict === verdict)), stage })),
    ),
    ...STAGES.map((stage) => ({ stage, text: 'drop' })),
  ]
  return plays
    .map((play) => ({ play, by: roll() }))
    .sort((a, b) => a.by - b.by)
    .map(({ play }) => play)
}

const seed = seedOf('hostile-table', 20_261_130)
let world: HostileWorld
beforeAll(async () => {
  world = await startHostileWorld()
}, 120_000)
afterAll(() => world?.close())

test('a server with a whim for everybody: only addresses that nobody has end, and all others go on', async () => {
  const { store, deps, clock } = world
  const { db } = store
  const whims = repertoire(dice(seed))
  const total = whims.length
  const whimsical = await world.serve('claire', () => whims.pop())
  const calm = await world.serve('tom', () => undefined)
  const all = await world.launch('claire', { count: LEADS, letters: 20, wait: { n: 2, unit: 'h' } })
  const others = await world.launch('tom', { count: 10, letters: 20, wait: { n: 6, unit: 'h' } })

  /** Who has ended: all of them heard as the last word that nobody has their address, when it was said of an address. */
  const endedRightly = async (): Promise<StoredLeadRow[]> => {
    const ended = await listLeads(db, { open: false, limit: MOST })
    for (const { email, outcome } of ended) {
      const { stage, text } = whimsical.said.get(email ?? '')?.at(-1) ?? { stage: 'connect', text: '' }
      expect({
        outcome,
        stage,
        text,
        unknown: UNKNOWN.has(text),
        ofAddress: AT_RECIPIENT.includes(stage),
      }).toMatchObject({
        ...{ outcome: 'unreachable', unknown: true, ofAddress: true },
      })
    }
    return ended
  }

  // Somebody lets the mailbox go on, whenever it is paused, while nothing is mended.
  const pauses: string[] = []
  await until(async () => {
    for (const { mailbox, pausedAt, fault } of await listTroubles(db)) {
      expect(mailbox).toBe('claire')
      if (pausedAt === null) continue
      pauses.push(fault)
      await resumeMailbox(deps, mailbox)
    }
    await endedRightly()
    return whims.length === 0
  })
  const calmed = await clock.now()
  const sentSince = async (): Promise<Set<string>> => {
    const rows = await ledgerIn(db).list()
    return new Set(
      rows.flatMap(({ lead, status, slot }) => (status === 'accepted' && slot > calmed ? [lead] : [])),
    )
  }
  await until(async () => {
    const [open, sent] = await Promise.all([listLeads(db, { open: true, limit: MOST }), sentSince()])
    return open.every(({ id }) => sent.has(id))
  })
  await world.rest()

  const leads = await listLeads(db, { limit: MOST })
  expect(leads.map(({ id }) => id).sort()).toEqual([...all, ...others].sort())
  const ended = await endedRightly()
  expect((await listSuppressions(db, { limit: MOST })).map(({ email }) => email).sort()).toEqual(
    ended.map(({ email }) => email).sort(),
  )
  expect(ended.length).toBeGreaterThan(20)
  expect(leads.length - ended.length).toBeGreaterThan(20)

  // What left, left once; and from each mailbox one after the other.
  const touches = await ledgerIn(db).list()
  for (const [name, server] of Object.entries({ claire: whimsical, tom: calm })) {
    const sent = await world.sentFrom(name)
    expect(server.taken.map(({ id }) => id).sort()).toEqual(sent.map(({ messageId }) => messageId).sort())
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(sent.length)
    const gaps = sent.slice(1).map(({ slot }, i) => slot - (sent[i]?.slot ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SPACING)
  }
  // The other mailbox has heard of nothing.
  const own = touches.filter(({ lead }) => others.includes(lead))
  expect(new Set(own.map(({ status }) => status))).toEqual(new Set(['accepted']))
  // Where a machine is slow, an attempt may begin anew; but nothing was ever put off.
  const lines = await Promise.all(others.map((lead) => readTimeline(db, lead)))
  expect(lines.flat().filter(({ kind }) => kind === 'delayed')).toEqual([])

  // A pause is told once, but for those of which somebody knew before it was worth telling.
  const told = (await listTasks(db, { limit: MOST })).map(({ wording }) => wording)
  const faults = told.flatMap((one) => (one?.code === 'mailbox_paused' ? [one.fault] : []))
  expect(faults.sort()).toEqual(pauses.filter((fault) => fault !== 'connection').sort())
  process.stdout.write(
    `hostile-table: ${total} whims, ${pauses.length} pauses, ${ended.length} of ${LEADS} ended\n`,
  )
}, 240_000)

/**
 * Promise 11 on the real thing. Mail servers refuse everybody, each at one stage of the conversation and for one fault of
 * ours, and go on doing so: nobody ends, nobody is lost, the owner is told once and in the server's words, other mailboxes
 * send as if nothing were; and when the cause is gone, all go on at their mailbox's pace.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isOurs } from '../activities/mail/replies/classify.ts'
import { cleaned } from '../activities/mail/replies/reply.ts'
import { explain } from '../client/services/explain.ts'
import { show } from '../client/services/leads.ts'
import { mailboxes, resumeMailbox } from '../client/services/mailboxes.ts'
import { ENGLISH } from '../client/services/reader.ts'
import { ledgerIn } from '../store/ledger.ts'
import { listTroubles } from '../store/mailbox-troubles.ts'
import { listLeads } from '../store/reads.ts'
import { listSuppressions } from '../store/suppression-list.ts'
import { listTasks } from '../store/tasks.ts'
import { dice, seedOf } from './support/dice.ts'
import type { HostileServer, Play } from './support/hostile-server.ts'
import { type HostileWorld, SPACING, startHostileWorld, until } from './support/hostile-world.ts'
import { REPLIES } from './support/replies.ts'

/** Leads of each mailbox. */
const LEADS = 5
/** Refusals that pause a mailbox by its own. */
const ENOUGH = 3
const ONE_LETTER = { count: LEADS, letters: 1, wait: { n: 0, unit: 'h' } } as const

/** One reply of each kind that the table has at each stage, by the name of the mailbox that hears it. */
function troubles(roll: () => number): Map<string, Play> {
  const kinds = new Map<string, Play[]>([['connect-connection', [{ stage: 'connect', text: '' }]]])
  for (const { stage, verdict, text } of REPLIES) {
    if (!isOurs(verdict)) continue
    const name = `${stage}-${verdict.replace('_', '-')}`
    kinds.set(name, [...(kinds.get(name) ?? []), { stage, text }])
  }
  return new Map([...kinds].map(([name, all]) => [name, all[Math.floor(roll() * all.length)] as Play]))
}

const seed = seedOf('hostile-faults', 20_261_130)
let world: HostileWorld
beforeAll(async () => {
  world = await startHostileWorld()
}, 120_000)
afterAll(() => world?.close())

test('whatever fault of ours a server names, at whatever stage: all wait, one is told, and all go on', async () => {
  const { store, deps } = world
  const { db } = store
  const refusing = troubles(dice(seed))
  expect(refusing.size).toBeGreaterThan(25)
  let lifted = false
  const servers = new Map<string, HostileServer>()
  const leads = new Map<string, string[]>()
  const begin = async (name: string, play: Play | undefined, server?: string): Promise<void> => {
    servers.set(name, await world.serve(name, () => (lifted ? undefined : play), server))
    leads.set(name, await world.launch(name, ONE_LETTER))
  }
  for (const [name, play] of refusing) await begin(name, play)
  const login: Play = { stage: 'auth', text: '535 5.7.8 Error: authentication failed' }
  for (const name of ['shared-1', 'shared-2']) await begin(name, login, 'smtp.shared.example')
  for (const name of ['shared-1', 'shared-2']) refusing.set(name, login)
  await begin('calm', undefined)

  // All are paused, and one e-mail of each was tried again twice.
  await until(
    async () => (await listTroubles(db)).filter(({ probes }) => probes >= 2).length === refusing.size,
  )
  // Two mailboxes of one server are refused for the same: a third one isn't tried, but where it is the others' trial.
  await begin('shared-3', login, 'smtp.shared.example')
  const waiting = [...refusing.keys(), 'shared-3'].flatMap((name) => leads.get(name) as string[])
  await until(async () => (await listLeads(db)).filter(isPaused).length === waiting.length)
  expect(servers.get('shared-3')?.conversations()).toBeLessThan(ENOUGH)
  expect((await world.sentFrom('calm')).map(({ lead }) => lead).sort()).toEqual(
    [...(leads.get('calm') ?? [])].sort(),
  )

  // Nobody has ended, nobody is on the list, and each owner was told once, in the server's words.
  expect((await listLeads(db, { open: false })).map(({ id }) => id)).toEqual([])
  expect(await listSuppressions(db)).toEqual([])
  const told = (await listTasks(db)).map(({ wording }) => wording)
  expect(told.map((one) => one?.code === 'mailbox_paused' && one.mailbox).sort()).toEqual(
    [...refusing.keys()].sort(),
  )
  const inTrouble = (await mailboxes(deps, 'en')).filter(({ paused }) => paused !== null)
  const listed = new Map(inTrouble.map((row) => [row.mailbox, row]))
  expect([...listed.keys()].sort()).toEqual([...refusing.keys()].sort())
  for (const [name, play] of refusing) {
    const says = play.stage === 'connect' ? expect.any(String) : cleaned(play.text)
    const [lead = ''] = leads.get(name) as string[]
    expect(told.find((one) => one?.code === 'mailbox_paused' && one.mailbox === name)).toMatchObject({ says })
    expect(listed.get(name)).toMatchObject({ says, paused: expect.any(String), waiting: LEADS })
    expect(await explain(deps, lead, ENGLISH)).toMatchObject({ server: { says, remedy: expect.any(String) } })
    expect(await show(deps, lead, ENGLISH)).toMatchObject({ server: { says, remedy: expect.any(String) } })
  }

  // The cause is gone. Some are told so by a person, the others find out.
  lifted = true
  const byHand = [...refusing.keys()].filter((_, i) => i % 3 === 0)
  const resumed = await Promise.allSettled(byHand.map((name) => resumeMailbox(deps, name)))
  expect(resumed.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  await until(
    async () =>
      (await ledgerIn(db).list()).filter(({ status }) => status === 'accepted').length ===
      LEADS * servers.size,
  )
  await world.rest()
  expect(await listTroubles(db)).toEqual([])
  expect(await listTasks(db)).toHaveLength(refusing.size)
  for (const [name, server] of servers) {
    const sent = await world.sentFrom(name)
    // Each lead's letter has left once, and the server has it once.
    expect(sent.map(({ lead }) => lead).sort()).toEqual([...(leads.get(name) ?? [])].sort())
    expect(server.taken.map(({ id }) => id).sort()).toEqual(sent.map(({ messageId }) => messageId).sort())
    // No burst: one slot after the other, and nothing before its own.
    const gaps = sent.slice(1).map(({ slot }, i) => slot - (sent[i]?.slot ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SPACING)
    for (const { slot, handedOverAt } of sent) expect(handedOverAt).toBeGreaterThanOrEqual(slot - 3600)
  }
}, 240_000)

const isPaused = ({ because }: { because: { code: string } }): boolean =>
  because.code === 'put_off' && (because as { delay?: { code?: string } }).delay?.code === 'mailbox_paused'

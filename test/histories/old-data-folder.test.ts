/**
 * A data folder of another day, opened by today's Relance 400 days later: every lead that was open takes part again,
 * whatever state it was in, nothing is sent twice, and its timeline reads in French.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DAY } from '../../cadence/time.ts'
import type { LeadDetail } from '../../client/contract/index.ts'
import type { RelanceClient } from '../../client/library/client.ts'
import { connect } from '../../client/library/connect.ts'
import { writeAnchor } from '../../store/environment.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { TouchRow } from '../../store/ledger-port.ts'
import { openStore } from '../../store/open.ts'
import { until, upProcess } from '../support/up-process.ts'
import { STATES } from './states.ts'

const SPEED = 86_400
const SLEEP_DAYS = 400
const homes = fileURLToPath(new URL('homes/', import.meta.url))

/** States that are over: nothing comes of them any more. */
const OVER = ['refused', 'unreachable', 'optout', 'lost', 'dropped', 'silent']
/** States in which a lead writes to nobody until somebody says something. */
const HELD = ['paused', 'replied', 'kept', 'colleague-a', 'colleague-b']
/** States in which a step's time has come while it slept. */
const DUE = [
  ...[
    'waiting',
    'approved',
    'influencer',
    'seeking',
    'offered',
    'away',
    'callback',
    'delayed',
    'won',
    'moved',
  ],
  ...['reopened', 'nurtured', 'continued', 'unstarted'],
]

/** Words of ours that only an English text has. */
const ENGLISH =
  /\b(the|was|is|has|by|until|after|waits?|reply|done|begins?|ended|ends|put off|stage|urgency|paused|person|dropped|refused by|asked|lost|won|they)\b/i

describe.each(readdirSync(homes).map((file) => [file.replace('.tar.gz', '')]))('a home of %s', (name) => {
  const home = mkdtempSync(join(tmpdir(), 'relance-home-'))
  const relance = upProcess(home, SPEED)
  let client: RelanceClient
  let before: TouchRow[] = []
  const leads = new Map<string, LeadDetail>()
  const nameOf = (email: string | null): string => String(email).split('@')[0] as string

  const touches = async (): Promise<TouchRow[]> => {
    const store = await openStore({ dataDir: home })
    const found = await ledgerIn(store.db).list()
    await store.close()
    return found
  }

  beforeAll(async () => {
    execFileSync('tar', ['-C', home, '-xzf', join(homes, `${name}.tar.gz`)])
    const { now } = JSON.parse(readFileSync(join(home, 'recorded.json'), 'utf8')) as { now: string }
    const store = await openStore({ dataDir: home })
    before = await ledgerIn(store.db).list()
    const anchorVirtual = Date.parse(now) + SLEEP_DAYS * DAY
    await writeAnchor(store.db, { anchorReal: Date.now(), anchorVirtual, speed: SPEED })
    await store.close()
    client = await relance.up()
    // Every open lead has turned after its sleep, as its explanation from a living workflow shows.
    await until(async () => {
      const rows = await client.leads({ open: 'true' })
      const told = await Promise.all(rows.map(({ id }) => client.explain(id)))
      return told.every(({ from }) => from === 'workflow') ? true : undefined
    })
    // What is due is done, or planned anew.
    await until(async () => {
      for (const { id, email } of await client.leads()) leads.set(nameOf(email), await client.show(id))
      const woke = (one: string): boolean =>
        leads.get(one)?.timeline.some(({ at }) => Date.parse(at) > Date.parse(now) + SLEEP_DAYS * DAY) ??
        false
      return DUE.every(woke) ? true : undefined
    })
  }, 240_000)
  afterAll(async () => {
    await relance.stop('SIGTERM')
    rmSync(home, { recursive: true, force: true })
  })

  test('every lead is there, in its state', () => {
    expect([...leads.keys()].sort()).toEqual(Object.keys(STATES).sort())
    for (const one of OVER) expect([one, leads.get(one)?.outcome]).not.toEqual([one, null])
    for (const one of HELD) expect([one, leads.get(one)?.hold]).not.toEqual([one, null])
  })

  test('no touch happens twice: what was done before stays as it was', async () => {
    await relance.stop('SIGTERM')
    const after = await touches()
    const settled = before.filter(({ status }) => ['accepted', 'refused', 'unconfirmed'].includes(status))
    expect(settled.length).toBeGreaterThan(25)
    for (const touch of settled) expect(after.find(({ key }) => key === touch.key)).toEqual(touch)
    const sent = after.filter(({ kind, status }) => kind === 'email' && status === 'accepted')
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(sent.length)
    for (const one of HELD) {
      const id = leads.get(one)?.id
      const emails = (list: TouchRow[]) => list.filter(({ lead, kind }) => lead === id && kind === 'email')
      expect([one, emails(after).length]).toEqual([one, emails(before).length])
    }
    client = await relance.up()
  }, 60_000)

  test('signals go on from where the lead was', async () => {
    const id = leads.get('replied')?.id as string
    await client.signal(id, 'reply.handled', { then: 'resume' })
    await until(async () => ((await client.show(id)).hold === null ? true : undefined))
  }, 60_000)

  test('timelines and reasons read in French', async () => {
    const french = connect({ home, env: {}, language: 'fr', zone: 'Europe/Paris' })
    const own =
      /\b(hello|gain|call|check|chase|brief|welcome|thanks|refer|quote|offer|decide|later|far|kit|again|find-\w+|answer-\w+|tell-\w+|states|quick|slow|doubt|ally|customer|calm|pressing|contact|credit|proposal|nurture|price|migration|early|the board)\b/g
    const said: string[] = []
    for (const { id } of await french.leads()) {
      const { timeline, next, standing } = await french.show(id)
      said.push(...timeline.map(({ text }) => text), next?.because ?? '', standing.says, ...standing.missing)
    }
    expect(said.length).toBeGreaterThan(200)
    expect(said.map((text) => text.replace(own, '…')).filter((text) => ENGLISH.test(text))).toEqual([])
  }, 60_000)
})

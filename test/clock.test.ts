/**
 * A clock can be changed: `relance up` with 60 seconds of the cadence in one, then a day, then one, then a day again,
 * on one data folder. Nothing is sent before its moment, nothing is lost, nothing is sent twice.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from '@jest/globals'
import { DAY } from '../cadence/time.ts'
import type { RelanceClient } from '../client/library/client.ts'
import { type Audit, audit, type Timer } from './support/audit.ts'
import { until, upProcess } from './support/up-process.ts'

const LEADS = 8
const CADENCE = `
cadence: clocks
from: claire
locale: en
window: { days: mon-sun, hours: "00:00-24:00" }
account: continue
urgency:
  - level: calm
  - { level: late, when: { stage_age: 15d }, tell: owner }
stages:
  - stage: contact
    until: { interest: general }
    steps:
      - { id: one,   email: letter }
      - { id: two,   email: letter, wait: 2d }
      - { id: three, email: letter, wait: 20d }
    otherwise: { end: unresponsive, after: 5d }
`
const SENT = ['one', 'two', 'three']

const folder = mkdtempSync(join(tmpdir(), 'relance-clock-'))
const { up, stop } = upProcess(folder, 60)
afterAll(async () => {
  await stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const mailed = (relance: RelanceClient, count: number): Promise<true> =>
  until(async () => ((await relance.inbox()).length >= count ? true : undefined))

/** Changes the clock's speed. @returns Relance, with every lead's timer of the new speed */
async function change(speed: number): Promise<{ relance: RelanceClient; at: number }> {
  await stop('SIGTERM')
  const at = Date.now()
  return { relance: await up(speed), at }
}

/** The first timer of each lead that was set after an instant. */
const timersSince = ({ leads }: Audit, at: number): Timer[] =>
  leads.flatMap(({ timers }) => timers.find((timer) => timer.at > at) ?? [])

test('60 seconds in one, then 86400, then 1, then 86400', async () => {
  let relance = await up()
  const templates = { 'letter.md': '---\nsubject: A letter\n---\nHello {{ contact.first_name }}.\n' }
  await relance.publish({ source: CADENCE, file: 'clocks.yaml', templates })
  const rows = Array.from({ length: LEADS }, (_, i) => `p${i}@company-${i}.example,Ada,Europe/Paris,FR`)
  await relance.launch('clocks', Buffer.from(`email,first name,time zone,country\n${rows.join('\n')}\n`))
  await mailed(relance, LEADS)

  // Two days were 48 minutes: without a word to the leads, the second letters would be weeks late.
  const fast = await change(86_400)
  relance = fast.relance
  await mailed(relance, 2 * LEADS)
  const second = Date.now()

  // Twenty days were 20 seconds: without a word to the leads, the third letters would go out when they are over.
  const slow = await change(1)
  relance = slow.relance
  await pause(Math.max(0, second + 22_000 - Date.now()))
  for (const lead of await relance.leads()) expect(lead).toMatchObject({ outcome: null })

  const last = await change(86_400)
  relance = last.relance
  await until(async () => ((await relance.leads({ open: 'true' })).length === 0 ? true : undefined))
  await stop('SIGTERM')

  const left = await audit(folder)
  expect(left.leads.map(({ outcome }) => outcome)).toEqual(Array(LEADS).fill('unresponsive'))
  expect(new Set(left.mails.map(({ messageId }) => messageId)).size).toBe(SENT.length * LEADS)
  expect(left.mails).toHaveLength(SENT.length * LEADS)
  for (const { touches, timeline } of left.leads) {
    expect(touches.filter(({ kind }) => kind === 'email').map(({ step }) => step)).toEqual(SENT)
    expect(touches.filter(({ kind }) => kind === 'notify').map(({ step }) => step)).toEqual(['tell-late'])
    for (const { status, slot, settledAt } of touches) {
      expect(status).toBe('accepted')
      expect((settledAt ?? 0) - slot).toBeGreaterThanOrEqual(0)
    }
    const launched = timeline[0]?.at ?? 0
    expect((touches.find(({ kind }) => kind === 'notify')?.slot ?? 0) - launched).toBeGreaterThanOrEqual(
      15 * DAY,
    )
    // Nobody had to be told by an attempt that it was too early: the timers were right.
    expect(timeline.filter(({ kind }) => kind === 'delayed')).toEqual([])
  }
  // What was left of two days, and of fifteen until the owner is told, in the real time of each speed; what passed while
  // Relance was down isn't waited for.
  for (const { ms } of timersSince(left, fast.at)) expect(ms).toBeLessThanOrEqual(2000)
  const slowly = timersSince(left, slow.at)
  expect(slowly).toHaveLength(LEADS)
  for (const { ms, at } of slowly.filter((timer) => timer.at < last.at)) {
    expect([at, ms <= 1 || ms > 60_000]).toEqual([at, true])
  }
}, 200_000)

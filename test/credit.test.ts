/**
 * Credit from end to end: leads are checked with the local bank, whose decisions come by webhook after days, while
 * `relance up` is killed and started again. Each is asked once, no decision is lost, and silence is chased.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { openAccounts } from '../worker/bank/files.ts'
import { audit } from './support/audit.ts'
import { until, upProcess } from './support/up-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'relance-credit-'))
/** Two days of the cadence in a second. */
const { up, stop } = upProcess(folder, 172_800)
afterAll(async () => {
  await stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const CADENCE = `cadence: credit
from: claire
locale: en
window: { days: mon-sun, hours: "00:00-24:00" }
credit: { valid_for: 2y }
stages:
  - stage: credit
    until: { credit: approved }
    steps:
      - { id: check, credit_check: bank, timeout: 14d }
      - { id: chase, task: Chase the credit file, wait: 1d }
    on: { credit.refused: { end: refused_credit } }
  - stage: deal
    until: { deal: won }
    steps:
      - { id: offer, email: offer }
`
const STATES: Record<string, string> = { 1: 'approved', 2: 'review', 3: 'refused' }
const COUNT = 16

test('asked once, decided after days, chased when there is silence', async () => {
  writeFileSync(join(folder, 'relance.yaml'), 'credit: { bank: { kind: local } }\n')
  let relance = await up()
  const offer = '---\nsubject: An offer\n---\nFor {{ lead.company }}.\n'
  await relance.publish({ source: CADENCE, file: 'credit.yaml', templates: { 'offer.md': offer } })
  const people = Array.from({ length: COUNT }, (_, i) => `p${i}@firm${i}.example,Zoë,Firm ${i} Ltd`)
  const file = new TextEncoder().encode(['email,first_name,company', ...people].join('\n'))
  expect((await relance.launch('credit', file)).launched).toBe(COUNT)

  // In the middle of the asking, and in the middle of the answers.
  const bank = join(folder, 'bank', 'bank')
  await until(async () => ((await openAccounts(bank)).length >= COUNT / 2 ? true : undefined))
  await stop('SIGKILL')
  relance = await up()
  await until(async () => {
    const said = (await openAccounts(bank)).filter((account) => account.said > 0)
    return said.length >= COUNT / 3 ? true : undefined
  })
  await stop('SIGKILL')
  relance = await up()

  /** Decided and heard of, or chased. */
  const settled = async (): Promise<true> => {
    const rows = await relance.leads()
    const credit = await Promise.all(rows.map(({ id }) => relance.show(id)))
    const tasks = await relance.tasks({ limit: 1000 })
    const waiting = credit.filter(
      ({ lead, facts }) =>
        !['approved', 'refused', 'review'].includes(facts?.credit.value.state ?? '') &&
        !tasks.some((task) => task.lead === lead.id),
    )
    if (waiting.length === 0) return true
    throw new Error(`waiting: ${JSON.stringify(waiting.map(({ next, timeline }) => ({ next, timeline })))}`)
  }
  await until(settled)
  const shown = await Promise.all((await relance.leads()).map(({ id }) => relance.show(id)))
  const tasks = await relance.tasks({ limit: 1000 })
  await stop('SIGTERM')

  const accounts = await openAccounts(bank)
  const { leads } = await audit(folder)
  for (const { lead, facts } of shown) {
    const asked = accounts.filter(({ request }) => request.company === lead.company)
    const touches = leads.find(({ id }) => id === lead.id)?.touches.filter((t) => t.kind === 'credit_check')
    // One that was killed between the mark and the answer: nobody knows, and it is not asked again.
    expect([lead.company, touches?.length]).toEqual([lead.company, 1])
    expect(asked.length).toBeLessThanOrEqual(1)
    const [first] = asked[0]?.notices ?? []
    const state = facts?.credit.value.state
    if (first && state !== 'pending') expect(state).toBe(STATES[String(first.body.statusCode)])
    // Nobody does it, which is told of in the end.
    else
      expect(
        tasks.filter((task) => task.lead === lead.id && task.kind !== 'notify').map(({ text }) => text),
      ).toEqual(['Chase the credit file'])
    if (state !== 'pending') expect(touches?.[0]?.status).toBe('accepted')
  }
  // What the bank had said before the second kill was heard, at the latest, by the next process.
  const decided = shown.filter(({ facts }) => facts?.credit.value.state !== 'pending')
  expect(decided.length).toBeGreaterThanOrEqual(COUNT / 3)
  // The bank knows companies; Temporal knows none.
  const histories = leads.map((lead) => lead.history).join('\n')
  expect(histories).toContain('credit.')
  expect(histories).not.toMatch(/Firm \d|Zoë|firm\d+\.example/)
}, 300_000)

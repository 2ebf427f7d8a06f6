/**
 * Five years of one lead on the time-skipping server: a touch a month, something happening every day, a customer in
 * the end. The server suggests continuing as new by its own default (4096 events), which a daily signal reaches
 * several times. What was lived is what `rehearse` prints, and what travels from run to run stays small.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readCadence } from '../cadence/language/read.ts'
import type { Lead } from '../cadence/lead.ts'
import type { Signal, SignalType } from '../cadence/signals.ts'
import { DAY, HOUR, type Instant } from '../cadence/time.ts'
import { type Live, openLive, same } from './support/live-and-rehearsed.ts'

const YEARS = 5
const { plan, problems } = readCadence(
  `
cadence: years
from: claire
locale: fr
window: { days: mon-fri, hours: "09:00-17:30", holidays: FR }
limits: { per_lead: 2 per week }
urgency:
  - level: calm
  - { level: pressing, when: { fact: { tender: true } }, pace: 0.6, tell: owner }
stages:
  - stage: contact
    until: { interest: comparing }
    steps:
      - { id: hello, email: hello, theme: ease }
      - { id: proof, email: proof, theme: best, wait: 5bd }
    otherwise: nurture
  - stage: credit
    until: { credit: approved }
    steps:
      - { id: check, credit_check: finance, timeout: 10bd }
  - stage: sale
    until: { deal: won }
    steps:
      - { id: quote, task: Send the proposal, proposal: true }
      - { id: offer, email: offer, wait: 2bd, offer: { name: early, lasts: 14d } }
plays:
  - play: doubt
    on: objection.raised
    until: { open_objections: 0 }
    steps:
      - { id: answer, task: Answer them }
  - play: customer
    on: deal.won
    steps:
      - { id: thanks, email: thanks }
nurture: { every: 1mo, for: 6y, emails: [news-1, news-2, news-3], until: { need: verified } }
`,
  'years.yaml',
)
if (!plan) throw new Error(JSON.stringify(problems))

/** What comes round again and again, by the day it comes round on. */
const ROUND: [every: number, on: number, type: SignalType, data: Signal['data'], contact?: string][] = [
  [1, 0, 'link.clicked', { theme: 'productivity' }],
  [30, 4, 'interest.expressed', { level: 'general', theme: 'support' }],
  [365, 20, 'objection.raised', { topic: 'migration' }],
  [365, 23, 'objection.overcome', { topic: 'migration' }],
  [60, 31, 'fact.recorded', { name: 'tender', value: true }],
  [60, 40, 'fact.recorded', { name: 'tender', value: false }],
  [120, 50, 'reply.received', {}],
  [120, 52, 'reply.handled', { then: 'resume' }],
  [365, 200, 'contact.identified', { role: 'influencer' }, 'ivan'],
]

/** A click on most days, and something more telling on the others; then they buy. */
function story(from: Instant): Signal[] {
  const all: Signal[] = []
  const tell = (
    day: number,
    type: SignalType,
    data: Signal['data'],
    contact: string | undefined,
    hour: number,
  ): void => {
    const at = from + day * DAY + hour * HOUR
    const id = `00000000-0000-4000-8000-${String(all.length).padStart(12, '0')}`
    all.push({ id, type, at, seen: at, data, ...(contact ? { contact } : {}) })
  }
  const last = YEARS * 365 - 60
  for (let day = 1; day < last; day++) {
    for (const [i, [every, on, type, data, contact]] of ROUND.entries()) {
      if (day % every === on) tell(day, type, data, contact, 1 + ((day * 7) % 20) + i / 10)
    }
  }
  tell(last, 'need.verified', { amount: 18_000 }, undefined, 1)
  tell(last + 1, 'interest.expressed', { level: 'comparing' }, undefined, 1)
  tell(last + 9, 'credit.approved', { limit: 50_000, ref: '8841' }, undefined, 1)
  tell(last + 30, 'deal.won', { amount: 18_000 }, undefined, 1)
  return all
}

interface Run {
  events: number
  /** What it handed on, when it continued as new. */
  handsOn?: { lead: Lead; bytes: number }
}

/** A workflow's runs, from the first to the last. The test server lists none, but each names the one before. */
async function runsOf(live: Live, workflowId: string): Promise<Run[]> {
  const { client } = live.env
  const runs: Run[] = []
  for (let runId: string | null | undefined; runId !== ''; ) {
    const { events } = await client.workflow.getHandle(workflowId, runId ?? undefined).fetchHistory()
    const [first, last] = [events?.[0], events?.at(-1)]
    const payload = last?.workflowExecutionContinuedAsNewEventAttributes?.input?.payloads?.[0]
    const run: Run = { events: events?.length ?? 0 }
    if (payload?.data) {
      const { lead } = JSON.parse(Buffer.from(payload.data).toString()) as { lead: Lead }
      run.handsOn = { lead, bytes: JSON.stringify(lead).length }
    }
    runs.unshift(run)
    runId = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? ''
  }
  return runs
}

let live: Live
beforeAll(async () => {
  live = await openLive()
}, 120_000)
afterAll(() => live?.close())

test('five years of one lead, through several runs, are what was rehearsed; and it stays small', async () => {
  const { real, imagined } = await same(live, { plan, signals: story, length: YEARS * 365 * DAY })
  expect(real.outcome).toBe('won')
  expect(imagined.timeline.filter(({ kind: what }) => what === 'signal').length).toBeGreaterThan(1500)
  const months = imagined.calendar.filter(({ touch }) => touch.step.startsWith('nurture-'))
  expect(months.length).toBeGreaterThan(40)
  expect(new Set(real.touches.map(({ key }) => key)).size).toBe(real.touches.length)

  const runs = await runsOf(live, `lead-${real.id}`)
  const handed = runs.flatMap(({ handsOn }) => (handsOn ? [handsOn] : []))
  console.info(
    `${runs.length} runs of ${runs.map(({ events }) => events).join(', ')} events; ` +
      `handed on: ${handed.map(({ bytes }) => bytes).join(', ')} bytes; ${real.touches.length} touches, ` +
      `${real.emails.length} e-mails`,
  )
  expect(runs.length).toBeGreaterThan(2)
  expect(handed).toHaveLength(runs.length - 1)
  // Twelve kilobytes are the ids of the last signals. The rest is what is known; a year more adds next to nothing.
  for (const { bytes } of handed) expect(bytes).toBeLessThan(20_000)
  const rest = handed.map(({ lead: { seen: _, ...more } }) => JSON.stringify(more).length)
  expect(Math.max(...rest) - Math.min(...rest)).toBeLessThan(250)
}, 600_000)

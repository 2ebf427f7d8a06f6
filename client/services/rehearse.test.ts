/** What a rehearsal says of letters: the subject that will go, and the one that can't be written. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import type { Plan } from '../../cadence/plan.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { started } from '../../test/support/leads.ts'
import { rehearseFile } from './rehearse-file.ts'

const CADENCE = `
cadence: threads
from: claire
locale: en
stages:
  - stage: sale
    until: { deal: won }
    steps:
      - { id: hello, email: hello }
      - { id: gain, email: gain, wait: 3d, thread: hello }
      - { id: proof, email: proof, wait: 3d, thread: gain }
      - { id: other, email: gain, wait: 3d }
      - { id: call, task: "Call" }
    otherwise: { end: unresponsive }
`
const letter = (subject: string): string => `---\nsubject: ${subject}\n---\nDear {{ contact.first_name }}\n`

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relance-rehearse-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('shows a letter of a thread with the thread’s subject, and with its sender, as it will go', () => {
    const file = join(folder, 'threads.yaml')
    mkdirSync(join(folder, 'templates'))
    writeFileSync(file, CADENCE)
    for (const name of ['hello', 'gain', 'proof'])
      writeFileSync(
        join(folder, 'templates', `${name}.en.md`),
        letter(`${name} {{ contact.first_name }}, {{ sender.name }}`),
      )
    const senderOf = (mailbox: string) => ({ name: `${mailbox} Vasseur`, email: 'c@atelier.example' })
    const played = rehearseFile(file, { senderOf, language: 'en', from: '2026-11-23' })
    if (!('calendar' in played)) throw new Error(JSON.stringify(played))
    const subjects = Object.fromEntries(played.calendar.map(({ step, subject }) => [step, subject]))
    expect(subjects).toEqual({
      ...{ hello: 'hello Hugo, claire Vasseur', gain: 'Re: hello Hugo, claire Vasseur' },
      ...{ proof: 'Re: hello Hugo, claire Vasseur', other: 'gain Hugo, claire Vasseur', call: 'Call' },
    })
  })
})

describe.each(await openDatabases())('a lead on %s', (_, store) => {
  const step = (id: string, thread?: string) => ({
    ...{ id, kind: 'email' as const, name: id, wait: { n: 3, unit: 'd' as const } },
    ...(thread !== undefined && { thread }),
  })
  const stages: Plan['stages'] = [
    {
      id: 'sale',
      until: { deal: 'won' },
      steps: [step('hello'), step('gain', 'hello'), step('last')],
      on: {},
    },
  ]

  async function rehearsed(gain: string, email: string) {
    const files = { 'hello.md': letter('Hello'), 'gain.md': gain, 'last.md': letter('Last') }
    const version = await publishPlan(store, 'first', { stages }, files)
    const api = apiOn(store)
    const id = await started(store, email)
    const lead = newLead(id, NOW)
    api.workflows.explanation = {
      ...{ format: FORMAT, lead, cadence: 'first', version, kind: 'rest' },
      because: { code: 'not_started' },
    }
    const played = await api.client.rehearse(id)
    await api.stop()
    return played
  }

  test('shows a letter that will answer another with that one’s subject', async () => {
    const { calendar } = await rehearsed(letter('Gain'), 'lea@threads.example')
    expect(calendar.map(({ subject }) => subject)).toEqual(['Hello', 'Re: Hello', 'Last'])
  })

  test('waits where a letter can’t be written by what is known today, and says so', async () => {
    const { calendar, waits, story } = await rehearsed(
      `${letter('Gain')}{{ contact.title }}\n`,
      'lea@untitled.example',
    )
    expect(calendar.map(({ step }) => step)).toEqual(['hello', 'mend-gain'])
    expect(calendar[1]?.subject).toContain('gain.md:5:4: contact.title has no value')
    expect(waits?.because).toContain('gain.md:5:4: contact.title has no value')
    expect(story.map(({ text }) => text)).toContainEqual(
      expect.stringContaining("gain can't be made, and waits: gain.md:5:4"),
    )
  })
})

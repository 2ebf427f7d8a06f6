/** Whatever is in a lead's fields, and whatever its letters are: what a launch accepts can be written, all of it. */
import { afterEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isVisible } from '../../activities/mail/clean-text.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import type { Plan } from '../../cadence/plan.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { seedOf } from '../../test/support/dice.ts'
import { LETTERS_AND_LEADS } from '../../test/support/random-letters.ts'

const PLAN: Partial<Plan> = {
  ...{ locale: 'en', locales: { written: ['en', 'fr'], standIn: {}, others: 'fr' } },
  urgency: [
    { id: 'calm', pace: 1 },
    { id: 'hot', pace: 0.5, when: { unanswered: 3 } },
  ],
  stages: [
    {
      ...{ id: 'contact', until: { interest: 'general' }, on: {} },
      steps: [
        { id: 'a', kind: 'email', name: 'a' },
        { id: 'b', kind: 'email', name: 'b', thread: 'a' },
        { id: 'c', kind: 'email', name: 'c', to: 'decision_maker' },
      ],
    },
  ],
}
const letter = (body: string, subject: string): string =>
  `---\nsubject: ${JSON.stringify(subject)}\n---\n${body}\n`
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`

let api: ReturnType<typeof apiOn>
afterEach(() => api.stop())

test.each(await openDatabases())(
  'on %s',
  async (_, store) => {
    const seed = seedOf('accepted letters', 4_711)
    api = apiOn(store)
    const [stopped, seen] = [{ launches: 0 }, { accepted: 0, refused: 0, letters: 0 }]
    let n = 0
    await fc.assert(
      fc.asyncProperty(
        LETTERS_AND_LEADS,
        LETTERS_AND_LEADS,
        fc.constantFrom('en', 'fr', 'de', ''),
        async (first, second, language) => {
          n += 1
          const name = `accepted-${seed}-${n}`
          const files = {
            'a.en.md': letter(first.body, first.subject),
            'a.fr.md': letter(second.body, second.subject),
            'b.md': letter(second.body, first.subject),
            'b.fr.md': letter(first.body, second.subject),
            'c.en.md': letter(`{{ contact.title }} ${second.body}`, first.subject),
            'c.fr.md': letter(first.body, '{{ contact.first_name }}'),
          }
          await publishPlan(store, name, PLAN, files)
          const rows = [...first.leads, ...second.leads].map(({ a, b, first }, i) =>
            [`who${i}.${n}@acme.example`, first, a, b, language].map(quoted).join(','),
          )
          const list = new TextEncoder().encode(['email,first_name,a,b,language', ...rows].join('\n'))
          const report = await api.client.launch(name, list).catch((error: unknown) => {
            // A list that can't be read launches nobody.
            if (!(error instanceof RelanceError)) throw error
            stopped.launches += 1
          })
          seen.refused += report?.refused.length ?? 0
          const leads = await api.client.leads({ cadence: name })
          expect(leads).toHaveLength(report?.launched ?? 0)
          for (const { id } of leads) {
            seen.accepted += 1
            api.workflows.explanation = {
              ...{ format: FORMAT, lead: newLead(id, NOW), cadence: name, version: 1, kind: 'rest' },
              because: { code: 'every_goal_met' },
            }
            const { letters } = await api.client.preview(id)
            expect(letters.map(({ because }) => because).filter((one) => one !== null)).toEqual([])
            expect(letters.flatMap(({ urgency }) => urgency)).toHaveLength(6)
            for (const { subjects, text } of letters) {
              seen.letters += 1
              for (const { subject } of [{ subject: text ?? '' }, ...subjects])
                expect(isVisible(subject)).toBe(true)
            }
          }
        },
      ),
      { numRuns: 60, seed },
    )
    process.stdout.write(`accepted letters: ${JSON.stringify({ ...seen, ...stopped })}\n`)
    // Both happen, or it shows nothing.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(20)
  },
  120_000,
)

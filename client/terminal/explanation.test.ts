/** `explain` in sentences: what a hold that ends by itself says of its end. */
import { describe, expect, test } from '@jest/globals'
import { LANGUAGES } from '../../cadence/reasons/dictionary.ts'
import type { ExplanationView } from '../contract/index.ts'
import { explanationLines } from './explanation.ts'

const WAITS: ExplanationView = {
  ...{
    lead: 'L',
    cadence: 'first',
    version: 1,
    stage: 'aware',
    urgency: 'calm',
    outcome: null,
    does: 'rest',
  },
  standing: { value: 'lead', missing: [], lacks: [], next: 'prospect', says: '', rule: [], early: false },
  ...{ asleep: null, hold: 'callback', because: 'they asked to be called back on 2 Mar 2027', server: null },
  reason: { code: 'callback', values: { until: 0 } } as never,
  ...{ next: null, why: null, timing: [], zone: 'Europe/Paris', from: 'workflow' },
  again: '2027-01-15T09:00:00.000Z',
}

describe.each(LANGUAGES)('in %s', (language) => {
  const lines = (view: Partial<ExplanationView>): string[] =>
    explanationLines({ ...WAITS, ...view }, language, 'Europe/Paris')

  test('"that day" is of the date beside it, and another look comes behind it', () => {
    for (const hold of ['callback', 'out_of_office']) {
      const said = lines({ hold })
      const because = said.findIndex((line) => line.includes('2 Mar 2027'))
      const away = { en: 'on that day, or once a reply', fr: 'ce jour-là' }[language] ?? ''
      expect(said[because + 1]).toContain(away)
      expect(said[because + 2]).toMatch(/15/)
      // Who was written off until a date isn't answered at once when they write: a person reads it first.
      expect(said.join('\n')).not.toMatch(/at once when they write|dès qu’elle écrit|dès qu’il écrit/)
    }
  })

  test('who waits for a colleague goes on at once when they write themselves', () => {
    const at = { en: 'at once when they write themselves', fr: 'aussitôt' }[language] ?? ''
    expect(lines({ hold: 'account', again: null }).join('\n')).toContain(at)
  })
})

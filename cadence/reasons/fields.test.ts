import { expect, test } from '@jest/globals'
import { sayFields } from './fields.ts'
import type { Reader } from './phrases.ts'
import { sayAbout } from './say.ts'

const at = Date.parse('2027-03-01T23:30:00Z')
const reader = (language: Reader['language']): Reader => ({ language, zone: 'Europe/Paris', now: at })

test("a signal's fields are named and valued in the reader's language", () => {
  const fields = { level: 'comparing', theme: 'ease', hard: true, until: at, custom_thing: 'x' }
  expect(sayAbout('a', sayFields(fields, reader('fr')), reader('fr'))).toBe(
    'a\u00a0: niveau en comparaison, argument facilité, définitif oui, jusqu’au 2 mars 2027, custom_thing x',
  )
})

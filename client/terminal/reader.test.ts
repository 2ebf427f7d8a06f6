import { expect, test } from '@jest/globals'
import { terminalLanguage } from './reader.ts'

test.each([
  [{}, 'en'],
  [{ LANG: 'fr_FR.UTF-8' }, 'fr'],
  [{ LANG: 'fr' }, 'fr'],
  [{ LANG: 'fr_CA.UTF-8@euro' }, 'fr'],
  [{ LANG: 'C' }, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'POSIX' }, 'en'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  [{ LANG: 'frr_DE' }, 'en'],
  [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'fr_FR.UTF-8' }, 'fr'],
  [{ LANG: 'fr_FR.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'fr_FR.UTF-8', LC_MESSAGES: 'fr_FR.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'en_GB', LC_MESSAGES: 'en_GB', LC_ALL: 'fr_FR' }, 'fr'],
  [{ LANG: 'fr_FR.UTF-8', LC_MESSAGES: '', LC_ALL: '' }, 'fr'],
  // Other categories say nothing of messages.
  [{ LC_TIME: 'fr_FR.UTF-8', LANGUAGE: 'fr' }, 'en'],
])('%j is %s', (env, language) => {
  expect(terminalLanguage(env as NodeJS.ProcessEnv)).toBe(language)
})

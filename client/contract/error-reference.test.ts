import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { type ErrorCode, type ErrorData, RelanceError } from '../../cadence/errors.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import { ENGLISH, UNTYPESET, untyped } from '../../test/support/french.ts'
import { ERROR_EXAMPLES } from './error-examples.ts'
import { errorReference } from './error-reference.ts'
import { ERROR_TABLE, exitOf, statusOf } from './error-table.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CODES = Object.keys(ERROR_TABLE) as ErrorCode[]
/** Those whose message is nothing but what is in `problems`. */
const ONLY_PROBLEMS: readonly ErrorCode[] = [
  'bad_config',
  'cadence_invalid',
  'invalid_request',
  'mailbox_unknown',
]
const PROBLEMS = [{ message: 'xyz', file: 'a.yaml', line: 3, column: 7, severity: 'error' }]

const said = (code: ErrorCode, language: Language) =>
  ERROR_EXAMPLES[code].map((values) =>
    sayError(RelanceError.of({ code, values } as ErrorData, { problems: PROBLEMS }), language),
  )

test('the page is current (npm run build && npm run reference)', () => {
  expect(readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')).toBe(errorReference())
})

test('every code is thrown by something', () => {
  const tables =
    /\.test\.ts$|(error|problem)-(values|table|examples|reference)\.ts$|reasons\/errors\.\w\w\.ts$/
  const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(
      (file) => /^(cadence|store|workflows|activities|worker|client)\//.test(file) && !tables.test(file),
    )
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
    .join('\n')
  expect(CODES.filter((code) => !new RegExp(`'${code}'`).test(sources))).toEqual([])
})

test('what happens in a request has a status, and a code of a newer server an exit code', () => {
  expect([statusOf('lead_unknown'), statusOf('temporal_away'), statusOf('port_taken')]).toEqual([
    404, 503, 500,
  ])
  expect([exitOf('usage'), exitOf('not_running'), exitOf('lead_unknown'), exitOf('of_tomorrow')]).toEqual([
    2, 3, 1, 1,
  ])
  for (const code of CODES) expect(ERROR_TABLE[code].meaning).toMatch(/^\S.*\.$/)
})

describe.each(['en', 'fr'] as const)('in %s', (language) => {
  test.each(CODES)('%s says what is wrong, and what would be right', (code) => {
    for (const { message, remedy } of said(code, language)) {
      const all = `${message}\n${remedy ?? ''}`
      expect(all).not.toMatch(/undefined|\[object|NaN|function/)
      expect(message.trim()).not.toBe('')
      if (remedy !== undefined) expect(remedy).toMatch(/^\S.*[.?!…]$/s)
      if (ONLY_PROBLEMS.includes(code)) expect(message).toContain('xyz')
    }
  })
})

describe('in French', () => {
  test.each(CODES)('%s has no English word of ours', (code) => {
    const english = said(code, 'en')
    said(code, 'fr').forEach(({ message, remedy }, i) => {
      expect(untyped(`${message}\n${remedy ?? ''}`)).not.toMatch(ENGLISH)
      if (!ONLY_PROBLEMS.includes(code)) expect(message).not.toBe(english[i]?.message)
      if (remedy !== undefined) expect(remedy).not.toBe(english[i]?.remedy)
    })
  })

  test.each(CODES)('%s has the apostrophes and the spaces of French', (code) => {
    for (const { message, remedy } of said(code, 'fr')) {
      const words = untyped(`${message}\n${remedy ?? ''}`).replace('. _ : / + -', '')
      for (const bad of UNTYPESET) expect(words).not.toMatch(bad)
    }
  })
})

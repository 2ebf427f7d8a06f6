import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import type { OwnProblemValues, ProblemData } from '../../cadence/problem-values.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayProblem } from '../../cadence/reasons/problems.ts'
import { ENGLISH, UNTYPESET, untyped } from '../../test/support/french.ts'
import { PROBLEM_EXAMPLES } from './problem-examples.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CODES = Object.keys(PROBLEM_EXAMPLES) as (keyof OwnProblemValues)[]

const said = (code: keyof OwnProblemValues, language: Language) =>
  PROBLEM_EXAMPLES[code].map((values) => sayProblem({ code, values } as ProblemData, language))

test('every code is found by something', () => {
  const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => /^(cadence\/language|worker|client\/(check|signals))\//.test(file))
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
    .join('\n')
  expect(CODES.filter((code) => !sources.includes(`'${code}'`))).toEqual([])
})

describe.each(['en', 'fr'] as const)('in %s', (language) => {
  test.each(CODES)('%s says what is wrong', (code) => {
    for (const { message, remedy } of said(code, language)) {
      const all = `${message}\n${remedy ?? ''}`
      expect(all).not.toMatch(/undefined|\[object|NaN|function|\$\{/)
      expect(message.trim()).not.toBe('')
      expect(message).not.toMatch(/\n|[.]$/)
      expect(remedy).not.toBe('')
    }
  })
})

describe('in French', () => {
  test.each(CODES)('%s has no English word of ours, and the signs of French', (code) => {
    const english = said(code, 'en')
    said(code, 'fr').forEach(({ message, remedy }, i) => {
      const words = untyped(`${message}\n${remedy ?? ''}`)
      expect(words).not.toMatch(ENGLISH)
      for (const bad of UNTYPESET) expect(words).not.toMatch(bad)
      expect(message).not.toBe(english[i]?.message)
      expect(remedy === undefined).toBe(english[i]?.remedy === undefined)
      if (remedy !== undefined) expect(remedy).not.toBe(english[i]?.remedy)
    })
  })
})

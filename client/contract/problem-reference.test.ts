import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import type { FileWarning, RefusalData } from '../../cadence/leads-file.ts'
import type { OwnProblemValues, ProblemData } from '../../cadence/problem-values.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayRefusal, sayWarning } from '../../cadence/reasons/leads-file.ts'
import { sayProblem } from '../../cadence/reasons/problems.ts'
import { ENGLISH, UNTYPESET, untyped } from '../../test/support/french.ts'
import { REFUSAL_EXAMPLES, WARNING_EXAMPLES } from './leads-file-examples.ts'
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
    .filter((file) => /^(cadence\/language|worker|client\/(api|check|services|signals))\//.test(file))
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
    .join('\n')
  expect(CODES.filter((code) => !sources.includes(`'${code}'`))).toEqual([])
})

/** Every refusal and warning of a file of leads. */
const ofLeads = (language: Language): string[] => [
  ...Object.entries(REFUSAL_EXAMPLES).flatMap(([code, examples]) =>
    examples.map((values) => sayRefusal({ code, values } as RefusalData, language)),
  ),
  ...Object.entries(WARNING_EXAMPLES).flatMap(([code, examples]) =>
    examples.flatMap((values) => [
      sayWarning({ code, values } as FileWarning, language),
      sayWarning({ code, values, rows: [2] } as FileWarning, language),
      sayWarning({ code, values, rows: [2, 3], more: 40 } as FileWarning, language),
    ]),
  ),
]

test('a warning names its first rows', () => {
  const warning = { code: 'formula', values: { column: 'Prénom' }, rows: [2, 3], more: 40 } as FileWarning
  expect(sayWarning(warning, 'en')).toBe('Prénom: a formula, read as empty (rows 2, 3 and 40 more)')
  expect(sayWarning(warning, 'fr')).toBe(
    'Prénom\u00a0: une formule, tenue pour vide (lignes 2, 3 et 40 autres)',
  )
})

describe.each(['en', 'fr'] as const)('in %s', (language) => {
  test('every refusal and every warning says why', () => {
    for (const text of ofLeads(language)) expect(text).toMatch(/^(?!.*(undefined|\[object|NaN)).+$/)
  })

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
  test('no refusal and no warning has an English word of ours', () => {
    const english = ofLeads('en')
    ofLeads('fr').forEach((text, i) => {
      expect(untyped(text)).not.toMatch(ENGLISH)
      for (const bad of UNTYPESET) expect(untyped(text)).not.toMatch(bad)
      expect(text).not.toBe(english[i])
    })
  })

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

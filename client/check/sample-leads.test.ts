/** A cadence's letters tried out in `check`: languages, columns that no list has, rows that can't be written to. */
import { expect, test } from '@jest/globals'
import type { Problem } from '../../cadence/language/problem.ts'
import { sayProblem } from '../../cadence/reasons/problems.ts'
import { checkCadence } from './check.ts'
import type { SampleLeads } from './sample-leads.ts'

const source = (more = ''): string => `cadence: small
from: claire
locale: en
${more}stages:
  - stage: contact
    until: { interest: general }
    steps:
      - { id: hello, email: hello }
    otherwise: { end: unresponsive }
`
const letter = (body: string): string => `---\nsubject: Hello\n---\n${body}\n`
const list = (...leads: SampleLeads['leads'][number][]): SampleLeads => ({
  ...{ file: 'l.csv', leads, columns: ['company', 'site'] },
})
const lead = (row: number, more: Partial<SampleLeads['leads'][number]> = {}) => ({
  ...{ row, email: `a${row}@b.example`, custom: {} },
  ...more,
})
const check = (text: string, templates: Record<string, string>, leads?: SampleLeads): string[] =>
  checkCadence({ source: text, file: 'c.yaml', templates }, leads ? { leads } : {}).problems.map(told)
const told = (problem: Problem): string =>
  `${problem.severity} ${problem.file}:${problem.line}:${problem.column} ${sayProblem(problem, 'en').message}`

test('locales: every letter is there in each of them', () => {
  const templates = { 'hello.en.md': letter('x') }
  expect(check(source('locales: [fr, en for de]\n'), templates)).toEqual([
    'error c.yaml:9:29 the template "hello" is there in other languages only (hello.en.md)',
  ])
  expect(check(source('locales: [fr, en for de]\n'), { ...templates, 'hello.fr.md': letter('x') })).toEqual(
    [],
  )
  expect(check(source('locales: [en for others]\n'), templates)).toEqual([])
  expect(check(source('locales: [english]\n'), templates)).toEqual([
    expect.stringContaining('error c.yaml:4:11 '),
  ])
})

test('a language that the leads have and a letter has not', () => {
  const leads = list(lead(2, { locale: 'en' }), lead(3, { locale: 'de' }), lead(4, { locale: 'de' }))
  const templates = { 'hello.en.md': letter('x') }
  expect(check(source(), templates, leads)).toEqual([
    'error l.csv:3:1 there is no letter hello in de (this row and 1 more)',
  ])
  expect(check(source('locales: [en for others]\n'), templates, leads)).toEqual([])
})

test('a column that no list has', () => {
  const templates = {
    'hello.en.md': letter('{{ lead.companny | default: "you" }} {{ lead.town | default: "x" }}'),
  }
  expect(check(source(), templates)).toEqual([
    'warning templates/hello.en.md:4:4 lead.companny is no variable, but for a list that has such a column',
  ])
  expect(check(source(), templates, list(lead(2)))).toEqual([
    'error templates/hello.en.md:4:4 the list has no column for lead.companny',
    'error templates/hello.en.md:4:41 the list has no column for lead.town',
  ])
})

test('rows that would be refused are told, with how many there are', () => {
  const templates = { 'hello.en.md': letter('[site]({{ lead.site }})') }
  const sites = ['www.acme.example', 'n/a', 'none']
  const leads = list(...sites.map((site, i) => lead(i + 2, { custom: { site } })), lead(9))
  expect(check(source(), templates, leads)).toEqual([
    'warning l.csv:3:1 hello.en.md: a link would lead nowhere, it needs a web address (this row and 1 more)',
    'warning l.csv:9:1 hello.en.md needs lead.site (this row)',
  ])
})

test('what no lead could be sent is an error without any list', () => {
  expect(check(source(), { 'hello.en.md': letter('[shop](/shop)') })).toEqual([
    'error templates/hello.en.md:1:1 hello.en.md: a link would lead nowhere, it needs a web address',
  ])
  expect(check(source(), { 'hello.en.md': letter('{% if contact.title %}x{% endif %}') })).toEqual([
    'error templates/hello.en.md:4:1 the text came out empty',
  ])
})

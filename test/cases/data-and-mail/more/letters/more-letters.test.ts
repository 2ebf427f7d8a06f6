/**
 * Letters that public reports about other programs and libraries say went wrong, each with the report's address and what
 * is right here: found by `check`, or written so.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parseTemplate, renderTemplate } from '../../../../../activities/texts/template.ts'
import { sayProblem } from '../../../../../cadence/reasons/problems.ts'
import { checkCadence } from '../../../../../client/check/check.ts'

interface Report {
  name: string
  /** Where it was read. */
  source: string
  template: string
  lead?: Record<string, string>
  contact?: Record<string, string>
  zone?: string
  right: {
    subjectIs?: string
    text?: string
    /** A part of the HTML. */
    html?: string
    /** What `check` says, in its order, with its place: a part of each line. */
    found?: string[]
  }
}

const REPORTS = JSON.parse(readFileSync(new URL('reports.json', import.meta.url), 'utf8')) as Report[]

const CADENCE = `cadence: reports
from: claire
locale: en
stages:
  - stage: contact
    until: { interest: general }
    steps: [{ id: hello, email: letter }]
    otherwise: { end: unresponsive }
`

function problemsOf(template: string): string[] {
  const files = { source: CADENCE, file: 'reports.yaml', templates: { 'letter.en.md': template } }
  return checkCadence(files).problems.map((problem) => {
    const { file, line, column } = problem
    return `${file}:${line}:${column} ${sayProblem(problem, 'en').message}`
  })
}

test('there are at least twenty, each with its report', () => {
  expect(REPORTS.length).toBeGreaterThanOrEqual(20)
  expect(REPORTS.filter(({ source }) => !/^https:\/\/\S+$/.test(source))).toEqual([])
})

test.each(REPORTS.map((report) => [report.name, report] as const))('%s', (_, report) => {
  const { template, lead = {}, contact = {}, zone = 'UTC', right } = report
  const { subjectIs, text, html, found = [] } = right
  const problems = problemsOf(template)
  expect(problems).toEqual(
    found.length > 0 ? expect.arrayContaining(found.map((part) => expect.stringContaining(part))) : [],
  )
  if (found.length > 0) return
  const rendered = renderTemplate(
    parseTemplate(template, 'letter.en.md'),
    { contact, lead },
    { reading: { language: 'en', zone } },
  )
  if (subjectIs !== undefined) expect(rendered.subject).toBe(subjectIs)
  if (text !== undefined) expect(rendered.text).toBe(text)
  if (html !== undefined) expect(rendered.html).toContain(html)
})

/** The reference of problems, and of rows refused, made from the examples: the rest of `docs/errors.md`. */
import type { RefusalData, WarningData } from '../../cadence/leads-file.ts'
import type { OwnProblemValues, ProblemData } from '../../cadence/problem-values.ts'
import { sayRefusal, sayWarning } from '../../cadence/reasons/leads-file.ts'
import { sayProblem } from '../../cadence/reasons/problems.ts'
import { REFUSAL_EXAMPLES, WARNING_EXAMPLES } from './leads-file-examples.ts'
import { cell } from './markdown.ts'
import { PROBLEM_EXAMPLES } from './problem-examples.ts'

const HEAD = `
# Problems

What \`relance check\`, \`publish\` and \`rehearse\` find in a cadence, its templates and a signals file, and what is wrong
with relance.yaml (\`bad_config\`) or with a request (\`invalid_request\`). With \`--json\`, and in \`problems\` of an error, each is

\`\`\`json
{ "code": "unknown_key", "message": "…", "remedy": "…", "values": { "noun": "step", "key": "tehme" }, "severity": "error", "file": "c.yaml", "line": 8, "column": 36 }
\`\`\`

in the language that is asked for. Values with a \`kind\` tell several faults of one code apart; the words below are those
of one example. A signal's own faults (\`unknown_signal\`, \`unknown_field\`, \`missing_field\`, \`invalid_field\`) are those of
the table above.

| code | for example | remedy | values |
| --- | --- | --- | --- |
`

const LEADS_HEAD = `
# Rows that are refused, and warnings

A launch refuses the rows of a file that can't be leads, and says what else was odd in it: \`refused\` and \`warnings\` of
its report, each with \`code\`, \`message\` and \`values\`.

| code | for example | values |
| --- | --- | --- |
`

const codesOf = <Examples extends object>(examples: Examples): (keyof Examples)[] =>
  (Object.keys(examples) as (keyof Examples)[]).sort()

/** The sections, as Markdown. */
export const problemReference = (): string =>
  [HEAD, ...codesOf(PROBLEM_EXAMPLES).map(row), LEADS_HEAD, ...leadsRows()].join('')

function leadsRows(): string[] {
  const refusals = codesOf(REFUSAL_EXAMPLES).map((code) => {
    const examples = REFUSAL_EXAMPLES[code]
    return [code, sayRefusal({ code, values: examples[0] } as RefusalData, 'en'), namesIn(examples)]
  })
  const warnings = codesOf(WARNING_EXAMPLES).map((code) => {
    const examples = WARNING_EXAMPLES[code]
    return [code, sayWarning({ code, values: examples[0] } as WarningData, 'en'), namesIn(examples)]
  })
  return [...refusals, ...warnings].map(
    ([code, message = '', values]) => `| \`${code}\` | ${cell(message)} | ${values} |\n`,
  )
}

/** The names of the values. */
const namesIn = (examples: readonly object[]): string =>
  [...new Set(examples.flatMap((values) => Object.keys(values)))].map((name) => `\`${name}\``).join(', ')

function row(code: keyof OwnProblemValues): string {
  const examples: readonly object[] = PROBLEM_EXAMPLES[code]
  const { message, remedy = '' } = sayProblem({ code, values: examples[0] } as ProblemData, 'en')
  return `| \`${code}\` | ${cell(message)} | ${cell(remedy)} | ${namesIn(examples)} |\n`
}

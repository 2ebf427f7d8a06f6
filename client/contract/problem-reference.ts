/** The reference of problems in files, made from the examples: the second half of `docs/errors.md`. */
import type { OwnProblemValues, ProblemData } from '../../cadence/problem-values.ts'
import { sayProblem } from '../../cadence/reasons/problems.ts'
import { cell } from './markdown.ts'
import { PROBLEM_EXAMPLES } from './problem-examples.ts'

const HEAD = `
# Problems in files

What \`relance check\`, \`publish\` and \`rehearse\` find in a cadence, its templates and a signals file, and what is wrong
with relance.yaml. With \`--json\`, and in \`problems\` of an error, each is

\`\`\`json
{ "code": "unknown_key", "message": "…", "remedy": "…", "values": { "noun": "step", "key": "tehme" }, "severity": "error", "file": "c.yaml", "line": 8, "column": 36 }
\`\`\`

in the language that is asked for. Values with a \`kind\` tell several faults of one code apart; the words below are those
of one example. A signal's own faults (\`unknown_signal\`, \`unknown_field\`, \`missing_field\`, \`invalid_field\`) are those of
the table above.

| code | for example | remedy | values |
| --- | --- | --- | --- |
`

/** The section, as Markdown. */
export const problemReference = (): string =>
  `${HEAD}${(Object.keys(PROBLEM_EXAMPLES) as (keyof OwnProblemValues)[]).sort().map(row).join('\n')}\n`

function row(code: keyof OwnProblemValues): string {
  const examples: readonly object[] = PROBLEM_EXAMPLES[code]
  const { message, remedy = '' } = sayProblem({ code, values: examples[0] } as ProblemData, 'en')
  const names = new Set(examples.flatMap((values) => Object.keys(values)))
  const values = [...names].map((name) => `\`${name}\``).join(', ')
  return `| \`${code}\` | ${cell(message)} | ${cell(remedy)} | ${values} |`
}

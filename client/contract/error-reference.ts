/** Writes `docs/errors.md`, the reference of errors, from the table. A test tells when it has fallen behind. */
import { type ErrorCode, type ErrorData, RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import { ERROR_EXAMPLES } from './error-examples.ts'
import { ERROR_TABLE } from './error-table.ts'
import { cell } from './markdown.ts'
import { problemReference } from './problem-reference.ts'

const HEAD = `# Errors

Every error has a code, which is stable and means one thing, a message and, mostly, a remedy. The API answers with

\`\`\`json
{ "error": { "code": "lead_unknown", "message": "…", "remedy": "…", "values": { "lead": "…" } } }
\`\`\`

in English or French, as \`Accept-Language\` asks for; \`values\` says the same as data, and \`problems\` lists all that is
wrong where it is more than one thing. The command line speaks the language of \`LC_ALL\`, \`LC_MESSAGES\` or \`LANG\`, and
prints the same body with \`--json\`. An error without an HTTP status happens outside of any request: at a start, or in
the program that asks. The remedies are those of an example.

This page is written by \`npm run reference\`.

| code | HTTP | exit | when | remedy | values |
| --- | --- | --- | --- | --- | --- |
`

/** The page, as Markdown. */
export const errorReference = (): string =>
  `${HEAD}${(Object.keys(ERROR_TABLE) as ErrorCode[]).sort().map(row).join('\n')}\n${problemReference()}`

function row(code: ErrorCode): string {
  const { status, exit, meaning } = ERROR_TABLE[code]
  const { remedy = '' } = sayError(exampleOf(code), 'en')
  const names = new Set(ERROR_EXAMPLES[code].flatMap((values) => Object.keys(values)))
  const values = [...names].map((name) => `\`${name}\``).join(', ')
  return `| \`${code}\` | ${status ?? '—'} | ${exit} | ${cell(meaning)} | ${cell(remedy)} | ${values} |`
}

/** An error with its first example's values. */
export const exampleOf = (code: ErrorCode): RelanceError =>
  RelanceError.of({ code, values: ERROR_EXAMPLES[code][0] } as ErrorData)

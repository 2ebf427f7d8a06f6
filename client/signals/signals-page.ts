/** Writes `docs/signals.md`, the reference of signals, from the catalogue. A test tells when it has fallen behind. */
import { isInbound } from '../../cadence/inbound.ts'
import { type Field, SIGNAL_TYPES, type SignalType, specOf } from '../../cadence/signals.ts'

const HEAD = `# Signals

What happens outside reaches a lead as a signal: \`relance signal LEAD TYPE [field=value …]\`, or
\`POST /v1/leads/{lead}/signals\`. Each has an id (the same one twice counts once), the time it happened (\`--at\`; an older
one that comes late changes nothing that a newer one has said) and, where it is about somebody else than the main
contact, \`--contact\`. Only signals change what is known of a lead.

Fields marked *personal* stay in the database: workflows, histories and logs never hold them. Beside the ends named
here, a stage can end a lead by any signal (\`on:\` in the cadence), and a play can begin with one.

A team's own facts are \`fact.recorded\`: \`name=employees value=120\` is \`fact: { employees: { at_least: 100 } }\` in a
condition and \`{{ fact.employees }}\` in a template.

This page is written by \`npm run reference\`.
`

/** The page, as Markdown. */
export function signalReference(): string {
  return [HEAD, ...SIGNAL_TYPES.map(section)].join('\n')
}

function section(type: SignalType): string {
  const { about, changes, ends = [], own, fields } = specOf(type)
  const facts = [
    `Changes: ${changes}.`,
    ...(isInbound(type) ? ['They were heard from: it counts as dialogue, and answers our e-mails.'] : []),
    ...(ends.length > 0 ? [`May end the lead as ${ends.map((end) => `\`${end}\``).join(' or ')}.`] : []),
    ...(own ? ['Said by Relance itself; nobody else may send it.'] : []),
  ]
  const rows = Object.entries(fields).map(
    ([name, field]) => `| \`${name}\` | ${wanted(field)} | ${field.about} |`,
  )
  return [
    `## ${type}`,
    '',
    about,
    '',
    ...facts.map((fact) => `* ${fact}`),
    '',
    ...(rows.length > 0 ? ['| field | value | what it says |', '| --- | --- | --- |', ...rows, ''] : []),
    ...(own ? [] : ['```sh', exampleOf(type), '```', '']),
  ].join('\n')
}

function wanted({ kind, required }: Field): string {
  const value = (): string => {
    switch (kind.kind) {
      case 'one_of':
        return kind.values.map((one) => `\`${one}\``).join(', ')
      case 'number':
        return 'a number'
      case 'boolean':
        return '`true`, `false`'
      case 'instant':
        return 'a date or a time'
      case 'code':
        return 'a short code'
      case 'text':
        return 'a text, *personal*'
      case 'topic':
        return 'a few words, *personal*; the same words are the same topic'
      case 'value':
        return 'a number, `true`, `false` or a word'
    }
  }
  return `${value()}${required ? ', required' : ''}`
}

/** The catalogue's example as a command line. */
export function exampleOf(type: SignalType): string {
  const pairs = Object.entries(specOf(type).example).map(([name, value]) =>
    /^[\w.@:+-]+$/.test(String(value)) ? `${name}=${value}` : `${name}='${value}'`,
  )
  return ['relance signal hugo.morel@atelier-morel.example', type, ...pairs].join(' ')
}

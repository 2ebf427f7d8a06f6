/**
 * Writes what is generated of docs/cadences.md: the table of keys from the JSON Schema, and the rehearsals of the cadences
 * in test/cases/time. With `--check` it writes nothing, and fails when the page has fallen behind.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cadenceJsonSchema } from '../dist/cadence/language/schema.js'
import { rehearseFile } from '../dist/client/services/rehearse-file.js'
import { rehearsalLines } from '../dist/client/terminal/rehearsal.js'

const page = fileURLToPath(new URL('../docs/cadences.md', import.meta.url))
const cases = fileURLToPath(new URL('../test/cases/time/', import.meta.url))
const ESC = String.fromCharCode(27)

/** A rehearsal as the terminal prints it, without colours. */
function rehearsal(name, from) {
  const played = rehearseFile(`${cases}${name}/cadence.yaml`, {
    signals: `${cases}${name}/signals.yaml`,
    ...{ from, until: '2027-12-31', zone: 'Europe/Paris', country: 'FR', language: 'en' },
  })
  const lines = rehearsalLines(played, 'en').map((line) =>
    line.replaceAll(new RegExp(`${ESC}\\[\\d+m`, 'g'), ''),
  )
  return ['```', ...lines.map((line) => line.trimEnd()), '```'].join('\n')
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** Rows of the keys of one mapping and of those in it; what has a definition of its own is named. */
function rows(schema, path) {
  const node = schema.type === 'array' ? schema.items : schema
  return Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
    const inner = value.type === 'array' ? value.items : value
    const about = value.description ?? inner.description ?? ''
    const examples = (value.examples ?? inner.examples ?? inner.enum ?? [])
      .map((one) => `\`${one}\``)
      .join(', ')
    const here = path === '' ? key : `${path}.${key}`
    const row = `| \`${here}\` | ${cell(about)} | ${examples} |`
    // Exits and conditions are the same for every signal and every key that takes one.
    return [row, ...(here === 'stages.on' ? [] : rows(value, here))]
  })
}

function keys() {
  const schema = cadenceJsonSchema()
  const table = (title, all) =>
    `### ${title}\n\n| key | what it means | for example |\n| --- | --- | --- |\n${all.join('\n')}`
  return [
    table('A cadence', rows(schema, '')),
    table('A step', rows(schema.definitions.Step, '')),
    table('A condition', rows(schema.definitions.Condition, '')),
  ].join('\n\n')
}

const before = readFileSync(page, 'utf8')
const after = before
  .replace(/<!-- keys -->[\s\S]*<!-- \/keys -->/, () => `<!-- keys -->\n\n${keys()}\n\n<!-- /keys -->`)
  .replace(
    /<!-- rehearsal (\S+) --from (\S+) -->[\s\S]*?<!-- \/rehearsal -->/g,
    (_, name, from) =>
      `<!-- rehearsal ${name} --from ${from} -->\n\n${rehearsal(name, from)}\n\n<!-- /rehearsal -->`,
  )
if (!process.argv.includes('--check')) writeFileSync(page, after)
else if (after !== before) {
  console.error('docs/cadences.md has fallen behind: npm run build && npm run reference')
  process.exitCode = 1
}

/**
 * The house (ARCHITECTURE.md): every room may import the rooms below it, none above; no file is part of a circle; no
 * file is longer than a person reads in one go. Biome says the same while one types; this follows types, too.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('..', import.meta.url))

/** From the ground up. `cadence` is what lies directly in that folder. */
const FLOORS = [
  ...['cadence', 'cadence/upgrade', 'cadence/calendar', 'cadence/language', 'cadence/reasons'],
  ...['cadence/rehearsal', 'store', 'workflows', 'activities', 'worker', 'client/contract', 'client/import'],
  ...['client/signals', 'client/check', 'client/outbox', 'client/services', 'client/hooks', 'client/api'],
  ...['client/hosting', 'client/library', 'client/terminal', 'client/demo', 'client/cli'],
]

/** Rooms that know less than their height allows: what leaves the package, or only prints. */
const ONLY: Record<string, readonly string[]> = {
  'client/contract': ['cadence', 'cadence/reasons'],
  'client/library': ['cadence', 'cadence/reasons', 'client/contract'],
  'client/terminal': [
    ...['cadence', 'cadence/calendar', 'cadence/language', 'cadence/reasons', 'client/contract'],
  ],
}

/** Files that may be longer, each with the reason. */
const LONGER: Record<string, string> = {
  'cadence/signals.ts': 'a table, a row a signal: read by looking up, not through',
  'cadence/reasons/en-errors.ts': 'a table of words, a row a code',
  'cadence/reasons/fr-errors.ts': 'a table of words, a row a code',
  'client/terminal/words/en.ts': 'a table of words, a row a sentence',
  'client/terminal/words/fr.ts': 'a table of words, a row a sentence',
  'store/schema.ts': 'a table, a row a column',
  'client/contract/error-examples.ts': 'a table, an example an error',
}
const MOST_LINES = 300

const all = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))

const sources = all
  .filter((file) => /^(cadence|store|workflows|activities|worker|client)\//.test(file))
  .filter((file) => !file.endsWith('.test.ts'))

const text = new Map(sources.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

/** What each file imports of ours, types included, as paths from the root. */
const imports = new Map(
  [...text].map(([file, source]) => [
    file,
    [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, to = '']) =>
      normalize(join(dirname(file), to)),
    ),
  ]),
)

function room(file: string): string {
  const [top = '', sub = '', ...rest] = file.split('/')
  return top === 'client' || (top === 'cadence' && rest.length > 0) ? `${top}/${sub}` : top
}

test('every room has its floor', () => {
  expect([...new Set(sources.map(room))].filter((one) => !FLOORS.includes(one))).toEqual([])
})

test('no arrow goes up', () => {
  const up: string[] = []
  for (const [file, targets] of imports) {
    const here = room(file)
    for (const target of targets) {
      const there = room(target)
      const allowed = ONLY[here]?.includes(there) ?? FLOORS.indexOf(there) < FLOORS.indexOf(here)
      if (there !== here && !allowed) up.push(`${file} → ${target}`)
    }
  }
  expect(up).toEqual([])
})

test('no file is part of a circle', () => {
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'done' || !imports.has(file)) return
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    state.set(file, 'done')
  }
  for (const file of sources) visit(file, [])
  expect(circles).toEqual([])
})

test('no file is longer than 300 lines, tests included', () => {
  const long = all
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > MOST_LINES)
  expect(long.filter(({ file }) => !(file in LONGER))).toEqual([])
  // An exception that is none any more goes.
  expect(Object.keys(LONGER).filter((one) => !long.some(({ file }) => file === one))).toEqual([])
})

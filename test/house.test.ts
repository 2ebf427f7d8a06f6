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

/** Tables and schemas: read by looking up, not through. */
const TABLES = [
  ...['cadence/signals.ts', 'store/schema.ts'],
  ...['cadence/reasons/en-errors.ts', 'cadence/reasons/fr-errors.ts'],
]
const MOST_LINES = 300

const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(cadence|store|workflows|activities|worker|client)\//.test(file))
  .filter((file) => !file.endsWith('.test.ts') && existsSync(join(root, file)))

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

test('no file is longer than 300 lines, tables apart', () => {
  const long = [...text].flatMap(([file, source]) => {
    const lines = source.split('\n').length - 1
    return lines > MOST_LINES && !TABLES.includes(file) ? [`${file}: ${lines}`] : []
  })
  expect(long).toEqual([])
})

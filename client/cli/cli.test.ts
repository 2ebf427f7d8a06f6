/** The command line as scripts see it: exit codes, what is JSON, where errors go. Run as a process of its own. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, jest, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cwd = mkdtempSync(join(tmpdir(), 'relance-cli-'))
// A process costs a second on a quiet machine, and many on a busy one.
jest.setTimeout(120_000)
afterAll(() => rmSync(cwd, { recursive: true }))
const EXAMPLE = join(root, 'examples', 'atelier-erp.yaml')

interface Ran {
  code: number | null
  out: string
  err: string
}

const relance = (...args: string[]): Ran => relanceIn({}, ...args)

function relanceIn(more: NodeJS.ProcessEnv, ...args: string[]): Ran {
  const loader = join(root, 'test', 'support', 'typescript.js')
  const main = join(root, 'client', 'cli', 'main.ts')
  const { PATH, HOME } = process.env
  const ran = spawnSync(process.execPath, ['--import', loader, main, ...args], {
    cwd,
    env: { PATH, HOME, TZ: 'UTC', ...more },
    encoding: 'utf8',
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

function file(name: string, text: string): string {
  const path = join(cwd, name)
  writeFileSync(path, text)
  return path
}

describe('usage', () => {
  test('help and version', () => {
    expect(relance('--version')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+ \(time zone data 20\d\d[a-z]\)\n$/),
    })
    const help = relance('--help')
    expect(help.code).toBe(0)
    for (const verb of [
      ...[
        'up',
        'demo',
        'worker',
        'server',
        'check',
        'rehearse',
        'preview',
        'publish',
        'launch',
        'signal',
        'leads',
        'show',
      ],
      ...['explain', 'tasks', 'done', 'pause', 'resume', 'drop', 'move', 'inbox'],
    ]) {
      expect(help.out).toMatch(new RegExp(`^  ${verb} `, 'm'))
    }
    expect(relance('launch', '--help').out).toContain('Example:')
  })

  test.each([
    [['bogus']],
    [['check']],
    [['launch', 'x.csv']],
    [['up', '--speed', 'fast']],
    [['leads', '--nonsense']],
    [['done']],
    [['move']],
    [['move', 'lea@atelier.example', '--cadence', 'atelier-erp']],
  ])('%j is called wrongly: exit code 2, words on the standard error', (args) => {
    const { code, out, err } = relance(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toMatch(/\n\s+at /)
  })
})

describe('without a server', () => {
  test('verbs that need one say so: exit code 3', () => {
    const { code, out, err } = relance('leads', '--json')
    expect(code).toBe(3)
    expect(JSON.parse(out).error).toMatchObject({
      code: 'not_running',
      remedy: expect.stringContaining('relance up'),
    })
    expect(err).toContain('not_running')
  })

  test("and in the reader's language, with the same code", () => {
    const french = { LANG: 'fr_FR.UTF-8' }
    const nothing = file('nothing.yaml', '')
    expect(relanceIn(french, 'check', nothing).out).toBe(
      `${nothing}:1:1  le fichier est vide, commencez par \`cadence: NOM\`\n${nothing}\u00a0: 1 erreur\n`,
    )
    const { code, out, err } = relanceIn(french, 'leads', '--json')
    expect(code).toBe(3)
    const { error } = JSON.parse(out)
    expect(error).toMatchObject({ code: 'not_running', remedy: 'Lancez Relance avec `relance up`.' })
    expect(error.values.at.home).toContain('.relance')
    expect(err).toMatch(
      /^erreur Relance n’est pas en marche\u00a0: rien n’a été lancé dans .* \(not_running\)\n/,
    )
    expect(relanceIn(french, 'rehearse', EXAMPLE, '--signals', 'none.yaml')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^erreur le fichier none\.yaml n’existe pas \(not_found\)\n$/),
    })
    expect(relanceIn({ ...french, LC_ALL: 'C' }, 'leads').err).toMatch(/^error Relance is not running/)
  })

  test('parts of a cluster say what they need', () => {
    const { code, err } = relance('worker')
    expect(code).toBe(1)
    expect(err).toMatch(/DATABASE_URL.*TEMPORAL_ADDRESS/)
  })
})

describe('check', () => {
  test('a good cadence', () => {
    expect(relance('check', EXAMPLE, '--json')).toMatchObject({
      code: 0,
      out: '{\n  "ok": true,\n  "problems": []\n}\n',
    })
  })

  test('every error with its place, and exit code 1', () => {
    const bad = file(
      'bad.yaml',
      'cadence: x\nfrom: a\nlocale: fr\nstages:\n  - stage: one\n    untill: { interest: general }\n',
    )
    const { code, out } = relance('check', bad)
    expect(code).toBe(1)
    expect(out).toMatch(/bad\.yaml:6:5 {2}.*untill.*until/)
    const { problems, ok } = JSON.parse(relance('check', bad, '--json').out)
    expect(ok).toBe(false)
    expect(problems).toContainEqual(expect.objectContaining({ line: 6, column: 5, severity: 'error' }))
  })

  test('a mailbox that is not configured is a warning, and a missing secret is none', () => {
    writeFileSync(join(cwd, 'relance.yaml'), `mailboxes: { paul: { from: p@a.example, smtp: "\${PAUL}" } }\n`)
    const { code, out } = relance('check', EXAMPLE)
    writeFileSync(join(cwd, 'relance.yaml'), '')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/warning: .*claire/) })
  })
})

describe('rehearse', () => {
  const signals = file(
    'signals.yaml',
    '- { at: +2d, type: interest.expressed, level: general }\n- { at: +9d, type: unsubscribed }\n',
  )
  const args = ['rehearse', EXAMPLE, '--from', '2026-11-23', '--zone', 'Europe/Paris']

  test('a calendar for scripts', () => {
    const { code, out } = relance(...args, '--signals', signals, '--json')
    expect(code).toBe(0)
    const { calendar, story, standing, outcome, ends } = JSON.parse(out)
    expect(calendar[0]).toEqual({
      at: '2026-11-23T08:00:00.000Z',
      stage: 'contact',
      step: 'hello',
      kind: 'email',
      to: 'main',
      subject: expect.stringMatching(/\w/),
      urgency: 'calm',
      because: expect.stringContaining('hello'),
      reason: expect.objectContaining({ code: 'step', step: 'hello' }),
      why: expect.stringContaining('09:00'),
      timing: [expect.objectContaining({ code: 'window_opens' })],
    })
    expect(story.map(({ kind, text }: { kind: string; text: string }) => `${kind}: ${text}`)).toEqual([
      'stage: begins in contact',
      'signal: interest expressed: level general',
      'stage: contact → credit',
      'signal: unsubscribed',
    ])
    expect(standing).toMatchObject({
      value: 'lead',
      early: true,
      says: expect.stringMatching(/credit pending/),
    })
    expect({ outcome, ends }).toEqual({ outcome: 'opted_out', ends: '2026-12-01T23:00:00.000Z' })
  })

  test('a calendar for people, in their time', () => {
    const { code, out } = relance(...args, '--signals', signals)
    expect(code).toBe(0)
    expect(out).toMatch(/^November 2026$/m)
    expect(out).toMatch(/^ {2}Mon 23 {2}09:00 .*contact +hello +\w/m)
    expect(out).toMatch(/^ {2}Wed 25 {2}00:00 {2}← interest expressed: level general$/m)
    expect(out).toMatch(/opted out on Wed, 2 Dec 2026, 00:00/)
    for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(100)
  })

  test('what is wrong with the files, the date or the zone', () => {
    const wrong = file('wrong.yaml', '- { at: +2d, type: interest.expresed, level: general }\n')
    expect(relance(...args, '--signals', wrong)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/wrong\.yaml:1:\d+ {2}.*interest\.expressed/),
    })
    expect(relance('rehearse', EXAMPLE, '--from', 'tomorrow').code).toBe(2)
    expect(relance('rehearse', EXAMPLE, '--zone', 'Paris').code).toBe(2)
    expect(relance('rehearse', join(cwd, 'none.yaml')).code).toBe(1)
  })
})

test('a demo clears no folder that is not a demo', () => {
  mkdirSync(join(cwd, 'mine'))
  writeFileSync(join(cwd, 'mine', 'thesis.txt'), 'chapter 1')
  const { code, err } = relance('demo', '--home', 'mine')
  expect(code).toBe(1)
  expect(err).toContain('not_a_demo')
})

test('a wrong configuration is told with its place, before anything is started', () => {
  writeFileSync(join(cwd, 'relance.yaml'), 'api: { prot: 1 }\n')
  const { code, err } = relance('up')
  writeFileSync(join(cwd, 'relance.yaml'), '')
  expect(code).toBe(1)
  expect(err).toMatch(/relance\.yaml:1:8 {2}there is no key "prot" here, did you mean port\?/)
})

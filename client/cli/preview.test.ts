/** `relance preview` of files, as it is typed: whom, which letters, to where. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ERP = join(root, 'examples', 'atelier-erp.yaml')
let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'relance-preview-'))
  writeFileSync(
    join(cwd, 'relance.yaml'),
    'mailboxes: { claire: { from: "Claire Vasseur <claire@atelier.example>" } }\n',
  )
  writeFileSync(join(cwd, 'few.csv'), 'email,first_name,language\nbad,Léa,en\nlea@moulin.example,Léa,en\n')
})
afterAll(() => rmSync(cwd, { recursive: true }))

function preview(...args: string[]): { code: number | null; out: string; err: string } {
  const loader = join(root, 'test', 'support', 'typescript.js')
  const main = join(root, 'client', 'cli', 'main.ts')
  const { PATH, HOME } = process.env
  const ran = spawnSync(process.execPath, ['--import', loader, main, 'preview', ...args], {
    ...{ cwd, env: { PATH, HOME, TZ: 'UTC' }, encoding: 'utf8' },
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

test('one letter, for a row and for an address of a list', () => {
  const few = ['--cadence', ERP, '--leads', join(cwd, 'few.csv')]
  const shown = preview('hello', ...few, '--row', '3')
  expect(shown).toMatchObject({ code: 0, err: '' })
  const head = [
    '── hello.en.md · en · stage contact, step hello · urgency calm, pressing, last_call',
    'From: Claire Vasseur <claire@atelier.example>',
    'To: Léa <lea@moulin.example>',
    'Subject: Where does the current order stand?  (variant question)',
  ]
  expect(shown.out.split('\n').slice(0, 4)).toEqual(head)
  expect(shown.out).toContain('\nHello Léa,\n')
  expect(preview('hello.en.md', ...few, '--lead', 'Lea@Moulin.example').out).toBe(shown.out)
  expect(preview('hello', ...few, '--row', '2')).toMatchObject({
    ...{ code: 1, err: expect.stringMatching(/few\.csv has no lead in row 2 \(not_in_list\)/) },
  })
})

test('all letters on a page, for imagined readers in each language', () => {
  const page = join(cwd, 'letters.html')
  expect(preview('--all', '--cadence', ERP, '--html', page)).toMatchObject({
    ...{ code: 0, out: `32 letters in ${page}\n`, err: '' },
  })
  const sheet = readFileSync(page, 'utf8')
  for (const name of ['hello.fr.md', 'hello.en.md', 'news-3.en.md', 'champion-kit.fr.md']) {
    expect(sheet).toContain(`<h2>${name}</h2>`)
  }
  const { letters } = JSON.parse(preview('--all', '--cadence', ERP, '--json').out)
  expect(letters).toHaveLength(32)
})

test('what is typed and can not be meant', () => {
  const code = (...args: string[]): number | null => preview(...args).code
  expect(code('--cadence', ERP)).toBe(2)
  expect(code('hello', '--all', '--cadence', ERP)).toBe(2)
  expect(code('hello')).toBe(2)
  expect(code('hello', '--cadence', ERP, '--row', '2', '--lead', 'a@b.example')).toBe(2)
  expect(code('hello', '--cadence', ERP, '--row', 'two')).toBe(2)
  expect(preview('helo', '--cadence', ERP)).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('Did you mean hello?') },
  })
  expect(preview('hello', '--cadence', join(cwd, 'none.yaml'))).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('none.yaml:1:1') },
  })
})

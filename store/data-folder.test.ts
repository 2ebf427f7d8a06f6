/** Data folders that aren't as they should be: each is told for what it is, and left as it is. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { useFolder } from './data-folder.ts'
import { readEnvironment } from './environment.ts'
import { openStore } from './open.ts'

let root = ''
let good = ''
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'relance-folder-'))
  good = join(root, 'good')
  await (await openStore({ dataDir: good })).close()
}, 60_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folder = ''
afterEach(() => rmSync(folder, { recursive: true, force: true }))
/** A copy of a good folder, to be damaged. */
function copy(damage: (pg: string) => void): string {
  folder = join(root, 'copy')
  cpSync(good, folder, { recursive: true })
  damage(join(folder, 'pg'))
  return folder
}

/** Names, sizes and contents of what is in a folder. */
function contents(of: string): string[] {
  return (readdirSync(of, { recursive: true }) as string[])
    .filter((name) => statSync(join(of, name)).isFile())
    .map((name) => `${name} ${readFileSync(join(of, name)).toString('base64').slice(0, 2000)}`)
    .sort()
}

describe('a database that lacks something', () => {
  test.each(['PG_VERSION', 'global/pg_control', 'base', 'pg_xact', 'pg_wal'])(
    'without %s is told as damaged, and left as it is',
    async (part) => {
      const dataDir = copy((pg) => rmSync(join(pg, part), { recursive: true }))
      const before = contents(dataDir)
      await expect(openStore({ dataDir })).rejects.toMatchObject({
        code: 'database_damaged',
        values: { missing: expect.arrayContaining([part]) },
      })
      expect(contents(dataDir)).toEqual(before)
    },
  )

  test('with another control file is told as damaged', async () => {
    const dataDir = copy((pg) => writeFileSync(join(pg, 'global/pg_control'), Buffer.alloc(8192, 7)))
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'database_damaged' })
  })
})

test('what is not a database is left alone', async () => {
  const dataDir = join(root, 'theirs')
  mkdirSync(join(dataDir, 'pg'), { recursive: true })
  writeFileSync(join(dataDir, 'pg', 'notes.txt'), 'mine')
  await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'data_folder_foreign' })
  expect(contents(dataDir)).toEqual([expect.stringContaining('notes.txt')])
})

test('one whose making was cut off is made anew', async () => {
  const dataDir = copy((pg) => rmSync(join(pg, 'base'), { recursive: true }))
  writeFileSync(join(dataDir, 'pg.unborn'), '')
  const store = await openStore({ dataDir })
  expect((await readEnvironment(store.db)).salt).not.toBe('')
  await store.close()
  expect(existsSync(join(dataDir, 'pg.unborn'))).toBe(false)
})

test('a file is no folder', () => {
  const file = join(root, 'file')
  writeFileSync(file, '')
  for (const path of [file, join(file, 'in')]) {
    expect(() => useFolder(path)).toThrow(
      expect.objectContaining({
        code: 'data_folder_unusable',
        values: { folder: path, fault: 'not_a_folder' },
      }),
    )
  }
})

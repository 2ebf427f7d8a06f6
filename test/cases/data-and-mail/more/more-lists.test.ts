/**
 * Lists that other programs stumbled over, from public reports: what each is right to become. `expected.json` says where
 * it was reported; the files are made after the reports, with addresses of nobody.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { LeadsFile, type ReadOptions, readAll } from '../../../../client/import/read.ts'

interface Case {
  file: string
  source: string
  says: string
  options?: ReadOptions
  /** What can't be read at all. */
  error?: string
  /** What must be true of the leads, all of them. */
  leads?: object[]
  /** Codes by row, all of them. */
  refused?: Record<string, string>
  warnings?: string[]
}

const folder = new URL('lists/', import.meta.url)
const cases = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Case[]

const read = async (file: string, options?: ReadOptions) =>
  readAll(await LeadsFile.open(readFileSync(new URL(file, folder)), options))

test.each(cases.map((one) => [one.file, one.says, one] as const))('%s: %s', async (file, _, expected) => {
  const { options, error, leads = [], refused, warnings } = expected
  if (error) {
    await expect(read(file, options)).rejects.toMatchObject({ code: error })
    return
  }
  const found = await read(file, options)
  expect(Object.fromEntries(found.refused.map(({ row, code }) => [row, code]))).toEqual(refused)
  expect(found.leads).toMatchObject(leads)
  expect(found.warnings.map(({ code }) => code)).toEqual(warnings)
})

test('each file is tried, and says where it was reported', () => {
  const files = readdirSync(folder).filter((name) => name !== 'expected.json')
  expect(cases.map(({ file }) => file).sort()).toEqual(files.sort())
  for (const { source } of cases) expect(source).toMatch(/^https:\/\/\S+$/)
})

import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { THEMES } from '../words.ts'
import { cadenceJsonSchema } from './schema.ts'

const schema = cadenceJsonSchema()
const json = JSON.stringify(schema)

test('the file that editors read is current (npx relance schema > examples/cadence.schema.json)', () => {
  const file = readFileSync(new URL('../../examples/cadence.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(file)).toEqual(schema)
})

test('editors get a text for every key, the words of every list and the form of every wait', () => {
  const bare: string[] = []
  const visit = (node: unknown, at: string): void => {
    if (typeof node !== 'object' || node === null) return
    const { properties, ...rest } = node as Record<string, unknown>
    for (const [key, value] of Object.entries(
      (properties ?? {}) as Record<string, { description?: string }>,
    )) {
      if (!value.description) bare.push(`${at}.${key}`)
      visit(value, `${at}.${key}`)
    }
    for (const [key, value] of Object.entries(rest)) visit(value, `${at}/${key}`)
  }
  visit(schema, '')
  expect(bare).toEqual([])
  expect(json).toContain(JSON.stringify([...THEMES, 'best']))
  expect(json).toContain('(m|h|bh|d|bd|w|mo|y)$')
})

test('no mapping takes keys that are not of the language', () => {
  const open: string[] = []
  const visit = (node: unknown, at: string): void => {
    if (typeof node !== 'object' || node === null) return
    if ('properties' in node && (node as Record<string, unknown>).additionalProperties !== false)
      open.push(at)
    for (const [key, value] of Object.entries(node)) visit(value, `${at}/${key}`)
  }
  visit(schema, '')
  expect(open).toEqual([])
})

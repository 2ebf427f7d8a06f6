import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

test('no two schemas of the OpenAPI document have one name: the later would be shown for both', () => {
  const folder = new URL('.', import.meta.url)
  const names = readdirSync(folder)
    .filter((file) => /^(?!.*\.test\.ts$).*\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/\.openapi\('(\w+)'/g)])
    .map(([, name]) => name)
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

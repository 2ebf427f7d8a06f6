/** What may be reached from the workflow bundle's entry, and from the rules: followed import by import. */
import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { workflowBundle } from '../worker/bundle.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every file reached from `entry` by imports that survive compilation, and every package. */
function reached(entry: string): { files: Map<string, string>; packages: Set<string> } {
  const files = new Map<string, string>()
  const packages = new Set<string>()
  const visit = (file: string): void => {
    if (files.has(file)) return
    const source = readFileSync(file, 'utf8')
    files.set(file, source)
    for (const [, from = ''] of source.matchAll(
      /^(?:import|export)(?! type\b)[\w\s{},*$]*from '([^']+)'/gm,
    )) {
      if (from.startsWith('.')) visit(resolve(dirname(file), from))
      else packages.add(from)
    }
  }
  visit(resolve(root, entry))
  return { files, packages }
}

const { files, packages } = reached('workflows/index.ts')

test('the workflow bundle holds the rules and the loop, and no package but the SDK', () => {
  expect([...packages].sort()).toEqual(['@temporalio/common', '@temporalio/workflow'])
  const rooms = new Set([...files.keys()].map((file) => relative(root, file).split('/')[0]))
  expect([...rooms].sort()).toEqual(['cadence', 'workflows'])
})

test('nothing in it reads a clock or throws dice', () => {
  const impure = /Date\.now|new Date\(\)|Math\.random|performance\.|crypto|process\.|setTimeout|setInterval/
  const found = [...files].filter(([, source]) => impure.test(source)).map(([file]) => relative(root, file))
  // When its task began, which Temporal says: the same in every replay.
  expect(found).toEqual(['workflows/place.ts'])
})

test('a stack in a workflow has three frames: the SDK takes one for every promise', () => {
  const sandbox = createContext({ __webpack_module_cache__: {} })
  runInContext(readFileSync(workflowBundle().codePath, 'utf8'), sandbox)
  const deep = 'const fall = (n) => n === 0 ? new Error("deep").stack : fall(n - 1); fall(20)'
  expect(runInContext(deep, sandbox).match(/^ +at /gm)).toHaveLength(3)
})

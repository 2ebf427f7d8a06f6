/** The embedded database survives kill -9: whatever it acknowledged is there, and it opens again at once. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pendingStarts } from './leads.ts'
import { openStore } from './open.ts'
import { listLeads } from './reads.ts'
import { listSuppressions } from './suppression-list.ts'

const support = fileURLToPath(new URL('../test/support', import.meta.url))
let dataDir = ''
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'relance-kill-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Runs the writer until it has acknowledged `n` leads, kills it there and then, and says which they were. */
async function writeAndKill(n: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--import', join(support, 'typescript.js'), join(support, 'killed-writer.ts'), dataDir],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let trouble = ''
  child.stderr.on('data', (data) => {
    trouble += data
  })
  const acknowledged: string[] = []
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(line)
    if (acknowledged.length === n) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  if (child.signalCode !== 'SIGKILL') throw new Error(trouble)
  return acknowledged
}

test('nothing that was acknowledged is lost, kill after kill', async () => {
  const first = [...(await writeAndKill(40)), ...(await writeAndKill(1)), ...(await writeAndKill(25))]
  const store = await openStore({ dataDir })
  const ids = new Set((await listLeads(store.db)).map(({ id }) => id))
  expect(first.filter((id) => !ids.has(id))).toEqual([])
  // A lead and its signal are two transactions; a run's last lead may be without.
  const suppressed = (await listSuppressions(store.db)).length
  expect(suppressed).toBeGreaterThanOrEqual(first.length)
  expect(ids.size - suppressed).toBeLessThanOrEqual(3)
  expect(await pendingStarts(store.db, 10_000)).toHaveLength(ids.size)
  await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'data_folder_in_use' })
  await store.close()
}, 120_000)

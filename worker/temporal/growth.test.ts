import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Patience, watchDownload } from './growth.ts'
import type { Ran } from './run.ts'

let folder = ''
let said: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relance-growth-'))
  said = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const done: Ran = { code: 0, output: '', problem: '' }
const stopped: Ran = { code: null, output: '', problem: 'stopped by SIGKILL' }

/** Watches a download that writes `bytes` after each of these milliseconds, and ends after the last. */
function watch(pauses: number[], patience: Patience, bytes = 1): Promise<Ran> {
  const download = async (signal: AbortSignal): Promise<Ran> => {
    // As pip does: into a folder of its own inside.
    mkdirSync(join(folder, 'unpack'))
    for (const pause of pauses) {
      await delay(pause, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return stopped
      appendFileSync(join(folder, 'unpack', 'file'), Buffer.alloc(bytes))
    }
    return done
  }
  return watchDownload(folder, download, { report: (line) => said.push(line), patience, lookEveryMs: 10 })
}

test('a download that moves is let go on, however long it takes', async () => {
  expect(await watch(Array(8).fill(150), { first: 400, next: 400 })).toEqual(done)
  expect(said).toEqual([])
})

test('how much there is, is said about every two seconds', async () => {
  expect(await watch(Array(9).fill(500), { first: 2_000, next: 2_000 }, 1e6)).toEqual(done)
  expect(said).toHaveLength(2)
  expect(said).toEqual(said.map(() => expect.stringMatching(/^downloading, [3-8] MB so far$/)))
})

test('one of which nothing ever comes is given up first', async () => {
  expect(await watch([60_000], { first: 300, next: 60_000 })).toEqual({
    ...stopped,
    problem: 'nothing arrived for 0.3 seconds',
  })
})

test('one that has begun gets longer, then is given up, too', async () => {
  const began = performance.now()
  expect(await watch([50, 60_000], { first: 300, next: 1_000 })).toEqual({
    ...stopped,
    problem: 'nothing arrived for 1 seconds',
  })
  expect(performance.now() - began).toBeGreaterThan(1_000)
})

import { expect, test } from '@jest/globals'
import type { Host } from './host.ts'
import type { Death } from './part.ts'
import { runUntilStopped, type Stop } from './up.ts'

const never = new Promise<never>(() => undefined)

function host(died: Promise<Death>): { host: Host; closed: () => boolean } {
  let closed = false
  const close = async (): Promise<void> => {
    closed = true
  }
  return { host: { died, close } as Host, closed: () => closed }
}

const stop = (asked: Stop['asked']): Stop => ({ asked, signal: new AbortController().signal })

test('told to stop: closed, exit code 0', async () => {
  const one = host(never)
  expect(await runUntilStopped(one.host, stop(Promise.resolve('SIGTERM')))).toEqual({ code: 0 })
  expect(one.closed()).toBe(true)
})

test('a part died: closed, another exit code, and what died', async () => {
  const died: Death = { part: 'worker', how: { kind: 'error', says: 'out of memory' }, log: 'relance.log' }
  const one = host(Promise.resolve(died))
  expect(await runUntilStopped(one.host, stop(never))).toEqual({ code: 1, died })
  expect(one.closed()).toBe(true)
})

import { describe, expect, test } from '@jest/globals'
import { ApplicationFailure } from '@temporalio/common'
import { type Log, openLog, traceOf, withoutWords } from './log.ts'

const secret = 'hugo.morel@atelier-morel.example'

function failing(error: unknown): { run: () => Promise<unknown>; logged: unknown[] } {
  const logged: unknown[] = []
  const log = { error: (...args: unknown[]) => logged.push(args) } as unknown as Log
  const context = { info: { activityType: 'record', attempt: 1 } } as Parameters<
    ReturnType<typeof withoutWords>
  >[0]
  const { inbound } = withoutWords(log)(context)
  const run = async () =>
    inbound?.execute?.({ args: [], headers: {} }, () => {
      throw error
    })
  return { run, logged }
}

test('a full disk takes no line, and ends nothing', async () => {
  const log = openLog('/dev/full', {})
  for (let n = 0; n < 1000; n++) log.error({ n }, 'x'.repeat(1000))
  await new Promise((resolve) => setImmediate(resolve))
})

describe('errors without their words', () => {
  test('a driver quotes the values of a query: neither the history nor the log gets them', async () => {
    const cause = Object.assign(new Error(`duplicate key (${secret})`), { code: '23505' })
    const { run, logged } = failing(new Error(`Failed query … params: ${secret}`, { cause }))
    const thrown = (await run().catch((error: unknown) => error)) as ApplicationFailure
    expect(thrown).toBeInstanceOf(ApplicationFailure)
    expect(thrown.nonRetryable).toBe(false)
    expect(JSON.stringify([thrown.message, thrown.cause ?? null, thrown.details])).not.toContain(secret)
    expect(JSON.stringify(logged)).not.toContain(secret)
    expect(JSON.stringify(logged)).toContain('23505')
  })

  test('what was meant for the workflow passes', async () => {
    const meant = ApplicationFailure.retryable('the mail server takes its time', 'slow')
    const { run, logged } = failing(meant)
    await expect(run()).rejects.toBe(meant)
    expect(logged).toEqual([])
  })

  test('what is no error is told by its kind', () => {
    expect(traceOf(secret)).toEqual({ kind: 'string' })
  })
})

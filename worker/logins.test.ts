/** What a start does about the logins of mailboxes: refused ones are paused, others are tried all the same. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import type { Refused } from '../activities/mail/answers.ts'
import { no } from '../activities/mail/fake-mailbox.ts'
import { listTroubles, noteRefusal } from '../store/mailbox-troubles.ts'
import { openDatabases } from '../test/support/database.ts'
import { fixedClock } from '../test/support/fixed-clock.ts'
import { MONDAY } from '../test/support/plans.ts'
import { tryLogins } from './logins.ts'

const LOGIN = no('login', {
  stage: 'auth',
  code: 535,
  response: '535 5.7.8 bad login of claire@atelier.example',
})
const GONE = no('connection', { stage: 'connect', code: undefined, response: 'connect ECONNREFUSED' })
const MINUTE = 60_000

describe.each(await openDatabases())('logins on %s', (_, { db }) => {
  const clock = fixedClock(MONDAY)
  afterEach(async () => {
    clock.at = MONDAY
    await db.execute(sql`delete from mailbox_troubles`)
  })

  function start(says: Record<string, Refused | undefined>, signal?: AbortSignal) {
    const logged: unknown[] = []
    const tried: string[] = []
    const log = (...line: unknown[]): void => void logged.push(line)
    let signalled = 0
    const deps = {
      ...{ db, clock, log: { info: log, warn: log, error: log } },
      ...{ signalled: () => void signalled++, ...(signal && { signal }) },
      attempt: async (url: string) => {
        tried.push(url)
        return says[url]
      },
    }
    const run = (...mailboxes: [name: string, url: string][]) =>
      tryLogins(
        deps,
        mailboxes.map(([name, url]) => ({ name, url })),
      )
    return { run, tried, logged, signals: () => signalled }
  }
  const refuse = (mailbox: string, server: string, fault: 'login' | 'quota') =>
    noteRefusal(
      db,
      { mailbox, server, verdict: fault, fault, touch: 'l/1/hello', says: 'no', now: clock.at },
      { count: 1, within: MINUTE, distinct: false, alike: () => true, probeAfter: MINUTE },
    )
  const paused = async () =>
    (await listTroubles(db)).map(({ mailbox, pausedAt }) => [mailbox, pausedAt !== null])

  const A = 'smtp://a:x@mail.example:587'
  const B = 'smtp://b:x@mail.example:587'

  test('one that is refused pauses its mailbox at once, and says the server’s words, without addresses in the log', async () => {
    const { run, logged } = start({ [A]: LOGIN })
    expect(await run(['claire', A], ['tom', B])).toEqual([
      { mailbox: 'claire', refused: true, says: '535 5.7.8 bad login of <…>' },
    ])
    expect(await listTroubles(db)).toMatchObject([
      {
        ...{ mailbox: 'claire', server: 'mail.example:587', fault: 'login', says: LOGIN.response },
        ...{ pausedAt: MONDAY, probeAt: MONDAY + 15 * MINUTE, told: false, serverWide: false },
      },
    ])
    expect(JSON.stringify(logged)).toContain('bad login of <…>')
    expect(JSON.stringify(logged)).not.toContain('claire@')
  })

  test('a server that can’t be reached pauses nothing at once; at three starts within an hour, it does', async () => {
    const { run } = start({ [A]: GONE })
    expect(await run(['claire', A])).toEqual([{ mailbox: 'claire', refused: false, says: GONE.response }])
    expect(await paused()).toEqual([['claire', false]])
    await run(['claire', A])
    clock.at += 10 * MINUTE
    await run(['claire', A])
    expect(await paused()).toEqual([['claire', true]])
  })

  test('one that is taken ends the pause that another login began, and its leads may go on', async () => {
    await refuse('claire', 'mail.example:587', 'login')
    const { run, signals } = start({})
    expect(await run(['claire', A])).toEqual([])
    expect(await paused()).toEqual([])
    expect(signals()).toBe(1)
  })

  test('it says nothing of a quota', async () => {
    await refuse('claire', 'mail.example:587', 'quota')
    const { run, signals } = start({})
    await run(['claire', A])
    expect(await paused()).toEqual([['claire', true]])
    expect(signals()).toBe(0)
  })

  test('two that fail don’t stop a third of the same server, whose login is taken', async () => {
    const { run } = start({ [A]: LOGIN })
    await run(['paul', B], ['claire', A], ['tom', A])
    expect(await paused()).toEqual([
      ['claire', true],
      ['tom', true],
    ])
    expect((await listTroubles(db)).map(({ serverWide }) => serverWide)).toEqual([false, false])
  })

  test('each login is tried once, whatever sends with it', async () => {
    const { run, tried } = start({})
    await run(['claire', A], ['tom', A], ['paul', B])
    expect(tried).toEqual([A, B])
  })

  test('what comes of it when the process closes is of no use', async () => {
    const closing = new AbortController()
    closing.abort()
    const { run } = start({ [A]: LOGIN }, closing.signal)
    expect(await run(['claire', A])).toEqual([])
    expect(await paused()).toEqual([])
  })
})

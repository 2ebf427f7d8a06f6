/** A slow mail server, and a database that fails. */

import { describe, expect, test } from '@jest/globals'
import { openDatabases } from '../../test/support/database.ts'
import { touchOf } from '../../test/support/plans.ts'
import { touchesOn } from '../../test/support/touches.ts'
import type { SendResult } from '../mail/answers.ts'
import type { FakeMailbox } from '../mail/fake-mailbox.ts'

describe.each(await openDatabases())('a slow server on %s', (kind, { db }) => {
  /** Sends only when it is told to; `answer` is what it says then. */
  function gated(mailbox: FakeMailbox) {
    let open: () => void = () => undefined
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const slow: FakeMailbox = {
      ...mailbox,
      send: async (message, hooks) => {
        await opened
        return mailbox.send(message, hooks)
      },
    }
    const mailboxes = () => ({ mailbox: slow, spacing: 1000 })
    return { open, mailboxes, budget: { attempt: 1, deliver: 60_000 } }
  }

  test('is left to `deliver`, which joins what is on its way', async () => {
    const { mailbox, deps, carrier, launch, order } = touchesOn(db)
    const lead = await launch()
    const { open, ...slow } = gated(mailbox)
    const patient = carrier({ ...deps, ...slow })
    expect(await patient.attempt(order(touchOf(lead, 'hello')))).toMatchObject({ kind: 'slow' })
    const delivered = patient.deliver(order(touchOf(lead, 'hello')))
    open()
    expect((await delivered).kind).toBe('done')
    expect(mailbox.sent).toHaveLength(1)
  })

  test('that another process takes over from can’t be handed over any more', async () => {
    const { mailbox, deps, carrier, activities, launch, order } = touchesOn(db)
    const lead = await launch()
    const { open, ...slow } = gated(mailbox)
    const first = carrier({ ...deps, ...slow })
    expect(await first.attempt(order(touchOf(lead, 'hello')))).toMatchObject({ kind: 'slow' })
    expect((await activities.deliver(order(touchOf(lead, 'hello')))).kind).toBe('done')
    open()
    await expect(first.deliver(order(touchOf(lead, 'hello')))).rejects.toMatchObject({ type: 'slow' })
    expect((await first.deliver(order(touchOf(lead, 'hello')))).kind).toBe('done')
    expect(mailbox.sent).toHaveLength(1)
    expect(mailbox.tried).toHaveLength(2)
  })

  test('that answers when nobody waits any more is written down all the same', async () => {
    const { mailbox, deps, carrier, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    let answer: (result: SendResult) => void = () => undefined
    const answered = new Promise<SendResult>((resolve) => {
      answer = resolve
    })
    let handed: () => void = () => undefined
    const handedOver = new Promise<void>((resolve) => {
      handed = resolve
    })
    const slow: FakeMailbox = {
      ...mailbox,
      send: async (_, hooks) => {
        await hooks.handingOver()
        handed()
        return answered
      },
    }
    const budget = { attempt: 1, deliver: 1 }
    const mailboxes = () => ({ mailbox: slow, spacing: 1000 })
    const first = carrier({ ...deps, mailboxes, budget })
    expect(await first.attempt(order(touchOf(lead, 'hello')))).toMatchObject({ kind: 'slow' })
    await expect(first.deliver(order(touchOf(lead, 'hello')))).rejects.toMatchObject({ type: 'slow' })
    await handedOver
    // Another process can't know.
    expect(await activities.deliver(order(touchOf(lead, 'hello')))).toMatchObject({
      ...{ kind: 'came_out', result: { kind: 'unconfirmed' } },
    })
    answer({ kind: 'accepted', response: '250 OK' })
    await new Promise(setImmediate)
    // Behind what the first process has just asked of the one connection there is.
    if (kind === 'pglite') expect(await ledger(lead)).toMatchObject([{ status: 'accepted' }])
    expect((await first.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
    expect(await ledger(lead)).toMatchObject([{ status: 'accepted' }])
  })

  test('what a database says of a failure stays in the process', async () => {
    const { logged, deps, carrier, launch, order } = touchesOn(db)
    const lead = await launch()
    const trouble = Object.assign(new Error('Failed query: … params: zoe@acme.example'), { code: '57P01' })
    const broken = new Proxy(db, {
      get: (target, property) =>
        property === 'execute' ? () => Promise.reject(trouble) : Reflect.get(target, property, target),
    })
    const failing = carrier({ ...deps, db: broken }).attempt(order(touchOf(lead, 'hello')))
    await expect(failing).rejects.toMatchObject({
      message: 'failed with 57P01',
      type: '57P01',
      cause: undefined,
    })
    expect(JSON.stringify(logged)).not.toContain('zoe@')
    expect(JSON.stringify(logged)).toContain(lead)
  })
})

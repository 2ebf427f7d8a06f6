/** One suite for the ledger, in the databases and in memory. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { HOUR } from '../cadence/time.ts'
import type { Touch } from '../cadence/touch.ts'
import { MONDAY, touchOf } from '../test/support/plans.ts'
import { openWorld, WORLDS, type World } from '../test/support/ports.ts'
import type { HandedEmail, HandedOver, Settlement, StoredTouch, TouchClaim } from './ledger-port.ts'

const LATER = MONDAY + HOUR
const LATEST = MONDAY + 2 * HOUR

describe.each(WORLDS)('the ledger on %s', (kind) => {
  let world: World
  let lead = ''
  let hello: Touch

  beforeAll(async () => {
    world = await openWorld(kind)
  }, 120_000)
  afterAll(() => world.close())
  beforeEach(async () => {
    lead = await world.lead()
    hello = touchOf(lead, 'hello')
  })

  const claim = (token: string, more: Partial<TouchClaim> = {}): Promise<boolean> =>
    world.ledger.claim({
      ...{ touch: hello, account: null, cadence: 'c', version: 1, slot: MONDAY, token, now: MONDAY },
      ...more,
    })
  const reserve = (at = MONDAY): Promise<boolean> =>
    world.slots.reserve({ mailbox: `of ${lead}`, at, lead, account: null })
  const email = (more: Partial<HandedEmail> = {}): HandedEmail => ({
    ...{ mailbox: 'claire', messageId: `<${hello.key}>`, references: ['<a>', '<b>'], subject: 'Hello' },
    ...{ variant: 'b', address: 'anna@atelier.example', ...more },
  })
  const handOver = (token: string, now = LATER): Promise<HandedOver> =>
    world.ledger.handOver({ key: hello.key, token, now, email: email() })
  const settle = (token: string, status: Settlement['status'], more: Partial<Settlement> = {}) =>
    world.ledger.settle({ key: hello.key, token, status, now: LATEST, ...more })
  const row = async (key = hello.key): Promise<StoredTouch> =>
    (await world.rows()).find((touch) => touch.key === key) as StoredTouch
  const status = async (): Promise<string> => (await row()).status
  /** Claimed by `t`, with its slot, and handed over. */
  async function handedOver(): Promise<void> {
    await reserve()
    await claim('t')
    expect(await handOver('t')).toBe('handed_over')
  }

  describe('a claim', () => {
    test('writes all that is known of the touch', async () => {
      const touch = touchOf(lead, 'hello', { theme: 'ease', offer: { name: 'early', ends: LATER } })
      expect(await claim('t', { touch, account: 'a' })).toBe(true)
      expect(await row()).toEqual({
        ...{ key: `${lead}/1/hello`, leadId: lead, accountId: 'a', visit: 1, step: 'hello', kind: 'email' },
        ...{ name: 'hello', contact: 'main', cadence: 'c', version: 1, stage: 'contact', urgency: 'calm' },
        ...{ theme: 'ease', offer: { name: 'early', ends: LATER }, status: 'claimed', token: 't' },
        ...{ slot: MONDAY, attempts: 1, deferrals: 0, claimedAt: MONDAY, deferredAt: null },
        ...{ handedOverAt: null, settledAt: null, mailbox: null, messageId: null, references: null },
        ...{ subject: null, variant: null, address: null, hard: null, response: null, reason: null },
      })
    })

    test('of the same touch again takes it from whoever had it, with what is new', async () => {
      await claim('first', { account: 'a' })
      const touch = { ...hello, name: 'other', contact: 'c2', urgency: 'pressing', stage: 'demo' }
      const offer = { name: 'early', ends: LATER }
      const more = { touch: { ...touch, offer }, account: 'b', cadence: 'd', version: 2 }
      expect(await claim('second', { ...more, slot: LATER, now: LATEST })).toBe(true)
      expect(await row()).toMatchObject({
        ...{ token: 'second', attempts: 2, slot: LATER, claimedAt: LATEST, cadence: 'd', version: 2, offer },
        ...{ name: 'other', contact: 'c2', urgency: 'pressing', stage: 'contact', accountId: 'a' },
      })
      await reserve(LATER)
      expect(await handOver('first')).toBe('lost')
      expect(await settle('first', 'failed')).toBeUndefined()
      expect(await handOver('second')).toBe('handed_over')
    })

    test.each(['deferred', 'closed'] as const)('is possible again once it was %s', async (how) => {
      await claim('t')
      await settle('t', how)
      expect(await claim('u')).toBe(true)
      expect(await status()).toBe('claimed')
    })

    test.each(['accepted', 'refused', 'failed', 'unconfirmed'] as const)(
      'is not possible once it was %s',
      async (how) => {
        await claim('t')
        await settle('t', how)
        expect(await claim('u')).toBe(false)
        expect(await row()).toMatchObject({ status: how, token: 't', attempts: 1 })
      },
    )

    test('is not possible once it was handed over', async () => {
      await handedOver()
      expect(await claim('u')).toBe(false)
      expect(await status()).toBe('handed_over')
    })
  })

  describe('handing over', () => {
    test('keeps what goes out', async () => {
      await handedOver()
      expect(await row()).toMatchObject({
        ...{ status: 'handed_over', handedOverAt: LATER, mailbox: 'claire', messageId: `<${hello.key}>` },
        ...{ references: ['<a>', '<b>'], subject: 'Hello', variant: 'b', settledAt: null },
        address: 'anna@atelier.example',
      })
    })

    test('of what nobody has claimed is lost', async () => {
      expect(await handOver('t')).toBe('lost')
    })

    test('needs no slot and no e-mail for another kind of touch', async () => {
      hello = touchOf(lead, 'check', { kind: 'credit_check' })
      await claim('t')
      expect(await world.ledger.handOver({ key: hello.key, token: 't', now: LATER })).toBe('handed_over')
      expect(await row()).toMatchObject({ mailbox: null, messageId: null, references: null, variant: null })
    })

    test('needs the slot of an e-mail: without one, or at another moment, it is closed', async () => {
      await claim('t')
      expect(await handOver('t')).toBe('unreserved')
      expect(await row()).toMatchObject({ status: 'closed', settledAt: LATER, handedOverAt: null })
      await reserve(LATER)
      await claim('u')
      expect(await handOver('u')).toBe('unreserved')
      await claim('v', { slot: LATER })
      expect(await handOver('v')).toBe('handed_over')
    })

    test('needs an open gate: one that is closed leaves the touch to be claimed again', async () => {
      await reserve()
      await claim('t')
      await world.shut(lead, 'paused')
      expect(await handOver('t')).toBe('paused')
      expect(await row()).toMatchObject({ status: 'closed', settledAt: LATER, messageId: null })
      await world.shut(lead, null)
      await claim('u')
      expect(await handOver('u')).toBe('handed_over')
    })

    test('says why the gate is closed rather than that the slot is gone', async () => {
      await claim('t')
      await world.shut(lead, 'ended')
      expect(await handOver('t')).toBe('ended')
    })

    test('happens once for a claim, whatever the gate has done since', async () => {
      await handedOver()
      expect(await handOver('t')).toBe('lost')
      await world.shut(lead, 'paused')
      expect(await handOver('t')).toBe('lost')
      expect(await row()).toMatchObject({ status: 'handed_over', handedOverAt: LATER, settledAt: null })
      await world.ledger.markUnconfirmed(hello.key, 't', LATEST)
      expect(await handOver('t')).toBe('lost')
      expect(await status()).toBe('unconfirmed')
      expect(await claim('u')).toBe(false)
    })

    test('of two touches under one Message-ID is an error', async () => {
      await handedOver()
      const gain = touchOf(lead, 'gain')
      await claim('g', { touch: gain })
      const again = { key: gain.key, token: 'g', now: LATER, email: email() }
      await expect(world.ledger.handOver(again)).rejects.toThrow()
      expect((await row(gain.key)).status).toBe('claimed')
    })
  })

  describe('settling', () => {
    test('says what it was before, and keeps the answer', async () => {
      await claim('t')
      const reason = { code: 'offer_over' } as const
      const more = { response: '550 no', hard: true, reason }
      expect(await settle('t', 'failed', more)).toBe('claimed')
      expect(await row()).toMatchObject({ status: 'failed', settledAt: LATEST, ...more, deferrals: 0 })
    })

    test('of what was handed over, or is unconfirmed, is possible; of what was settled it is not', async () => {
      await handedOver()
      expect(await settle('t', 'unconfirmed', { response: 'gone' })).toBe('handed_over')
      expect(await settle('t', 'accepted')).toBe('unconfirmed')
      expect(await row()).toMatchObject({ status: 'accepted', response: null, hard: null, reason: null })
      expect(await settle('t', 'refused')).toBeUndefined()
      expect(await status()).toBe('accepted')
    })

    test.each(['deferred', 'closed', 'refused', 'failed'] as const)('is over once it was %s', async (how) => {
      await claim('t')
      await settle('t', how)
      expect(await settle('t', 'accepted')).toBeUndefined()
      expect(await status()).toBe(how)
    })

    test('needs the token, and a touch', async () => {
      expect(await settle('t', 'accepted')).toBeUndefined()
      await claim('t')
      expect(await settle('u', 'accepted')).toBeUndefined()
      expect(await status()).toBe('claimed')
    })

    test('counts deferrals, the first of which stays known', async () => {
      await claim('t')
      await settle('t', 'deferred', { now: LATER, reason: { code: 'provider_busy', status: 503 } })
      expect(await row()).toMatchObject({ deferrals: 1, deferredAt: LATER })
      await claim('u')
      await settle('u', 'deferred', { now: LATEST })
      expect(await row()).toMatchObject({ deferrals: 2, deferredAt: LATER, settledAt: LATEST, reason: null })
      await claim('v')
      await settle('v', 'closed', { now: LATEST + HOUR })
      expect(await row()).toMatchObject({ deferrals: 2, deferredAt: LATER })
      // A fault of ours takes nothing off the time in which a recipient's server is tried.
      await claim('w')
      await settle('w', 'deferred', { now: LATEST + HOUR, ours: true })
      expect(await row()).toMatchObject({ status: 'deferred', deferrals: 0, deferredAt: null })
    })
  })

  describe('what nobody knows', () => {
    test('is marked for what was handed over, by its token', async () => {
      await reserve()
      await claim('t')
      await world.ledger.markUnconfirmed(hello.key, 't', LATEST)
      expect(await status()).toBe('claimed')
      await handOver('t')
      await world.ledger.markUnconfirmed(hello.key, 'u', LATEST)
      expect(await status()).toBe('handed_over')
      await world.ledger.markUnconfirmed(hello.key, 't', LATEST)
      expect(await row()).toMatchObject({
        status: 'unconfirmed',
        settledAt: LATEST,
        messageId: `<${hello.key}>`,
      })
    })

    test('is confirmed by an answer, whoever holds the token', async () => {
      await handedOver()
      await world.ledger.confirm(hello.key, LATEST)
      expect(await row()).toMatchObject({ status: 'accepted', settledAt: LATEST })
    })

    test('is confirmed after it was marked, too', async () => {
      await handedOver()
      await world.ledger.markUnconfirmed(hello.key, 't', LATER)
      await world.ledger.confirm(hello.key, LATEST)
      expect(await row()).toMatchObject({ status: 'accepted', settledAt: LATEST })
    })

    test('is nothing that never went out, or was settled', async () => {
      await world.ledger.confirm(hello.key, LATEST)
      await claim('t')
      await world.ledger.confirm(hello.key, LATEST)
      expect(await status()).toBe('claimed')
      await settle('t', 'failed', { now: LATER })
      await world.ledger.confirm(hello.key, LATEST)
      expect(await row()).toMatchObject({ status: 'failed', settledAt: LATER })
    })
  })

  test('lists touches by slot and then by key, of one lead, of one status, and no more than are asked for', async () => {
    const steps = ['b', 'B', 'a'].map((step) => touchOf(lead, step))
    for (const touch of steps) await claim(touch.step, { touch, slot: LATER })
    await handedOver()
    await world.ledger.settle({ key: `${lead}/1/a`, token: 'a', status: 'failed', now: LATEST })
    const list = async (more = {}) => (await world.ledger.list({ lead, ...more })).map(({ step }) => step)
    expect(await list()).toEqual(['hello', 'B', 'a', 'b'])
    expect(await list({ status: 'claimed' })).toEqual(['B', 'b'])
    expect(await list({ limit: 2 })).toEqual(['hello', 'B'])
    expect(await world.ledger.list({ lead, limit: 1 })).toEqual([
      {
        ...{ key: hello.key, lead, step: 'hello', kind: 'email', contact: 'main', status: 'handed_over' },
        ...{ subject: 'Hello', messageId: `<${hello.key}>`, mailbox: 'claire', attempts: 1, hard: null },
        ...{ slot: MONDAY, handedOverAt: LATER, settledAt: null },
      },
    ])
    const other = await world.lead()
    await claim('o', { touch: touchOf(other, 'o') })
    expect((await world.ledger.list()).map((touch) => touch.lead)).toEqual(
      expect.arrayContaining([lead, other]),
    )
  })
})

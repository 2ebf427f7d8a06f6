/** One suite for the slots, in the databases and in memory. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Book } from '../cadence/calendar/planner.ts'
import { DAY, HOUR, type Instant } from '../cadence/time.ts'
import { MONDAY, touchOf } from '../test/support/plans.ts'
import { openWorld, WORLDS, type World } from '../test/support/ports.ts'
import { newId } from './ids.ts'
import type { Settlement } from './ledger-port.ts'
import type { MailboxUse } from './slots-port.ts'

const MINUTE = 60_000
const MIDNIGHT = Math.floor(MONDAY / DAY) * DAY

describe.each(WORLDS)('the slots on %s', (kind) => {
  let world: World
  let mailbox: MailboxUse
  let account = ''

  beforeAll(async () => {
    world = await openWorld(kind)
  }, 120_000)
  afterAll(() => world.close())
  beforeEach(() => {
    mailbox = { name: newId(), spacing: MINUTE }
    account = newId()
  })

  const find = (from: Instant): Promise<Instant> => world.slots.firstFree(mailbox, from)
  const reserve = (lead: string, at: Instant, whose: string | null = null): Promise<boolean> =>
    world.slots.reserve({ mailbox: mailbox.name, at, lead, account: whose })
  /** Slots reserved for others. */
  async function taken(...slots: Instant[]): Promise<void> {
    for (const slot of slots) expect(await reserve(await world.lead(), slot)).toBe(true)
  }
  /** Has a touch handed over, and settled, at its slot. */
  async function send(
    lead: string,
    step: string,
    slot: Instant,
    { whose = null, status }: { whose?: string | null; status?: Settlement['status'] } = {},
  ): Promise<void> {
    const touch = touchOf(lead, step)
    const token = step
    await world.ledger.claim({
      ...{ touch, account: whose, cadence: 'c', version: 1, slot, token, now: slot },
    })
    await world.slots.release({ lead, account: null, since: slot })
    expect(await reserve(lead, slot)).toBe(true)
    const email = {
      ...{ mailbox: mailbox.name, messageId: `<${touch.key}>`, references: [], subject: 'Hello' },
      ...{ variant: undefined, address: 'anna@atelier.example' },
    }
    expect(await world.ledger.handOver({ key: touch.key, token, now: slot, email })).toBe('handed_over')
    await world.slots.release({ lead, account: null, since: slot })
    if (status) await world.ledger.settle({ key: touch.key, token, status, now: slot })
  }
  const sorted = ({ lead, account }: Book): Book => ({
    lead: [...lead].sort((a, b) => a - b),
    account: [...account].sort((a, b) => a - b),
  })

  describe('the first free one', () => {
    test('is the one asked for, unless it is reserved or was used', async () => {
      expect(await find(MONDAY)).toBe(MONDAY)
      await taken(MONDAY, MONDAY + MINUTE, MONDAY + 3 * MINUTE)
      await send(await world.lead(), 'sent', MONDAY + 2 * MINUTE, { status: 'refused' })
      expect(await find(MONDAY)).toBe(MONDAY + 4 * MINUTE)
      expect(await find(MONDAY + 3 * MINUTE)).toBe(MONDAY + 4 * MINUTE)
      expect(await find(MONDAY - MINUTE)).toBe(MONDAY - MINUTE)
    })

    test('is nothing of another mailbox', async () => {
      await taken(MONDAY)
      mailbox = { ...mailbox, name: newId() }
      expect(await find(MONDAY)).toBe(MONDAY)
    })

    test('is found behind more than is looked at in one go', async () => {
      await taken(...Array.from({ length: 120 }, (_, i) => MONDAY + i * MINUTE))
      expect(await find(MONDAY)).toBe(MONDAY + 120 * MINUTE)
    })

    test('is on the next day once the day is full', async () => {
      mailbox.perDay = { count: 2, zone: 'UTC' }
      await taken(MONDAY, MIDNIGHT + DAY)
      expect(await find(MONDAY)).toBe(MONDAY + MINUTE)
      await send(await world.lead(), 'sent', MONDAY + 5 * MINUTE)
      expect(await find(MONDAY)).toBe(MIDNIGHT + DAY + MINUTE)
      expect(await find(MONDAY - DAY)).toBe(MONDAY - DAY)
    })

    test('of a capped day counts a slot once that is both reserved and used', async () => {
      mailbox.perDay = { count: 2, zone: 'UTC' }
      const lead = await world.lead()
      await send(lead, 'sent', MONDAY)
      await reserve(lead, MONDAY)
      expect(await find(MONDAY)).toBe(MONDAY + MINUTE)
    })

    test("is counted in days of the mailbox's zone", async () => {
      const pacific = (iso: string): Instant => Date.parse(iso)
      mailbox.perDay = { count: 2, zone: 'America/Los_Angeles' }
      // One day there, two in UTC.
      await taken(pacific('2026-11-23T09:00-08:00'), pacific('2026-11-23T16:30-08:00'))
      expect(await find(pacific('2026-11-23T17:00-08:00'))).toBe(pacific('2026-11-24T00:00-08:00'))
      expect(await find(pacific('2026-11-22T23:00-08:00'))).toBe(pacific('2026-11-22T23:00-08:00'))
    })

    test.each([
      ['25 hours', '2026-11-01T00:00-07:00', '2026-11-01T23:30-08:00', '2026-11-02T00:00-08:00'],
      ['23 hours', '2026-03-08T00:00-08:00', '2026-03-08T23:30-07:00', '2026-03-09T00:00-07:00'],
    ])('is counted in days of %s, too', async (_, begins, ends, next) => {
      mailbox.perDay = { count: 2, zone: 'America/Los_Angeles' }
      await taken(Date.parse(begins), Date.parse(ends))
      expect(await find(Date.parse(begins) + HOUR)).toBe(Date.parse(next))
    })

    test('of the next day is a multiple of the spacing', async () => {
      mailbox = { ...mailbox, spacing: 7 * MINUTE, perDay: { count: 1, zone: 'UTC' } }
      const first = Math.ceil(MONDAY / mailbox.spacing) * mailbox.spacing
      await taken(first)
      const found = await find(first)
      expect(found % mailbox.spacing).toBe(0)
      expect(found).toBeGreaterThanOrEqual(MIDNIGHT + DAY)
      expect(found).toBeLessThan(MIDNIGHT + DAY + mailbox.spacing)
    })
  })

  describe('a reservation', () => {
    test('is one lead’s, and the lead’s only one', async () => {
      const [ana, bo] = [await world.lead(), await world.lead()]
      expect(await reserve(ana, MONDAY)).toBe(true)
      expect(await reserve(bo, MONDAY)).toBe(false)
      expect(await reserve(ana, MONDAY + MINUTE)).toBe(false)
      expect(await find(MONDAY + MINUTE)).toBe(MONDAY + MINUTE)
      expect(await reserve(bo, MONDAY + MINUTE)).toBe(true)
    })

    test('keeps no slot of another mailbox', async () => {
      expect(await reserve(await world.lead(), MONDAY)).toBe(true)
      mailbox = { ...mailbox, name: newId() }
      expect(await reserve(await world.lead(), MONDAY)).toBe(true)
    })

    test('is free again once it is given up', async () => {
      const lead = await world.lead()
      await taken(MONDAY + MINUTE)
      await reserve(lead, MONDAY)
      await world.slots.release({ lead, account: null, since: MONDAY })
      expect(await find(MONDAY)).toBe(MONDAY)
      expect(await reserve(lead, MONDAY + 2 * MINUTE)).toBe(true)
      await world.slots.release({ lead: await world.lead(), account: null, since: MONDAY })
      expect(await find(MONDAY + MINUTE)).toBe(MONDAY + 3 * MINUTE)
    })
  })

  describe('the book', () => {
    const book = async (lead: string, whose: string | null, since = MONDAY - DAY): Promise<Book> =>
      sorted(await world.slots.book({ lead, account: whose, since }))

    test('has the e-mails that a server has or may have, after the moment that is asked for', async () => {
      const lead = await world.lead()
      const how = ['accepted', 'unconfirmed', undefined, 'refused', 'failed', 'deferred', 'closed'] as const
      for (const [i, status] of how.entries())
        await send(lead, `s${i}`, MONDAY + i * HOUR, status ? { status } : {})
      const all = [MONDAY, MONDAY + HOUR, MONDAY + 2 * HOUR]
      expect(await book(lead, null)).toEqual({ lead: all, account: all })
      expect(await book(lead, null, MONDAY)).toEqual({ lead: all.slice(1), account: all.slice(1) })
      expect(await book(await world.lead(), null)).toEqual({ lead: [], account: [] })
    })

    test('has nothing but e-mails', async () => {
      const lead = await world.lead()
      const touch = touchOf(lead, 'call', { kind: 'task' })
      const claim = { touch, account, cadence: 'c', version: 1, slot: MONDAY, token: 't', now: MONDAY }
      await world.ledger.claim(claim)
      await world.ledger.settle({ key: touch.key, token: 't', status: 'accepted', now: MONDAY })
      expect(await book(lead, account)).toEqual({ lead: [], account: [] })
    })

    test('has, for the account, what its leads were sent and what the others have reserved', async () => {
      const [ana, bo, cy, stranger] = [
        ...[await world.lead(), await world.lead(), await world.lead(), await world.lead()],
      ] as [string, string, string, string]
      await send(ana, 'a', MONDAY, { whose: account })
      await send(bo, 'b', MONDAY + HOUR, { whose: account })
      await send(stranger, 's', MONDAY + 2 * HOUR, { whose: newId() })
      await reserve(ana, MONDAY + 3 * HOUR, account)
      await reserve(bo, MONDAY + 4 * HOUR, account)
      // However long ago: what is reserved is still to come.
      await reserve(cy, MONDAY - 2 * DAY, account)
      await reserve(stranger, MONDAY + 5 * HOUR, newId())
      const others = [MONDAY - 2 * DAY, MONDAY, MONDAY + HOUR, MONDAY + 4 * HOUR]
      expect(await book(ana, account)).toEqual({ lead: [MONDAY], account: others })
      expect(await book(ana, null)).toEqual({ lead: [MONDAY], account: [MONDAY] })
    })

    test('counts one lead’s e-mails of one moment apart; for the account they are one', async () => {
      const [ana, bo] = [await world.lead(), await world.lead()]
      const whose = account
      await send(ana, 'a1', MONDAY, { whose })
      mailbox = { ...mailbox, name: newId() }
      await send(ana, 'a2', MONDAY, { whose })
      mailbox = { ...mailbox, name: newId() }
      await send(bo, 'b', MONDAY, { whose })
      expect(await book(ana, whose)).toEqual({ lead: [MONDAY, MONDAY], account: [MONDAY, MONDAY] })
      expect(await book(ana, null)).toEqual({ lead: [MONDAY, MONDAY], account: [MONDAY, MONDAY] })
    })

    test('is read when a slot is given up, which is not in it', async () => {
      const lead = await world.lead()
      await send(lead, 'a', MONDAY, { whose: account })
      await reserve(lead, MONDAY + HOUR, account)
      const released = await world.slots.release({ lead, account, since: MONDAY - DAY })
      expect(sorted(released)).toEqual({ lead: [MONDAY], account: [MONDAY] })
      expect(Object.keys(released).sort()).toEqual(['account', 'lead'])
      expect(await find(MONDAY + HOUR)).toBe(MONDAY + HOUR)
    })
  })
})

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import type { Signal } from '../cadence/signals.ts'
import { HOUR, type Instant } from '../cadence/time.ts'
import { KINDS, openDatabase } from '../test/support/database.ts'
import { MONDAY, touchOf } from '../test/support/plans.ts'
import { releaseColleagues } from './colleagues.ts'
import { at, type Db, rows } from './db.ts'
import { insertLeads } from './leads.ts'
import { ledgerIn } from './ledger.ts'
import type { Store } from './open.ts'
import { insertSignals } from './signals.ts'

const reply = (type: 'reply.received' | 'reply.handled', id: string, when: Instant = MONDAY): Signal => ({
  id,
  type,
  at: when,
  seen: when,
  data: type === 'reply.handled' ? { then: 'resume' } : {},
})

describe.each(KINDS)('colleagues on %s', (kind) => {
  let store: Store
  let db: Db
  let companies = 0

  beforeAll(async () => {
    store = await openDatabase(kind)
    db = store.db
  }, 120_000)
  afterAll(() => store.close())

  /** Leads of one account; of a new one unless it is named. */
  async function launch(names: string[], domain = `company-${++companies}.example`, now = MONDAY, on = db) {
    const list = names.map((name) => ({ email: `${name}@${domain}`, zone: 'Europe/Paris' }))
    const made = await insertLeads(on, list, { cadence: 'small', version: 1, now })
    const ids = made.map((one) => ('id' in one ? one.id : ''))
    return { domain, ids: ids as [string, string, string] }
  }
  const heard = async (lead: string): Promise<string[]> =>
    (
      await rows<{ type: string; of: string }>(
        db,
        sql`select type, data ->> 'lead' as of from signals where lead_id = ${lead} and type like 'colleague.%' order by n`,
      )
    ).map(({ type, of }) => `${type} ${of}`)

  test('a reply that was written before the answer and came in after it waits, and newcomers hear of it', async () => {
    const { ids, domain } = await launch(['ana'])
    const [ana] = ids
    await insertSignals(db, [{ lead: ana, signal: reply('reply.handled', 'h', MONDAY + 2 * HOUR) }])
    const late: Signal = { ...reply('reply.received', 'r', MONDAY + HOUR), seen: MONDAY + 3 * HOUR }
    await insertSignals(db, [{ lead: ana, signal: late }])
    const newcomer = await launch(['eve'], domain, MONDAY + 4 * HOUR)
    expect(await heard(newcomer.ids[0])).toEqual([`colleague.replied ${ana}`])
  })

  test('hear of a reply and of its being handled, in the same moment; nobody else does', async () => {
    const { ids } = await launch(['ana', 'bo', 'cy'])
    const [ana, bo, cy] = ids
    const stranger = await launch(['dan'])
    await insertSignals(db, [{ lead: ana, signal: reply('reply.received', 'r') }])
    await insertSignals(db, [{ lead: ana, signal: reply('reply.received', 'r') }])
    expect(await heard(bo)).toEqual([`colleague.replied ${ana}`])
    expect(await heard(cy)).toEqual([`colleague.replied ${ana}`])
    expect(await heard(ana)).toEqual([])
    expect(await heard(stranger.ids[0])).toEqual([])
    await insertSignals(db, [{ lead: ana, signal: reply('reply.handled', 'h', MONDAY + HOUR) }])
    expect(await heard(bo)).toEqual([`colleague.replied ${ana}`, `colleague.handled ${ana}`])
  })

  test('who comes into an account with a waiting reply hears of it; of a handled one they do not', async () => {
    const { domain, ids } = await launch(['ana'])
    await insertSignals(db, [{ lead: ids[0], signal: reply('reply.received', 'r') }])
    const bo = await launch(['bo'], domain, MONDAY + HOUR)
    expect(await heard(bo.ids[0])).toEqual([`colleague.replied ${ids[0]}`])
    await insertSignals(db, [{ lead: ids[0], signal: reply('reply.handled', 'h', MONDAY + 2 * HOUR) }])
    const cy = await launch(['cy'], domain, MONDAY + 3 * HOUR)
    expect(await heard(cy.ids[0])).toEqual([])
  })

  test('a lead that ends with a reply waiting lets the others go; without one it says nothing', async () => {
    const [ana, bo] = (await launch(['ana', 'bo'])).ids
    await releaseColleagues(db, ana, MONDAY)
    expect(await heard(bo)).toEqual([])
    await insertSignals(db, [{ lead: ana, signal: reply('reply.received', 'r') }])
    await releaseColleagues(db, ana, MONDAY + HOUR)
    expect(await heard(bo)).toEqual([`colleague.replied ${ana}`, `colleague.handled ${ana}`])
  })

  test('ended ones hear nothing', async () => {
    const [ana, bo] = (await launch(['ana', 'bo'])).ids
    await db.execute(sql`update leads set ended_at = ${at(MONDAY)} where id = ${bo}`)
    await insertSignals(db, [{ lead: ana, signal: reply('reply.received', 'r') }])
    expect(await heard(bo)).toEqual([])
  })

  test('once a reply is taken in, a colleague’s e-mail that is under way is not handed over', async () => {
    const [ana, bo] = (await launch(['ana', 'bo'])).ids
    const touch = touchOf(bo, 'hello')
    const claim = {
      touch,
      account: null,
      cadence: 'small',
      version: 1,
      slot: MONDAY,
      token: 't',
      now: MONDAY,
    }
    await ledgerIn(db).claim(claim)
    await insertSignals(db, [{ lead: ana, signal: reply('reply.received', 'r') }])
    const email = {
      mailbox: 'claire',
      messageId: `<${bo}>`,
      references: [],
      subject: 'Hello',
      variant: undefined,
      address: 'bo@atelier.example',
    }
    expect(await ledgerIn(db).handOver({ key: touch.key, token: 't', now: MONDAY, email })).toBe('signal')
  })

  /** What runs beside the rest of a transaction, which isn't over before it had the time for all of its statements. */
  async function during<T>(first: (tx: Db) => Promise<T>, beside: () => Promise<unknown>): Promise<T> {
    let other: Promise<unknown> | undefined
    const result = await db.transaction(async (tx) => {
      const done = await first(tx)
      other = beside()
      for (let i = 0; i < 200; i++) await tx.execute(sql`select 1`)
      return done
    })
    await other
    return result
  }
  const came = (lead: string) => [{ lead, signal: reply('reply.received', 'r') }]

  test('a reply in the middle of a launch: the newcomer hears of it', async () => {
    const { domain, ids } = await launch(['ana'])
    const bo = await during(
      (tx) => launch(['bo'], domain, MONDAY, tx),
      () => insertSignals(db, came(ids[0])),
    )
    expect(await heard(bo.ids[0])).toEqual([`colleague.replied ${ids[0]}`])
  })

  test('a launch in the middle of a reply: the newcomer hears of it', async () => {
    const { domain, ids } = await launch(['ana'])
    let bo = ''
    await during(
      (tx) => insertSignals(tx, came(ids[0])),
      async () => {
        bo = (await launch(['bo'], domain)).ids[0]
      },
    )
    expect(await heard(bo)).toEqual([`colleague.replied ${ids[0]}`])
  })

  test('replies of two at the same instant: each hears of the other', async () => {
    for (let i = 0; i < 10; i++) {
      const [ana, bo] = (await launch(['ana', 'bo'])).ids
      await Promise.all([
        insertSignals(db, [{ lead: ana, signal: reply('reply.received', 'r') }]),
        insertSignals(db, [{ lead: bo, signal: reply('reply.received', 'r') }]),
      ])
      expect(await heard(ana)).toEqual([`colleague.replied ${bo}`])
      expect(await heard(bo)).toEqual([`colleague.replied ${ana}`])
    }
  })
})

/** Signals in the store: once each, in order, and what they change at once. */

import { describe, expect, test } from '@jest/globals'
import { openDatabases } from '../test/support/database.ts'
import { MONDAY, turnOf } from '../test/support/plans.ts'
import { leadsOf, signal, somebody } from '../test/support/store-leads.ts'
import { findContact, listContacts } from './contacts.ts'
import { markStarted } from './leads.ts'
import { signalWords } from './lookup.ts'
import { contacts } from './schema.ts'
import { insertSignals, markSignalsDelivered, pendingSignals } from './signals.ts'
import { listSuppressions } from './suppression-list.ts'
import { suppress } from './suppressions.ts'

describe.each(await openDatabases())('signals on %s', (_, { db }) => {
  const { launch, one, record } = leadsOf(db)

  test('are kept in order, once each, and handed over once their lead is started', async () => {
    const lead = await one('signals')
    const first = signal('interest.expressed', { data: { level: 'general' }, contact: 'main' })
    const second = signal('reply.received')
    const list = [
      { lead, signal: first },
      { lead, signal: second, personal: { message: 'Call me' } },
      { lead, signal: first },
    ]
    expect(await insertSignals(db, list)).toEqual(['inserted', 'inserted', 'duplicate'])
    expect(await insertSignals(db, list)).toEqual(['duplicate', 'duplicate', 'duplicate'])
    const mine = async () => (await pendingSignals(db, 100_000)).filter((p) => p.lead === lead)
    expect(await mine()).toEqual([])
    await markStarted(db, [lead])
    expect(await mine()).toEqual([
      { lead, signal: first },
      { lead, signal: second },
    ])
    await markSignalsDelivered(db, [{ lead, id: first.id }])
    expect(await mine()).toEqual([{ lead, signal: second }])
    expect(await signalWords(db, lead)).toMatchObject([
      { personal: {} },
      { personal: { message: 'Call me' } },
    ])
  })

  test('that a turn took in need not be handed over again', async () => {
    const lead = await one('taken-in')
    const [taken, left] = [signal('link.clicked'), signal('link.clicked')]
    await insertSignals(db, [
      { lead, signal: taken },
      { lead, signal: left },
    ])
    await markStarted(db, [lead])
    const line = { at: MONDAY, kind: 'signal' as const, id: taken.id, type: taken.type }
    await record(turnOf(lead, 1, MONDAY, { changes: [line] }))
    const pending = (await pendingSignals(db, 100_000)).filter((p) => p.lead === lead)
    expect(pending).toEqual([{ lead, signal: left }])
  })

  test('of somebody unknown are refused', async () => {
    await expect(insertSignals(db, [{ lead: 'nobody', signal: signal('deal.won') }])).rejects.toThrow()
  })

  test.each([
    ['unsubscribed', {}, 'unsubscribed'],
    ['email.complained', {}, 'complained'],
    ['email.bounced', { hard: true }, 'bounced'],
  ] as const)('%s suppresses the address at once', async (type, data, reason) => {
    const lead = await one(`out-${reason}`)
    await insertSignals(db, [{ lead, signal: signal(type, { data }) }])
    expect(await listSuppressions(db)).toContainEqual({
      ...{ email: `out-${reason}@out-${reason}.example`, reason, at: MONDAY },
      ...{ source: 'signal', who: null, note: null },
    })
  })

  test('a soft bounce does not', async () => {
    const lead = await one('soft')
    await insertSignals(db, [{ lead, signal: signal('email.bounced', { data: { hard: false } }) }])
    expect((await listSuppressions(db)).some(({ email }) => email.startsWith('soft@'))).toBe(false)
  })

  test('identified contacts get a row, and what is learned later is added', async () => {
    const lead = await one('buyers')
    const contact = 'c1'
    const identified = (personal: Record<string, string>, role: string) =>
      insertSignals(db, [
        { lead, signal: signal('contact.identified', { contact, data: { role } }), personal },
      ])
    await identified({ email: 'Hugo@Buyers.example', first_name: 'Hugo' }, 'influencer')
    await identified({ last_name: 'Morel' }, 'decision_maker')
    expect((await listContacts(db, lead))[0]).toMatchObject({
      ...{
        id: 'c1',
        email: 'Hugo@Buyers.example',
        firstName: 'Hugo',
        lastName: 'Morel',
        role: 'decision_maker',
      },
    })
    expect(await findContact(db, lead, 'hugo@buyers.EXAMPLE')).toBe('c1')
    expect(await findContact(db, lead, 'else@buyers.example')).toBeUndefined()
  })

  test('an opt-out reaches the other leads that have the same person, and only those', async () => {
    const [mine, other] = (await launch(somebody('opt-a'), somebody('opt-b'))) as [string, string]
    const email = 'opt-a@opt-a.example'
    // As it was before an address was one person's.
    await db.insert(contacts).values({ leadId: other, id: 'c9', email, emailKey: email })
    await insertSignals(db, [{ lead: mine, signal: signal('unsubscribed') }])
    const news = async (lead: string) =>
      (await signalWords(db, lead)).filter(({ id }) => id.startsWith('suppressed:'))
    expect(await news(other)).toMatchObject([
      { id: `suppressed:c9:unsubscribed:${MONDAY}`, type: 'unsubscribed' },
    ])
    expect(await news(mine)).toEqual([])
  })

  test('somebody who opted out before they were identified is known to have', async () => {
    const lead = await one('opt-c')
    await suppress(db, 'gone@opt-c.example', 'complained', MONDAY)
    const identified = signal('contact.identified', { contact: 'c2', data: { role: 'user' } })
    await insertSignals(db, [{ lead, signal: identified, personal: { email: 'gone@opt-c.example' } }])
    expect(await signalWords(db, lead)).toMatchObject([{}, { type: 'email.complained' }])
  })

  test('thousands at once keep their order', async () => {
    const ids = await launch(...Array.from({ length: 50 }, (_, i) => somebody(`bulk${i}`)))
    const list = Array.from({ length: 2500 }, (_, i) => ({
      lead: ids[i % 50] as string,
      signal: signal('link.clicked'),
    }))
    expect(new Set(await insertSignals(db, list))).toEqual(new Set(['inserted']))
    await markStarted(db, ids)
    const pending = (await pendingSignals(db, 100_000)).filter((p) => ids.includes(p.lead))
    expect(pending.map((p) => p.signal.id)).toEqual(list.map((l) => l.signal.id))
    await markSignalsDelivered(
      db,
      list.map((l) => ({ lead: l.lead, id: l.signal.id })),
    )
    expect((await pendingSignals(db, 100_000)).filter((p) => ids.includes(p.lead))).toEqual([])
  })
})

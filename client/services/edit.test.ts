/** One person is one person: an address is whose it is now, and correcting it is a plain edit. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { listContacts } from '../../store/contacts.ts'
import { rows } from '../../store/db.ts'
import { findLeads, signalWords } from '../../store/lookup.ts'
import { leadDetail } from '../../store/reads.ts'
import { suppressionsOf } from '../../store/suppression-list.ts'
import { apiOn, csv, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended, started } from '../../test/support/leads.ts'
import { reopen } from './commands.ts'
import { edit } from './edit.ts'
import { launch } from './launch.ts'
import { show } from './leads.ts'
import { ENGLISH } from './reader.ts'
import { sendSignal } from './signals.ts'
import { lift } from './suppressions.ts'

describe.each(await openDatabases())('an edit on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let lead: string
  let n = 0
  const at = (name: string): string => `${name}@edit-${n}.example`
  const found = async (name: string) => (await findLeads(store.db, [name])).get(name)
  const said = async (id: string) => (await signalWords(store.db, id)).map(({ type }) => type)
  const identified = (to: string, email: string, more: Record<string, string> = {}) =>
    sendSignal(api.deps, {
      ...{ lead: to, type: 'contact.identified', fields: { role: 'user', email }, ...more },
    })

  beforeAll(async () => {
    await publishPlan(store)
    await publishPlan(store, 'second')
  })
  beforeEach(async () => {
    n += 1
    api = apiOn(store)
    lead = await started(store, at('lea'), { owner: 'claire', phone: '1' })
  })
  afterEach(() => api.stop())

  test('is on the timeline, with by whom and what; the workflow hears of it without anything personal', async () => {
    const body = {
      email: at('Léa.M').replace('é', 'e'),
      phone: '',
      owner: 'tom',
      last_name: 'Morel',
      by: 'max',
    }
    expect(await edit(api.deps, at('lea'), body)).toEqual({
      ...{ lead, contact: 'main', ended: false, suppressed: false },
      changed: [
        { field: 'email', before: at('lea'), now: at('Lea.M') },
        { field: 'last_name', before: null, now: 'Morel' },
        { field: 'phone', before: '1', now: null },
        { field: 'owner', before: 'claire', now: 'tom' },
      ],
    })
    expect(await leadDetail(store.db, lead)).toMatchObject({
      email: at('Lea.M'),
      lastName: 'Morel',
      owner: 'tom',
    })
    const [line] = (await signalWords(store.db, lead)).filter(({ type }) => type === 'contact.edited')
    expect(line).toMatchObject({
      data: { fields: 'email,last_name,phone,owner', address: true },
      personal: { email: at('Lea.M'), email_before: at('lea'), phone_before: '1', owner: 'tom', by: 'max' },
    })
    await ended(store, lead)
    const text = (await show(api.deps, lead, ENGLISH)).afterEnd[0]?.text
    expect(text).toContain(`e-mail before ${at('lea')}`)
    expect(text).toContain('by max')
    expect(await edit(api.deps, lead, { owner: 'tom' })).toMatchObject({ changed: [] })
  })

  test('of what is wrong is refused', async () => {
    const code = (code: string) => expect.objectContaining({ code })
    await expect(edit(api.deps, lead, { email: 'nobody' })).rejects.toEqual(code('invalid_email'))
    await expect(edit(api.deps, lead, { email: '' })).rejects.toEqual(code('invalid_email'))
    await expect(edit(api.deps, 'nobody', { owner: 'x' })).rejects.toEqual(code('lead_unknown'))
    await expect(edit(api.deps, lead, { owner: 'x', contact: 'c9' })).rejects.toEqual(code('contact_unknown'))
    expect((await api.call('PATCH', `/v1/leads/${lead}`, { nosuch: 1 })).status).toBe(400)
    expect(await api.client.edit(lead, { title: 'CFO' })).toMatchObject({
      changed: [{ field: 'title', now: 'CFO' }],
    })
  })

  describe.each(['edit', 'signal'] as const)('a new address (by %s)', (how) => {
    const readdress = (email: string, to = lead) =>
      how === 'edit' ? edit(api.deps, to, { email }) : identified(to, email, { contact: 'main' })

    test('is what the lead is found and launched by; the file it came from launches nobody again', async () => {
      await readdress(at('new'))
      expect(await found(at('NEW'))).toMatchObject({ id: lead })
      const request = { cadence: 'first', csv: csv(`${at('new')},Léa,Atelier`) }
      expect(await launch(api.deps, request)).toMatchObject({ launched: 0, already: 1 })
      const elsewhere = await launch(api.deps, { ...request, cadence: 'second' })
      expect(elsewhere.refused).toMatchObject([{ code: 'already_launched', values: { lead } }])
      const old = await launch(api.deps, { cadence: 'first', csv: csv(`${at('lea')},Léa,Atelier`) })
      expect(old).toMatchObject({
        launched: 0,
        already: 1,
        warnings: [{ code: 'address_corrected', rows: [2] }],
      })
      // Nobody has the old one now: it still means this lead, until somebody else has it.
      expect(await found(at('lea'))).toMatchObject({ id: lead })
      const other = await launch(api.deps, { cadence: 'second', csv: csv(`${at('lea')},Else,Atelier`) })
      expect(other).toMatchObject({ launched: 1 })
      expect((await found(at('lea')))?.id).not.toBe(lead)
    })

    test('moves the lead to the account of its company, and what waits there holds it', async () => {
      const waiting = await started(store, `max@other-${how}-${n}.example`)
      await sendSignal(api.deps, { lead: waiting, type: 'reply.received' })
      const before = (await leadDetail(store.db, lead))?.accountId
      await readdress(`lea@other-${how}-${n}.example`)
      const { accountId } = (await leadDetail(store.db, lead)) ?? {}
      expect(accountId).not.toBe(before)
      expect(accountId).toBe((await leadDetail(store.db, waiting))?.accountId)
      expect(await said(lead)).toContain('colleague.replied')
    })

    test('of somebody else is refused, and says whose it is', async () => {
      const other = await started(store, at('max'))
      await identified(other, at('known'))
      for (const [email, contact] of [
        [at('max'), 'main'],
        [at('Known'), expect.any(String)],
      ] as const) {
        const taken = { code: 'address_taken', values: { lead: other, cadence: 'first', contact } }
        await expect(readdress(email)).rejects.toMatchObject(taken)
      }
      expect(await said(lead)).toEqual([])
      await ended(store, other)
      await readdress(at('max'))
      expect(await found(at('max'))).toMatchObject({ id: lead, ended: false })
    })

    test('of one of the same lead is refused, too', async () => {
      await identified(lead, at('bob'))
      await expect(readdress(at('bob'))).rejects.toMatchObject({ code: 'address_taken', values: { lead } })
    })

    test('clears a bounce of the old one: the lead can be reopened, and is written to', async () => {
      await sendSignal(api.deps, { lead, type: 'email.bounced', fields: { hard: true } })
      await store.db.execute(
        sql`update leads set outcome = 'unreachable', outcome_at = now(), ended_at = now(), final = '{"format": 3}'
            where id = ${lead}`,
      )
      api.clock.at = NOW + 1000
      await readdress(at('right'))
      expect(await suppressionsOf(store.db, at('right'))).toEqual([])
      expect(await said(lead)).toContain('contact.edited')
      expect((await reopen(api.deps, lead)).lead).toBe(lead)
    })

    test('of somebody who said no at the old one is not written to either', async () => {
      await sendSignal(api.deps, { lead, type: 'unsubscribed' })
      await readdress(at('new'))
      expect(await suppressionsOf(store.db, at('new'))).toMatchObject([
        { source: 'edit', reason: 'unsubscribed' },
      ])
    })

    test('that must not be written to ends the lead', async () => {
      await sendSignal(api.deps, { lead: await started(store, at('no')), type: 'unsubscribed' })
      await store.db.execute(sql`update leads set ended_at = now() where email_key = ${at('no')}`)
      await readdress(at('no'))
      expect(await said(lead)).toContain('unsubscribed')
    })
  })

  test("a contact's address finds the lead, and what is said to it is said of them", async () => {
    await identified(lead, at('bob'))
    const bob = (await listContacts(store.db, lead)).find(({ id }) => id !== 'main')?.id
    expect(await found(at('bob'))).toMatchObject({ id: lead, contact: bob })
    await sendSignal(api.deps, { lead: at('bob'), type: 'unsubscribed' })
    expect((await signalWords(store.db, lead)).at(-1)).toMatchObject({ type: 'unsubscribed', contact: bob })
    expect(await suppressionsOf(store.db, at('lea'))).toEqual([])
    expect(await edit(api.deps, at('bob'), { first_name: 'Bob' })).toMatchObject({ contact: bob })
  })

  test('somebody whom an open lead knows is not launched, and the report says whose they are', async () => {
    await identified(lead, at('bob'))
    const report = await launch(api.deps, { cadence: 'second', csv: csv(`${at('bob')},Bob,Atelier`) })
    expect(report.refused).toMatchObject([
      { row: 2, code: 'contact_of_lead', values: { lead, cadence: 'first', contact: expect.any(String) } },
    ])
    await ended(store, lead)
    const again = await launch(api.deps, { cadence: 'second', csv: csv(`${at('bob')},Bob,Atelier`) })
    expect(again).toMatchObject({ launched: 1 })
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({ code: 'not_ended' })
    await store.db.execute(sql`update leads set final = '{"format": 3}' where id = ${lead}`)
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({
      ...{ code: 'already_open', values: { lead: (await found(at('bob')))?.id } },
    })
  })

  test('a lift lets a lead that ended by a no be reopened, and resumes nobody by itself', async () => {
    await sendSignal(api.deps, { lead, type: 'unsubscribed' })
    await store.db.execute(
      sql`update leads set outcome = 'opted_out', outcome_at = ${new Date(NOW).toISOString()}::timestamptz,
          ended_at = now(), final = '{"format": 3}' where id = ${lead}`,
    )
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({ code: 'suppressed' })
    api.clock.at = NOW + 1000
    const lifted = await lift(api.deps, at('lea'), { reason: 'wrote so' })
    expect(lifted.leads).toEqual([{ lead, contact: 'main', ended: true }])
    expect((await leadDetail(store.db, lead))?.endedAt).not.toBeNull()
    expect((await reopen(api.deps, lead)).lead).toBe(lead)
    expect(await said(lead)).toEqual(['unsubscribed', 'suppression.lifted'])
  })

  test('who ended by a no that nobody lifted stays ended, whatever the list says', async () => {
    await store.db.execute(
      sql`update leads set outcome = 'opted_out', outcome_at = now(), ended_at = now(), final = '{"format": 3}'
          where id = ${lead}`,
    )
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({
      ...{ code: 'ended_for_good', values: { outcome: 'opted_out' } },
    })
  })

  test('at one moment, one of many has an address: launches, edits and signals at once', async () => {
    const leads = await Promise.all(Array.from({ length: 4 }, (_, i) => started(store, at(`p${i}`))))
    const email = at('wanted')
    const tries = await Promise.allSettled([
      launch(api.deps, { cadence: 'first', csv: csv(`${email},A,Atelier`) }),
      launch(api.deps, { cadence: 'second', csv: csv(`${email},B,Atelier`) }),
      ...leads.slice(0, 2).map((id) => edit(api.deps, id, { email })),
      ...leads.slice(2).map((id) => identified(id, email)),
    ])
    expect(tries.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(3)
    const holders = await rows(
      store.db,
      sql`select from contacts c join leads l on l.id = c.lead_id
          where c.email_key = ${email} and l.ended_at is null`,
    )
    expect(holders).toHaveLength(1)
  })
})

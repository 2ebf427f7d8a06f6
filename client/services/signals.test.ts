import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { listContacts } from '../../store/contacts.ts'
import { insertLeads } from '../../store/leads.ts'
import { signalWords } from '../../store/lookup.ts'
import { listSuppressions } from '../../store/suppression-list.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended, started } from '../../test/support/leads.ts'
import { show } from './leads.ts'
import { ENGLISH } from './reader.ts'
import { type SignalRequest, sendSignal, sendSignals } from './signals.ts'

describe.each(await openDatabases())('signals on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let lead: string
  let email: string
  let n = 0

  beforeAll(async () => {
    await publishPlan(store)
  })
  beforeEach(async () => {
    n += 1
    // A company of its own: colleagues hear of each other.
    email = `lea@atelier-${n}.example`
    lead = await started(store, email)
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  /** What this test's lead got. */
  const sent = () => api.workflows.arrived.flatMap((a) => (a.lead === lead ? a.signals : []))

  describe('a signal', () => {
    test('reaches the workflow with its facts and without what is personal', async () => {
      const answer = await sendSignal(api.deps, {
        lead: email.toUpperCase(),
        type: 'reply.received',
        fields: { message: 'Call Léa on 06' },
        id: 'crm-1',
        source: 'crm',
      })
      const at = new Date(NOW).toISOString()
      const ids = { lead, id: 'crm-1', type: 'reply.received', at }
      expect(answer).toEqual({ ...ids, duplicate: false, ended: false, delivered: true })
      expect(sent()).toEqual([{ id: 'crm-1', type: 'reply.received', at: NOW, seen: NOW, data: {} }])
      const words = await signalWords(store.db, lead)
      expect(words[0]?.personal).toEqual({ message: 'Call Léa on 06', source: 'crm' })
    })

    test('sent twice counts once', async () => {
      const request = { lead, type: 'demo.held', id: 'same' }
      await sendSignal(api.deps, request)
      expect(await sendSignal(api.deps, request)).toMatchObject({ duplicate: true, id: 'same' })
      expect(api.workflows.signalsOf(lead)).toEqual(['same'])
    })

    test('with the id of another one is a conflict, and the first stays', async () => {
      const request = { lead, type: 'proposal.sent', id: 'p', fields: { amount: 5 }, source: 'crm' }
      await sendSignal(api.deps, request)
      const conflict = { code: 'signal_conflict', values: { lead, id: 'p', before: 'proposal.sent' } }
      const fields = { role: 'user', email: `c7@atelier-${n}.example` }
      await sendSignal(api.deps, { lead, type: 'contact.identified', fields })
      const others: Partial<SignalRequest>[] = [
        { fields: { amount: 6 } },
        { type: 'proposal.viewed' },
        { contact: fields.email },
        { fields: {} },
      ]
      for (const other of others) {
        await expect(sendSignal(api.deps, { ...request, ...other })).rejects.toMatchObject(conflict)
      }
      expect(await sendSignal(api.deps, { ...request, source: 'else' })).toMatchObject({ duplicate: true })
      expect((await signalWords(store.db, lead))[0]).toMatchObject({ data: { amount: 5 } })
    })

    test('that is a no is taken in, whatever its id was used for, under an id of its own', async () => {
      await sendSignal(api.deps, { lead, type: 'demo.held', id: 'used' })
      const first = await sendSignal(api.deps, { lead, type: 'unsubscribed', id: 'used' })
      expect(first).toMatchObject({ duplicate: false, suppressed: true })
      expect(first.id).toMatch(/^no-[0-9a-f]{16}$/)
      expect(api.workflows.signalsOf(lead)).toEqual(['used', first.id])
      const again = await sendSignal(api.deps, { lead, type: 'unsubscribed', id: 'used' })
      expect(again).toMatchObject({ duplicate: true, id: first.id })
      const complaint = { lead, type: 'email.complained', id: 'used', at: '2026-11-20T10:00:00Z' }
      const [one, other] = await sendSignals(api.deps, [complaint, { ...complaint, id: first.id }])
      expect(one).toMatchObject({ answer: { duplicate: false } })
      expect(other).toMatchObject({ answer: { duplicate: false } })
      expect((await signalWords(store.db, lead)).map(({ type }) => type)).toEqual([
        ...['demo.held', 'unsubscribed', 'email.complained', 'email.complained'],
      ])
    })

    test('that is a no is taken in although its time is yet to come: it counts from now', async () => {
      const at = new Date(NOW + 3_600_000).toISOString()
      await sendSignal(api.deps, { lead, type: 'unsubscribed', at })
      expect((await signalWords(store.db, lead))[0]).toMatchObject({ at: api.clock.at })
      await expect(sendSignal(api.deps, { lead, type: 'demo.held', at })).rejects.toMatchObject({
        code: 'signal_in_the_future',
      })
    })

    test('whose time is another one is another one; sent again without a time it is the same', async () => {
      const [at, id] = ['2026-11-20T10:00:00Z', 'timed']
      await sendSignal(api.deps, { lead, type: 'demo.held', id, at })
      api.clock.at += 1000
      expect(await sendSignal(api.deps, { lead, type: 'demo.held', id })).toMatchObject({ duplicate: true })
      expect(await sendSignal(api.deps, { lead, type: 'demo.held', id, at })).toMatchObject({
        duplicate: true,
      })
      const other = { lead, type: 'demo.held', id, at: '2026-11-21T10:00:00Z' }
      await expect(sendSignal(api.deps, other)).rejects.toMatchObject({ code: 'signal_conflict' })
      const [, late] = await sendSignals(api.deps, [{ lead, type: 'demo.held', id: 'now' }, other])
      expect(late).toMatchObject({ error: { code: 'signal_conflict' } })
    })

    test('gets an id of its own when it has none', async () => {
      const one = await sendSignal(api.deps, { lead, type: 'demo.held' })
      const two = await sendSignal(api.deps, { lead, type: 'demo.held' })
      expect(one.id).not.toBe(two.id)
    })

    test('whose id is personal travels under a token, and still counts once', async () => {
      const request = { lead, type: 'reply.received', id: '<CAF.lea@mail.atelier.example>' }
      expect(await sendSignal(api.deps, request)).toMatchObject({ id: request.id, duplicate: false })
      expect(await sendSignal(api.deps, request)).toMatchObject({ id: request.id, duplicate: true })
      expect(JSON.stringify(sent())).not.toContain('atelier')
    })

    test('keeps the time it happened; one that has not come yet is refused', async () => {
      const at = '2026-11-20T10:00:00+01:00'
      await sendSignal(api.deps, { lead, type: 'demo.held', at })
      expect(sent()[0]).toMatchObject({ at: Date.parse(at), seen: NOW })
      const soon = new Date(NOW + 59_000).toISOString()
      await sendSignal(api.deps, { lead, type: 'demo.held', at: soon })
      const later = new Date(NOW + 61_000).toISOString()
      await expect(sendSignal(api.deps, { lead, type: 'demo.held', at: later })).rejects.toMatchObject({
        code: 'signal_in_the_future',
      })
    })

    test('of nobody is refused', async () => {
      for (const nobody of ['nobody@atelier.example', 'n0b0dy']) {
        await expect(sendSignal(api.deps, { lead: nobody, type: 'demo.held' })).rejects.toMatchObject({
          code: 'lead_unknown',
          values: { lead: nobody },
        })
      }
    })

    test('for a lead that has ended is recorded, and says so', async () => {
      await ended(store, lead)
      api.workflows.gone.add(lead)
      const answer = await sendSignal(api.deps, { lead, type: 'demo.held', id: 'late' })
      expect(answer).toMatchObject({ ended: true, duplicate: false })
      expect((await signalWords(store.db, lead)).map(({ id }) => id)).toEqual(['late'])
      const { timeline, afterEnd } = await show(api.deps, lead, ENGLISH)
      expect(timeline.map(({ kind }) => kind)).toEqual(['launched'])
      expect(afterEnd).toMatchObject([{ kind: 'signal', id: 'late', type: 'demo.held' }])
    })
  })

  describe('without Temporal', () => {
    test('an opt-out holds before it is acknowledged', async () => {
      api.workflows.away = true
      const answer = await sendSignal(api.deps, { lead, type: 'unsubscribed' })
      expect(answer.delivered).toBe(false)
      const suppressed = (await listSuppressions(store.db)).map((s) => s.email)
      expect(suppressed).toContain(email)
    })

    test('signals are acknowledged, and arrive in their order once it is back', async () => {
      api.workflows.away = true
      for (const id of ['a', 'b', 'c']) await sendSignal(api.deps, { lead, type: 'demo.held', id })
      expect(sent()).toEqual([])
      const back = new Promise<void>((resolve) => {
        api.relay.watch(({ delivered }) => delivered.size > 0 && resolve())
      })
      api.workflows.away = false
      await back
      expect(api.workflows.signalsOf(lead)).toEqual(['a', 'b', 'c'])
    })

    test('signals wait for their lead to be started', async () => {
      const into = { cadence: 'first', version: 1, now: NOW }
      api.workflows.away = true
      const [fresh] = await insertLeads(store.db, [{ email: `new.${n}@atelier.example`, zone: 'UTC' }], into)
      const id = fresh?.kind === 'inserted' ? fresh.id : ''
      await sendSignal(api.deps, { lead: id, type: 'demo.held', id: 'early' })
      const back = new Promise<void>((resolve) => {
        api.relay.watch(({ delivered }) => delivered.size > 0 && resolve())
      })
      api.workflows.away = false
      await back
      expect(api.workflows.started.map((input) => input.lead.id)).toEqual([id])
      expect(api.workflows.signalsOf(id)).toEqual(['early'])
    })

    test('one lead that Temporal refuses does not hold up the others', async () => {
      const other = await started(store, `other.${n}@atelier.example`)
      api.workflows.refuses.add(lead)
      const [bad, good] = await sendSignals(api.deps, [
        { lead, type: 'demo.held' },
        { lead: other, type: 'demo.held' },
      ])
      expect(good).toMatchObject({ answer: { delivered: true } })
      expect(bad).toMatchObject({ answer: { delivered: false } })
      expect(api.workflows.signalsOf(other)).toHaveLength(1)
    })
  })

  describe('people and topics', () => {
    test('somebody identified gets an id that says nothing, the same for the same address', async () => {
      const hugo = { role: 'decision_maker', email: `hugo.${n}@atelier.example`, first_name: 'Hugo' }
      await sendSignal(api.deps, { lead, type: 'contact.identified', fields: hugo })
      await sendSignal(api.deps, {
        lead,
        type: 'contact.identified',
        fields: { ...hugo, role: 'influencer', email: hugo.email.toUpperCase() },
      })
      const contacts = await listContacts(store.db, lead)
      const added = contacts.find(({ id }) => id !== 'main')
      expect(contacts).toHaveLength(2)
      expect(added).toMatchObject({ firstName: 'Hugo', role: 'influencer' })
      expect(sent().map(({ contact }) => contact)).toEqual([added?.id, added?.id])
      expect(JSON.stringify(sent())).not.toMatch(/hugo/i)
    })

    test('a signal can be about a contact by address, also one identified just before it', async () => {
      const address = `hugo.${n}@atelier.example`
      const outcomes = await sendSignals(api.deps, [
        { lead, type: 'contact.identified', fields: { role: 'user', email: address } },
        { lead, type: 'contact.left', contact: address },
        { lead, type: 'contact.left', contact: email },
        { lead, type: 'contact.left', contact: 'somebody' },
      ])
      const [first, left, main] = sent()
      expect(left?.contact).toBe(first?.contact)
      expect(main).not.toHaveProperty('contact')
      expect(outcomes[3]).toMatchObject({ error: { code: 'contact_unknown' } })
    })

    test('an address that is none, or a name without one, is refused', async () => {
      const identify = (fields: Record<string, string>) =>
        sendSignal(api.deps, { lead, type: 'contact.identified', fields: { role: 'user', ...fields } })
      await expect(identify({ email: 'hugo at home' })).rejects.toMatchObject({ code: 'invalid_email' })
      await expect(identify({ first_name: 'Hugo' })).rejects.toMatchObject({ code: 'missing_field' })
      await identify({})
      expect(sent()[0]).not.toHaveProperty('contact')
    })

    test('an objection travels as a token, and is shown by its name', async () => {
      await sendSignals(api.deps, [
        { lead, type: 'objection.raised', fields: { topic: 'Data  migration', by: 'saboteur' } },
        { lead, type: 'objection.overcome', fields: { topic: 'data migration' } },
      ])
      const [raised, overcome] = sent()
      expect(raised?.data.topic).toBe(overcome?.data.topic)
      expect(String(raised?.data.topic)).not.toMatch(/migration/i)
      expect((await signalWords(store.db, lead))[0]?.personal).toEqual({ topic: 'Data  migration' })
      await expect(show(api.deps, lead, ENGLISH)).resolves.toMatchObject({ lead: { id: lead } })
    })
  })

  test('a thousand signals: each has its answer, wrong ones keep no other out', async () => {
    const requests = Array.from({ length: 1000 }, (_, i) => ({
      lead,
      type: i % 10 === 0 ? 'no.such.signal' : 'link.clicked',
      id: `s${i}`,
    }))
    const outcomes = await sendSignals(api.deps, requests)
    expect(outcomes).toHaveLength(1000)
    outcomes.forEach((outcome, i) => {
      expect(outcome).toHaveProperty(i % 10 === 0 ? 'error' : 'answer')
    })
    const expected = requests.filter(({ type }) => type === 'link.clicked').map(({ id }) => id)
    expect(api.workflows.signalsOf(lead)).toEqual(expected)
  })
})

import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import type { TaskWording } from '../../../cadence/reasons/dictionary.ts'
import { DAY } from '../../../cadence/time.ts'
import { rows } from '../../../store/db.ts'
import { newId } from '../../../store/ids.ts'
import { ledgerIn } from '../../../store/ledger.ts'
import { insertTask } from '../../../store/tasks.ts'
import { apiOn, NOW, publishPlan, TOKEN } from '../../../test/support/api.ts'
import { openDatabases } from '../../../test/support/database.ts'
import { ended, started } from '../../../test/support/leads.ts'
import { touchOf } from '../../../test/support/plans.ts'

describe.each(await openDatabases())('tasks on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let lead: string
  let email: string
  let check: string
  let call: string
  let n = 0

  beforeAll(async () => {
    await publishPlan(store)
  })
  beforeEach(async () => {
    n += 1
    email = `lea.${n}@atelier.example`
    lead = await started(store, email)
    check = await put('check', 'credit_check', 'house-bank', 'finance')
    call = await put('call', 'task', 'Call Léa', 'claire')
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  /** Puts a task on the list as its touch does. */
  async function put(
    step: string,
    kind: 'task' | 'credit_check',
    name: string,
    who: string,
    wording: TaskWording | null = null,
  ): Promise<string> {
    const touch = touchOf(lead, step, { kind, name })
    await ledgerIn(store.db).claim({
      ...{ touch, account: null, cadence: 'first', version: 1, slot: NOW, token: newId(), now: NOW },
    })
    const task = {
      id: touch.key,
      lead,
      kind,
      text: `${step} it`,
      wording,
      for: who,
      at: NOW,
      due: NOW + DAY,
    }
    await insertTask(store.db, task)
    return touch.key
  }

  const signals = () =>
    rows<{ id: string; type: string; data: object; personal: object }>(
      store.db,
      sql`select id, type, data, personal from signals where lead_id = ${lead} order by n`,
    )

  describe('the list', () => {
    test('of a lead, by its address; the ones still to do, whose they are', async () => {
      const listed = await api.client.tasks({ lead: email })
      expect(listed.map(({ id }) => id)).toEqual([call, check])
      expect(listed[1]).toEqual({
        ...{ id: check, lead, company: 'Atelier', kind: 'credit_check', text: 'check it', for: 'finance' },
        ...{ at: new Date(NOW).toISOString(), due: new Date(NOW + DAY).toISOString(), doneAt: null },
        ...{ closedAt: null, closing: null, amount: null },
        contact: { name: expect.any(String), title: null, phone: null, email },
      })
      await api.client.finishTask(call)
      const ids = async (filter: object) => (await api.client.tasks({ lead, ...filter })).map(({ id }) => id)
      expect(await ids({ open: 'true' })).toEqual([check])
      expect(await ids({ open: 'false' })).toEqual([call])
      expect(await ids({ for: 'claire' })).toEqual([call])
      expect(await ids({ limit: 1 })).toEqual([check])
      await expect(api.client.tasks({ lead: 'nobody@x.example' })).rejects.toMatchObject({
        code: 'lead_unknown',
      })
    })

    test('an id with slashes, written as %2F', async () => {
      const path = `/v1/tasks/${lead}%2F1%2Fcheck`
      expect((await api.call('GET', path)).body).toMatchObject({ id: check })
      expect((await api.call('GET', `/v1/tasks/${check}`)).status).toBe(404)
      await expect(api.client.task('x/1/y')).rejects.toMatchObject({ code: 'task_unknown' })
    })

    test('its lead hears that it is done, once', async () => {
      await api.client.finishTask(call)
      await api.client.finishTask(call)
      expect(await signals()).toEqual([
        { id: `done:${call}`, type: 'task.done', data: { step: 'call', visit: 1 }, personal: {} },
      ])
    })

    test('one that closed by itself says why, in the language asked for, and is not to be done', async () => {
      const because = { code: 'stage_over', stage: 'contact' }
      await store.db.execute(
        sql`update tasks set closed_at = now(), closing = ${JSON.stringify(because)}::jsonb where id = ${call}`,
      )
      const said = async (language: string): Promise<unknown> =>
        (
          await api.call('GET', `/v1/tasks/${encodeURIComponent(call)}`, undefined, {
            'accept-language': language,
          })
        ).body
      expect(await said('en')).toMatchObject({ closing: { ...because, text: 'stage contact is over' } })
      expect(await said('fr')).toMatchObject({ closing: { text: 'la phase contact est finie' } })
      expect((await api.client.tasks({ lead, open: 'true' })).map(({ id }) => id)).toEqual([check])
      expect(await api.client.finishTask(call)).toMatchObject({
        doneAt: expect.any(String),
        closing: because,
      })
    })

    test('done twice is done once', async () => {
      const first = await api.client.finishTask(call)
      api.clock.at += DAY
      expect(await api.client.finishTask(call)).toEqual(first)
      api.clock.at = NOW
      expect(first.doneAt).toBe(new Date(NOW).toISOString())
      await expect(api.client.finishTask('x/1/y')).rejects.toMatchObject({ code: 'task_unknown' })
    })
  })

  describe('the form of a credit check', () => {
    test('has its fields described; of other tasks it can be said that they opted out', async () => {
      const { form } = await api.client.task(check)
      expect(form?.map(({ name }) => name)).toEqual(['decision', 'limit', 'rating', 'reference', 'note'])
      expect(form?.[0]).toMatchObject({
        values: ['approved', 'refused', 'review', 'opted_out'],
        required: true,
      })
      expect(await api.client.task(call)).toMatchObject({
        form: [{ name: 'decision', values: ['opted_out'] }, { name: 'note' }],
      })
      await expect(api.client.answerTask(call, { decision: 'approved' })).rejects.toMatchObject({
        ...{ code: 'no_form', remedy: expect.stringContaining('done') },
      })
    })

    test('of any task it can be said that they want no more e-mails: a no like any other', async () => {
      const answer = await api.client.answerTask(call, { decision: 'opted_out', note: 'on the phone' })
      expect(answer).toMatchObject({
        task: { id: call, doneAt: expect.any(String) },
        signal: { lead, type: 'unsubscribed', suppressed: true, duplicate: false },
      })
      expect(await signals()).toMatchObject([
        { type: 'unsubscribed', id: `task:${call}` },
        { type: 'task.done' },
      ])
      await expect(api.client.answerTask(call, { decision: 'opted_out', note: 'no' })).rejects.toMatchObject({
        code: 'task_answered',
      })
    })

    test('what can’t be made is left out once, and nothing else is', async () => {
      const flaw = { code: 'address_missing', contact: 'anna' } as const
      const wording = { code: 'mend', lead: 'Léa', step: 'hello', flaw } as const
      const mend = await put('mend-hello', 'task', 'mend', 'claire', wording)
      const { text, form } = await api.client.task(mend)
      expect(text).toContain('--contact anna')
      expect(form[0]?.values).toEqual(['skip', 'opted_out'])
      const answer = await api.client.answerTask(mend, { decision: 'skip' })
      const signal = { lead, id: `done:${mend}`, type: 'task.done', ended: false }
      expect(answer).toMatchObject({
        task: { id: mend, doneAt: expect.any(String) },
        signal: { ...signal, duplicate: false, delivered: true },
      })
      expect(await signals()).toMatchObject([{ data: { step: 'mend-hello', visit: 1, skip: true } }])
      expect((await api.client.answerTask(mend, { decision: 'skip' })).signal).toMatchObject({
        ...{ ...signal, duplicate: true },
      })
      expect(await signals()).toHaveLength(1)

      const tried = await put('mend-gain', 'task', 'mend', 'claire', wording)
      await api.client.finishTask(tried)
      const refused = { code: 'task_answered', remedy: expect.stringContaining('relance tasks') }
      await expect(api.client.answerTask(tried, { decision: 'skip' })).rejects.toMatchObject(refused)
      await expect(api.client.answerTask(call, { decision: 'skip' })).rejects.toMatchObject({
        code: 'no_form',
      })
    })

    test('a decision is a signal to the lead, and the task is done', async () => {
      const form = {
        decision: 'approved',
        limit: 50_000,
        rating: 'B+',
        reference: '8841',
        note: 'known to Inès',
      }
      const answer = await api.client.answerTask(check, form as never)
      expect(answer).toMatchObject({
        task: { id: check, doneAt: expect.any(String) },
        signal: { lead, type: 'credit.approved', duplicate: false, delivered: true },
      })
      expect(await signals()).toEqual([
        {
          ...{ id: `task:${check}`, type: 'credit.approved' },
          data: { limit: 50_000, rating: 'B+', ref: '8841', provider: 'house-bank' },
          personal: { note: 'known to Inès', source: 'task' },
        },
      ])
      // What a person wrote stays in the database.
      expect(JSON.stringify(api.workflows.arrived)).not.toContain('Inès')
    })

    test('an HTML form says the same, whatever is left empty', async () => {
      const post = (body: string) =>
        api.app.request(`/v1/tasks/${encodeURIComponent(check)}/answer`, {
          method: 'POST',
          headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-www-form-urlencoded' },
          body,
        })
      expect((await post('decision=approved&limit=50000&rating=&reference=&note=')).status).toBe(200)
      expect(await signals()).toMatchObject([{ data: { limit: 50_000, provider: 'house-bank' } }])
      const again = await api.client.answerTask(check, { decision: 'approved', limit: 50_000 })
      expect(again.signal).toMatchObject({ duplicate: true })
      expect((await post('limit=5')).status).toBe(400)
    })

    test('an approval without a limit covers no amount; another decision has none', async () => {
      await api.client.answerTask(check, { decision: 'approved' })
      expect(await signals()).toMatchObject([{ type: 'credit.approved', data: { limit: 0 } }])
      const again = await api.client.answerTask(check, { decision: 'approved' })
      expect(again.signal).toMatchObject({ duplicate: true })
    })

    test('twice the same counts once; another one is refused, and says what to do', async () => {
      await api.client.answerTask(check, { decision: 'approved', limit: 1 })
      api.clock.at += DAY
      expect(
        (await api.client.answerTask(check, { decision: 'approved', limit: '1' })).signal.duplicate,
      ).toBe(true)
      api.clock.at = NOW
      for (const form of [
        { decision: 'refused' as const },
        { decision: 'approved' as const, limit: 2 },
        { decision: 'approved' as const, limit: 1, note: 'well' },
      ]) {
        await expect(api.client.answerTask(check, form)).rejects.toMatchObject({
          ...{ code: 'task_answered', remedy: expect.stringContaining(`relance signal ${lead}`) },
        })
      }
      expect(await signals()).toHaveLength(1)
    })

    test.each([
      [{}, 'decision', 400],
      [{ decision: 'maybe' }, 'decision', 400],
      [{ decision: 'approved', limit: 'lots' }, 'limit', 422],
      [{ decision: 'approved', limit: -1 }, 'limit', 422],
      [{ decision: 'approved', rating: 'very low' }, 'rating', 422],
      [{ decision: 'approved', colour: 'red' }, 'colour', 400],
    ])('%j is refused, and the task stays open', async (form, field, refused) => {
      const path = `/v1/tasks/${encodeURIComponent(check)}/answer`
      const { status, body } = await api.call('POST', path, form)
      expect([status, body.error.message.includes(field)]).toEqual([refused, true])
      expect(await signals()).toEqual([])
      expect(await api.client.task(check)).toMatchObject({ doneAt: null })
    })

    test('for an ended lead it is recorded, and says so', async () => {
      await ended(store, lead)
      const { signal } = await api.client.answerTask(check, { decision: 'refused' })
      expect(signal).toMatchObject({ type: 'credit.refused', ended: true })
    })
  })
})

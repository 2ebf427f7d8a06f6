/** What a person asks of a lead by the API, and cadences that are published. */

import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import { NOW, PLAN } from '../../test/support/api.ts'
import { type ApiWithLead, apiWithLead } from '../../test/support/api-with-lead.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended } from '../../test/support/leads.ts'

describe.each(await openDatabases())('commands on %s', (_, store) => {
  let api: ApiWithLead['api']
  let lead: ApiWithLead['lead']
  apiWithLead(store, (it) => {
    ;({ api, lead } = it)
  })

  describe('what a person asks', () => {
    test('pause closes the gate even when the workflow does not answer; resume opens it', async () => {
      api.workflows.away = true
      expect(await api.client.pause(lead)).toEqual({ lead, done: 'paused' })
      expect((await api.client.show(lead)).hold).toBe('paused')
      await expect(api.client.resume(lead)).rejects.toMatchObject({ code: 'temporal_away' })
      expect((await api.client.show(lead)).hold).toBe('paused')
      api.workflows.away = false
      expect(await api.client.resume(lead)).toEqual({ lead, done: 'resumed' })
      expect((await api.client.show(lead)).hold).toBe(null)
      expect(api.workflows.asked).toEqual([{ lead, ask: { format: FORMAT, kind: 'resume', seen: NOW } }])
    })

    test('is answered in the language of the request', async () => {
      const french = { ...api.headers, 'accept-language': 'fr-CA' }
      const ask = async (verb: string): Promise<unknown> => {
        const path = `/v1/leads/${lead}/${verb}`
        return (await api.app.request(path, { method: 'POST', headers: french })).json()
      }
      expect(await ask('pause')).toEqual({ lead, done: 'mise en pause' })
      expect(await ask('resume')).toEqual({ lead, done: 'reprise' })
      expect(await ask('drop')).toEqual({ lead, done: 'abandonnée' })
    })

    test('resuming what is not paused says what would let it go on', async () => {
      await expect(api.client.resume(lead)).rejects.toMatchObject({ code: 'not_paused', values: {} })
      await store.db.execute(sql`update leads set hold = 'reply' where id = ${lead}`)
      await expect(api.client.resume(lead)).rejects.toMatchObject({
        code: 'not_paused',
        values: { hold: 'reply' },
        remedy: expect.stringContaining('reply.handled'),
      })
      expect(api.workflows.asked).toEqual([])
    })

    test('drop says how', async () => {
      await api.client.drop(lead)
      await api.client.drop(lead, { outcome: 'unresponsive' })
      expect(api.workflows.asked.map(({ ask }) => ask)).toMatchObject([
        { kind: 'drop', outcome: 'lost' },
        { kind: 'drop', outcome: 'unresponsive' },
      ])
      await expect(api.client.move(lead, { version: 9 })).rejects.toMatchObject({ code: 'cadence_unknown' })
      await expect(api.client.move(lead)).rejects.toMatchObject({ code: 'no_worker' })
      const bare = await api.app.request(`/v1/leads/${lead}/drop`, { method: 'POST', headers: api.headers })
      expect(bare.status).toBe(200)
    })

    test('of a lead that has ended, or of nobody, is refused', async () => {
      await ended(store, lead)
      await expect(api.client.pause(lead)).rejects.toMatchObject({
        code: 'lead_ended',
        values: { outcome: 'lost' },
      })
      await expect(api.client.pause('nobody')).rejects.toMatchObject({ code: 'lead_unknown' })
    })

    test("the workflow's own refusal comes through", async () => {
      api.workflows.refusal = new RelanceError('bad_outcome', { outcome: 'won' })
      await expect(api.client.drop(lead)).rejects.toMatchObject({ code: 'bad_outcome' })
    })

    test('explain asks the workflow, or the record when that does not answer', async () => {
      const record = await api.client.explain(lead)
      expect(record).toMatchObject({ from: 'record', does: 'unknown', because: 'not started yet' })
      api.workflows.explanation = {
        format: FORMAT,
        lead: { ...newLead(lead, NOW), stage: 'contact', urgency: 'calm' },
        cadence: PLAN.cadence,
        version: 1,
        kind: 'rest',
        hold: 'reply',
        because: { code: 'reply_waits', since: NOW },
        again: NOW,
      }
      expect(await api.client.explain(lead)).toMatchObject({
        from: 'workflow',
        does: 'rest',
        stage: 'contact',
        hold: 'reply',
        because: 'a reply of 23 Nov 2026 waits for the seller',
        reason: { code: 'reply_waits', since: NOW },
        next: { step: null, at: null, reason: { code: 'reply_waits' } },
        again: new Date(NOW).toISOString(),
      })
    })
  })

  test('a rehearsal of a lead goes on from where it is, and says whose holidays it observes', async () => {
    const living = { ...newLead(lead, NOW), stage: 'contact', urgency: 'calm' }
    const { cadence } = PLAN
    api.workflows.explanation = {
      ...{
        format: FORMAT,
        lead: living,
        cadence,
        version: 1,
        kind: 'rest',
        because: { code: 'not_started' },
      },
    }
    expect(await api.client.rehearse(lead)).toMatchObject({
      ...{ calendar: [{ step: 'hello', at: new Date(NOW).toISOString() }] },
      ...{ zone: 'Europe/Paris', holidays: 'FR', assumed: false },
    })
  })

  describe('publish', () => {
    const source = `
cadence: published
from: claire
locale: en
stages:
  - stage: contact
    until: { interest: general }
    steps: [{ id: hello, email: hello }]
    otherwise: { end: unresponsive }
`
    const hello = '---\nsubject: Hello\n---\nDear {{ contact.first_name }}\n'
    const templates = { 'hello.md': hello }

    test('the same content is the same version; a template of another cadence changes nothing', async () => {
      const first = await api.client.publish({ source, templates })
      expect(first).toEqual({ cadence: 'published', version: 1, isNew: true, warnings: [], edits: [] })
      const again = await api.client.publish({
        source,
        templates: { ...templates, 'else.md': hello },
      })
      expect(again).toMatchObject({ version: 1, isNew: false, warnings: [{ code: 'unused_template' }] })
      const edited = await api.client.publish({ source, templates: { 'hello.md': `${hello}!` } })
      expect(edited).toMatchObject({ version: 2, isNew: true })
    })

    test('errors name file, line and column, each by itself too', async () => {
      const refused = api.client.publish({ source: `${source}urgence: x`, file: 'mine.yaml', templates })
      await expect(refused).rejects.toMatchObject({
        code: 'cadence_invalid',
        values: { errors: 1 },
        message: expect.stringMatching(/^mine\.yaml:10:1 {2}\S/),
        problems: [
          expect.objectContaining({ file: 'mine.yaml', line: 10, column: 1, remedy: expect.any(String) }),
        ],
      })
    })
  })
})

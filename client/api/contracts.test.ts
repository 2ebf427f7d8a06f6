/** What each route of the API answers. */

import { describe, expect, test } from '@jest/globals'
import { csv, NOW } from '../../test/support/api.ts'
import { type ApiWithLead, apiWithLead, MESSAGE } from '../../test/support/api-with-lead.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended } from '../../test/support/leads.ts'

describe.each(await openDatabases())('the contracts on %s', (_, store) => {
  let api: ApiWithLead['api']
  let lead: ApiWithLead['lead']
  let email: ApiWithLead['email']
  let n: ApiWithLead['n']
  apiWithLead(store, (it) => {
    ;({ api, lead, email, n } = it)
  })

  describe('the contracts', () => {
    test('launch: counts, and refusals by row', async () => {
      const file = csv(
        `a.${n}@atelier.example,Léa,Atelier`,
        `b.${n}@atelier.example,,Atelier`,
        'c,Léa,Atelier',
      )
      const report = await api.client.launch('first', file)
      expect(report).toEqual({
        launched: 1,
        already: 0,
        ended: 0,
        refused: [
          {
            row: 3,
            code: 'unfillable_template',
            message: 'hello.md needs contact.first_name',
            values: { gaps: [{ text: { template: 'hello.md' }, variables: ['contact.first_name'] }] },
          },
          {
            row: 4,
            code: 'invalid_email',
            message: '"c": there is no @',
            values: { address: 'c', fault: { kind: 'no_at' } },
          },
        ],
        warnings: [
          {
            code: 'zone_assumed',
            message: 'neither time zone nor country known: Europe/Paris is assumed (row 2)',
            values: { zone: 'Europe/Paris' },
            rows: [2],
          },
        ],
        encoding: { name: 'utf-8', confidence: 1, sample: ['Léa'] },
        columns: [
          {
            column: 'email',
            fields: ['email'],
            samples: [`a.${n}@atelier.example`, `b.${n}@atelier.example`],
          },
          { column: 'first_name', fields: ['first_name'], samples: ['Léa'] },
          { column: 'company', fields: ['company'], samples: ['Atelier'] },
        ],
        suppressed: 0,
        stopped: [],
        starting: 0,
        dryRun: false,
      })
    })

    test('launch: as a form, and with a mapping', async () => {
      const form = new FormData()
      form.set('file', new Blob([`Wo,Wer\nm.${n}@atelier.example,Léa\n`]), 'leads.csv')
      form.append('map', 'email=Wo')
      form.append('map', 'first_name=Wer')
      form.set('dry_run', 'true')
      const { headers } = api
      const response = await api.app.request('/v1/cadences/first/launch', {
        method: 'POST',
        headers,
        body: form,
      })
      expect(await response.json()).toMatchObject({ launched: 1, refused: [], dryRun: true })
    })

    test('launch: streams its progress; what fails before there is any is an ordinary error', async () => {
      const seen: number[] = []
      const file = csv(...Array.from({ length: 600 }, (_, i) => `s${i}.${n}@atelier.example,Léa,Atelier`))
      const report = await api.client.launch('first', file, { onProgress: ({ done }) => seen.push(done) })
      expect(report.launched).toBe(600)
      expect(seen).toEqual(expect.arrayContaining([0, 500, 600]))
      await expect(api.client.launch('none', file)).rejects.toMatchObject({
        code: 'cadence_unknown',
        remedy: expect.any(String),
      })
    })

    test('leads: one row each, page by page', async () => {
      const all = await api.client.leads({ limit: 2 })
      expect(all.length).toBeGreaterThan(2)
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      expect(all.find(({ id }) => id === lead)).toEqual({
        id: lead,
        email,
        company: 'Atelier',
        asleep: null,
        zone: 'Europe/Paris',
        cadence: 'first',
        version: 1,
        standing: 'lead',
        stage: null,
        urgency: null,
        hold: null,
        outcome: null,
        next: { step: null, at: null, because: 'not started yet', reason: { code: 'not_started' } },
      })
      await ended(store, lead)
      expect((await api.client.leads({ open: 'false' })).map(({ id }) => id)).toContain(lead)
      expect((await api.client.leads({ open: 'true' })).map(({ id }) => id)).not.toContain(lead)
    })

    test('show: by id and by address', async () => {
      const shown = await api.client.show(email)
      expect(await api.client.show(lead)).toEqual(shown)
      expect(shown).toMatchObject({
        lead: { id: lead, email, firstName: 'Léa', launchedAt: new Date(NOW).toISOString() },
        standing: { value: 'lead', missing: [] },
        stage: null,
        urgency: null,
        hold: null,
        outcome: null,
        next: { step: null, at: null, because: expect.any(String) },
        facts: null,
        timeline: [{ at: new Date(NOW).toISOString(), kind: 'launched' }],
      })
    })

    test('signal: acknowledged, with its id', async () => {
      const fields = { level: 'comparing' }
      const answer = await api.client.signal(lead, 'interest.expressed', fields, { id: 'x1' })
      expect(answer).toMatchObject({ lead, id: 'x1', duplicate: false, ended: false, delivered: true })
    })

    test('signals: an answer or an error for each', async () => {
      const results = await api.client.signals([
        { lead, type: 'demo.held' },
        { lead: 'nobody', type: 'demo.held' },
      ])
      expect(results).toMatchObject([{ lead, type: 'demo.held' }, { error: { code: 'lead_unknown' } }])
    })

    test('inbox, cadences, summary, health', async () => {
      expect(await api.client.inbox()).toEqual([MESSAGE])
      expect(await api.client.cadences()).toMatchObject([{ name: 'first', version: 1 }])
      const summary = await api.client.summary()
      expect(summary).toMatchObject({ now: new Date(NOW).toISOString(), emails: {} })
      expect(summary.waiting.length).toBe(summary.open)
      expect(await api.client.health()).toEqual({
        ok: true,
        temporal: true,
        database: true,
        asleep: 0,
        mailboxes: { paused: 0, refused: 0 },
        version: '0.0.0',
      })
      api.workflows.away = true
      expect((await api.call('GET', '/v1/health')).status).toBe(503)
    })
  })
})

/** Errors of the API: named, in words, and never an unexpected one. */

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { apiOn } from '../../test/support/api.ts'
import { type ApiWithLead, apiWithLead } from '../../test/support/api-with-lead.ts'
import { openDatabases } from '../../test/support/database.ts'
import { asRelanceError } from './errors.ts'

test("a full disk of the database's is told as that, and isn't a fault of ours", () => {
  const log = {
    error: () => {
      throw new Error('it was logged as unexpected')
    },
  } as never
  const cause = Object.assign(new Error('could not extend file'), { code: '53100' })
  const { code } = asRelanceError(new Error('Failed query', { cause }), log)
  expect(code).toBe('disk_full')
})

describe.each(await openDatabases())('errors on %s', (_, store) => {
  let api: ApiWithLead['api']
  let lead: ApiWithLead['lead']
  let email: ApiWithLead['email']
  apiWithLead(store, (it) => {
    ;({ api, lead, email } = it)
  })

  describe('errors', () => {
    test('a wrong field is named', async () => {
      const { status, body } = await api.call('POST', `/v1/leads/${lead}/signals`, {
        type: 'demo.held',
        id: 7,
      })
      expect(status).toBe(400)
      expect(body.error).toMatchObject({ code: 'invalid_request', problems: [{ field: 'id' }] })
      const at = await api.call('POST', `/v1/leads/${lead}/signals`, { type: 'demo.held', at: 'soon' })
      expect(at.body.error).toMatchObject({ code: 'invalid_field', message: expect.stringMatching(/^at /) })
      const extra = await api.call('POST', `/v1/leads/${lead}/signals`, { type: 'demo.held', leed: 1 })
      expect(extra.body.error.message).toContain('leed')
    })

    test.each([
      ['fr', 'fr'],
      ['fr-CA, en;q=0.9', 'fr'],
      ['en;q=0.5, fr;q=0.9', 'fr'],
      ['de, fr;q=0.3', 'fr'],
      ['FR', 'fr'],
      ['en, fr', 'en'],
      ['fr;q=0, de', 'en'],
      ['de', 'en'],
      ['*', 'en'],
      ['', 'en'],
    ])('Accept-Language %j is answered in %s, with values beside the words', async (asked, language) => {
      const headers = { ...api.headers, 'accept-language': asked }
      const response = await api.app.request('/v1/leads/nobody', { headers })
      expect([response.status, response.headers.get('content-language')]).toEqual([404, language])
      expect(await response.json()).toEqual({
        error: {
          code: 'lead_unknown',
          message: language === 'fr' ? 'aucune piste n’a l’identifiant nobody' : 'no lead has the id nobody',
          remedy: expect.stringContaining('relance leads'),
          values: { lead: 'nobody' },
        },
      })
    })

    test('JSON that is none, and a kind of body that is not taken', async () => {
      const send = (type: string) =>
        api.app.request(`/v1/leads/${lead}/signals`, {
          method: 'POST',
          headers: { ...api.headers, 'content-type': type },
          body: '{"type":',
        })
      expect((await send('application/json')).status).toBe(400)
      expect((await send('text/xml')).status).toBe(415)
      expect(await (await send('text/xml')).json()).toMatchObject({
        error: { code: 'unsupported_media_type' },
      })
    })

    test('what nobody expected gets a reference, and tells nothing', async () => {
      const failing = apiOn(store, {
        listInbox: async () => {
          throw new Error('password=hunter2 for lea@atelier.example')
        },
      })
      const response = await failing.app.request('/v1/inbox', { headers: api.headers })
      const text = await response.text()
      expect(response.status).toBe(500)
      expect(text).not.toContain('hunter2')
      const reference = /reference (\w+)/.exec(text)?.[1]
      expect(failing.log.lines).toHaveLength(1)
      expect(JSON.stringify(failing.log.lines)).toContain(reference)
      expect(JSON.stringify(failing.log.lines)).not.toContain('hunter2')
      await failing.stop()
    })

    test('no body, however bad, is an unexpected error', async () => {
      const paths = [
        '/v1/cadences',
        '/v1/signals',
        ...['signals', 'pause', 'drop', 'move'].map((verb) => `/v1/leads/${lead}/${verb}`),
      ]
      const nasty = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\0', '\ud800', '__proto__', 'constructor', '2026-99-99', 'x'.repeat(5000)),
      )
      const field = fc.oneof(
        nasty,
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(nasty, { maxLength: 2 }),
      )
      const bag = fc.dictionary(fc.oneof(nasty, fc.constantFrom('level', 'email', 'topic', 'role')), field)
      const shaped = fc.record(
        {
          type: fc.oneof(
            nasty,
            fc.constantFrom('interest.expressed', 'contact.identified', 'objection.raised', 'fact.recorded'),
          ),
          fields: fc.oneof(bag, nasty),
          id: nasty,
          at: nasty,
          contact: fc.oneof(nasty, fc.constantFrom('main', email)),
          source: nasty,
        },
        { requiredKeys: [] },
      )
      const many = fc.record({
        signals: fc.array(
          shaped.map((signal) => ({ lead, ...signal })),
          { maxLength: 3 },
        ),
      })
      const publication = fc.record({ source: nasty, file: nasty, templates: bag }, { requiredKeys: [] })
      const body = fc.oneof(
        fc.json(),
        nasty,
        fc.oneof(shaped, many, publication, fc.anything()).map((value) => JSON.stringify(value) ?? ''),
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...paths), body, async (path, text) => {
          const response = await api.app.request(path, {
            method: 'POST',
            headers: { ...api.headers, 'content-type': 'application/json' },
            body: text,
          })
          const answer = JSON.stringify(await response.json())
          expect([response.status, answer]).not.toEqual([500, expect.anything()])
          expect(answer).not.toContain('"internal"')
        }),
        { numRuns: 400 },
      )
    })

    test('no path, however bad, is an unexpected error', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('', '/explain'),
          async (name, verb) => {
            const known = encodeURIComponent(name)
            const response = await api.app.request(`/v1/leads/${known}x${verb}`, { headers: api.headers })
            expect([400, 404]).toContain(response.status)
          },
        ),
        { numRuns: 200 },
      )
      for (const path of ['/v1/leads/%00', '/v1/leads/%', '/v1/leads?after=%00', '/v1/leads?limit=x']) {
        expect((await api.app.request(path, { headers: api.headers })).status).toBeLessThan(500)
      }
    })
  })
})

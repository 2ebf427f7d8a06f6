/** Who may come in by the API, and what its document says of each route. */

import { describe, expect, test } from '@jest/globals'
import { apiOn, TOKEN } from '../../test/support/api.ts'
import { type ApiWithLead, apiWithLead } from '../../test/support/api-with-lead.ts'
import { openDatabases } from '../../test/support/database.ts'

interface Document {
  paths: Record<string, Record<string, { summary?: string; responses: Record<string, unknown> }>>
}

describe.each(await openDatabases())('access on %s', (_, store) => {
  let api: ApiWithLead['api']
  let lead: ApiWithLead['lead']
  apiWithLead(store, (it) => {
    ;({ api, lead } = it)
  })

  describe('who may come in', () => {
    const get = (path: string, headers: Record<string, string>) => api.app.request(path, { headers })

    test.each([
      ['no token', {}],
      ['a wrong one', { authorization: 'Bearer wrong' }],
      ['one with more behind it', { authorization: `Bearer ${TOKEN}x` }],
      ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ])('%s: 401 and no word about anything', async (_, headers) => {
      const response = await get(`/v1/leads/${lead}`, headers as Record<string, string>)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('Bearer')
      expect(await response.json()).toMatchObject({ error: { code: 'unauthorized' } })
    })

    test('every route but health asks for the token', async () => {
      const document = (await (await api.app.request('/openapi.json')).json()) as Document
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const method of Object.keys(methods)) {
          const real = path.replaceAll(/\{\w+\}/g, 'x')
          const { status } = await api.app.request(real, { method: method.toUpperCase() })
          expect([path, status]).toEqual([path, path === '/v1/health' ? 200 : 401])
        }
      }
    })

    test.each(['evil.example', 'evil.example:7373', '127.0.0.1.evil.example', 'localhost.evil.example:80'])(
      'the host %s is refused, with the right token too',
      async (host) => {
        const response = await get('/v1/leads', { ...api.headers, host })
        expect(response.status).toBe(421)
        expect(await response.json()).toMatchObject({ error: { code: 'host_refused' } })
      },
    )

    test.each(['localhost', '127.0.0.1:7373', '[::1]:7373', 'LOCALHOST:1'])(
      'the host %s is let in',
      async (host) => {
        expect((await get('/v1/leads', { ...api.headers, host })).status).toBe(200)
      },
    )

    test.each(['https://evil.example', 'null', 'http://127.0.0.1:7374', 'http://localhost:7373', 'file://'])(
      'a page of %s is refused, with the right token too, and at the webhooks',
      async (origin) => {
        const headers = { ...api.headers, host: '127.0.0.1:7373', origin }
        for (const path of ['/v1/leads', '/v1/health', '/hooks/credit/bank', '/openapi.json']) {
          const response = await get(path, headers)
          expect([path, response.status]).toEqual([path, 403])
          expect(await response.json()).toMatchObject({ error: { code: 'origin_refused' } })
        }
      },
    )

    test('a page from here is let in', async () => {
      const headers = { ...api.headers, host: '127.0.0.1:7373', origin: 'http://127.0.0.1:7373' }
      expect((await get('/v1/leads', headers)).status).toBe(200)
    })

    test('whatever host it is asked for by, a server for everybody asks for the token', async () => {
      const open = apiOn(store, { hosts: 'any' })
      const headers = { host: 'evil.example', origin: 'http://evil.example' }
      expect((await open.app.request('/v1/leads', { headers })).status).toBe(401)
      expect((await open.app.request('/v1/leads', { headers: { ...headers, ...open.headers } })).status).toBe(
        200,
      )
      await open.stop()
    })

    test('a configured host is let in', async () => {
      const more = apiOn(store, { hosts: ['relance.internal'] })
      const headers = { ...api.headers, host: 'relance.internal:7373' }
      expect((await more.app.request('/v1/leads', { headers })).status).toBe(200)
      await more.stop()
    })

    test('a body that is too large is refused, whatever it says of its length', async () => {
      const body = JSON.stringify({ type: 'reply.received', fields: { message: 'x'.repeat(2_000_000) } })
      const headers = { ...api.headers, 'content-type': 'application/json' }
      const said: Record<string, string>[] = [{}, { 'content-length': String(body.length) }]
      for (const length of said) {
        const response = await api.app.request(`/v1/leads/${lead}/signals`, {
          method: 'POST',
          headers: { ...headers, ...length },
          body,
        })
        expect(response.status).toBe(413)
        expect(await response.json()).toMatchObject({ error: { code: 'too_large' } })
      }
    })
  })

  describe('the document', () => {
    test('has every route, and says what each takes, gives and refuses', async () => {
      const document = (await (await api.app.request('/openapi.json')).json()) as Document
      const routes = api.app.routes
        .filter(({ method, path }) => method !== 'ALL' && path !== '/openapi.json')
        .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
      const described = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      )
      expect(new Set(described)).toEqual(new Set(routes))
      expect(described.length).toBeGreaterThan(14)
      for (const methods of Object.values(document.paths)) {
        for (const { summary, responses } of Object.values(methods)) {
          expect(summary).toBeTruthy()
          expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', 'default']))
        }
      }
    })

    test('patterns are of JSON Schema, and numbers of requests have bounds', async () => {
      const document = JSON.stringify(await (await api.app.request('/openapi.json')).json())
      const patterns = [...document.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, it]) =>
        JSON.parse(it as string),
      )
      expect(patterns.length).toBeGreaterThan(30)
      for (const pattern of patterns) expect('Léa').toMatch(new RegExp(pattern, 'u'))
      const integers = [...document.matchAll(/\{"type":"integer"[^{}]*\}/g)].map(([it]) => JSON.parse(it))
      expect(integers.length).toBeGreaterThan(30)
      for (const integer of integers) expect(integer).toMatchObject({ minimum: expect.any(Number) })
    })

    test('what may be null is one or the other, never both at once', async () => {
      const document = JSON.stringify(await (await api.app.request('/openapi.json')).json())
      expect(document).not.toMatch(/"allOf":\[[^\]]*"null"/)
      expect(document).toContain('{"anyOf":[{"$ref":"#/components/schemas/ServerSaid"},{"type":"null"}]')
    })

    test('a version that no table can hold is refused', async () => {
      for (const version of [152835086642915, 2 ** 31, 0, 1.5, -1]) {
        const { status } = await api.call('POST', `/v1/leads/${lead}/move`, { version })
        expect([version, status]).toEqual([version, 400])
      }
      expect((await api.call('POST', `/v1/leads/${lead}/move`, { version: 2 ** 31 - 1 })).status).toBe(404)
    })

    test('characters are counted as JSON Schema counts them', async () => {
      const known = async (size: number) =>
        (await api.call('POST', '/v1/signals', { signals: [{ lead: '😀'.repeat(size), type: 'demo.held' }] }))
          .status
      expect([await known(320), await known(321)]).toEqual([200, 400])
    })

    test('a route whose fields may all be left out needs a body', async () => {
      for (const [method, path] of [
        ['PATCH', `/v1/leads/${lead}`],
        ['POST', '/v1/pause'],
        ['POST', '/v1/tasks/x/answer'],
      ] as const) {
        const response = await api.app.request(path, { method, headers: api.headers })
        expect([path, response.status]).toEqual([path, 400])
      }
    })

    test('every path says which methods it takes to one that it has not', async () => {
      const document = (await (await api.app.request('/openapi.json')).json()) as Document
      for (const [path, methods] of Object.entries({ ...document.paths, '/openapi.json': { get: {} } })) {
        const declared = Object.keys(methods).map((method) => method.toUpperCase())
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
          if (declared.includes(method)) continue
          const real = path.replaceAll(/\{\w+\}/g, 'x')
          const response = await api.app.request(real, { method, headers: api.headers })
          expect([method, real, response.status]).toEqual([method, real, 405])
          const allow = response.headers.get('allow')?.split(', ')
          expect(new Set(allow)).toEqual(new Set(declared.includes('GET') ? [...declared, 'HEAD'] : declared))
          expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
        }
      }
    })

    test('has no inbox where there is none', async () => {
      const without = apiOn(store)
      const response = await without.app.request('/v1/inbox', { headers: api.headers })
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ error: { code: 'no_such_route' } })
      await without.stop()
    })
  })
})

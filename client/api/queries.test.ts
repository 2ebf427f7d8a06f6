/** Query parameters that don't exist are refused, on every route there is: a filter that isn't one is no filter. */
import { afterAll, expect, test } from '@jest/globals'
import { apiOn } from '../../test/support/api.ts'
import { openDatabase } from '../../test/support/database.ts'

const store = await openDatabase()
const api = apiOn(store, { listInbox: async () => [] })
afterAll(async () => {
  api.stop()
  await store.close()
})

type Paths = Record<string, Record<string, unknown>>

const doc = (await (await api.app.request('/openapi.json')).json()) as { paths: Paths }
const routes = Object.entries(doc.paths)
  // What others send by themselves may carry parameters of theirs: only its secret lets it in.
  .filter(([path]) => !path.startsWith('/hooks/'))
  .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const))

test('there are routes to try', () => {
  expect(routes.length).toBeGreaterThan(25)
})

test.each(routes)('%s %s', async (method, path) => {
  const { status, body } = await api.call(
    method,
    `${path.replace(/\{\w+\}/g, 'x')}?nosuch=1`,
    method === 'GET' ? undefined : {},
  )
  expect(status).toBe(400)
  expect(body.error.problems).toMatchObject([{ code: 'unknown_input', field: 'query' }])
  expect(body.error.problems?.[0]?.message).toContain('nosuch')
})

test('the nearest one is named, or else all there are', async () => {
  const said = async (query: string) => (await api.call('GET', `/v1/leads?${query}`)).body.error.problems?.[0]
  expect(await said('stagge=demo')).toMatchObject({
    message: 'there is no field stagge',
    remedy: 'did you mean stage?',
  })
  expect((await said('owner=Tom'))?.remedy).toMatch(/cadence, stage, standing, outcome, open/)
})

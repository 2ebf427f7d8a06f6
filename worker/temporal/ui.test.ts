/** The door before Temporal's UI: whom it lets in, what it lets them do, and that the UI works behind it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { findTemporal } from './binary.ts'
import { type DevServer, startDevServer } from './dev-server.ts'
import { readsOnly } from './reads-only.ts'
import { startUi, type Ui } from './ui.ts'

let server: DevServer
let connection: Connection
let client: Client
let ui: Ui
let filesStarted = 0
let closing = false
const folder = mkdtempSync(join(tmpdir(), 'relance-ui-'))

const logTail = (): string => readFileSync(join(folder, 'server', 'temporal.log'), 'utf8').slice(-4000)

beforeAll(async () => {
  const temporal = await findTemporal({ report: () => {} })
  const start = (name: string, withUi: boolean) =>
    startDevServer({ temporal, dataDir: join(folder, name), ui: withUi, report: () => {} })
  server = await start('server', false)
  // It ended by itself once, on a machine with much to do, and nobody knows why.
  server.ended.then((how) => {
    if (!closing) process.stdout.write(`Temporal ended by itself: ${JSON.stringify(how)}\n${logTail()}\n`)
  })
  connection = await Connection.connect({ address: server.address })
  client = new Client({ connection })
  await client.workflow.start('lead', { workflowId: 'lead-1', taskQueue: 'nobody', args: [{ it: 'is' }] })
  const files = () => {
    filesStarted++
    return start('files', true)
  }
  ui = await startUi({ port: server.uiPort, http: server.http, files, writes: false })
}, 600_000)

afterAll(async () => {
  closing = true
  await ui?.close()
  await connection?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  status: number
  body: string
  headers: Record<string, unknown>
}

const ask = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(new URL(path, ui.url), { method, headers }, async (response) => {
      const parts = await response.toArray()
      resolve({
        status: response.statusCode ?? 0,
        body: Buffer.concat(parts).toString(),
        headers: response.headers,
      })
    })
    sent.once('error', reject).end(body)
  })

const status = async () => (await client.workflow.getHandle('lead-1').describe()).status.name
const AT = '/api/v1/namespaces/default'

test.each([
  ['another host', { host: 'evil.example' }],
  ['another host with our port', { host: 'evil.example:1234', origin: 'http://evil.example:1234' }],
  ['a page of another host', { origin: 'https://evil.example' }],
  ['a page of another port', { origin: 'http://127.0.0.1:1' }],
  ['a page that hides', { origin: 'null' }],
])('%s: refused, and no files are fetched', async (_, headers) => {
  for (const path of ['/', `${AT}/workflows`, '/api/v1/settings']) {
    expect((await ask('GET', path, headers as Record<string, string>)).status).toBe(403)
  }
  expect(filesStarted).toBe(0)
})

test('it shows leads, with what they were begun with in full', async () => {
  const list = JSON.parse((await ask('GET', `${AT}/workflows`)).body)
  expect(list.executions).toMatchObject([{ execution: { workflowId: 'lead-1' } }])
  const history = JSON.parse((await ask('GET', `${AT}/workflows/lead-1/history`)).body)
  const [begun] = history.history.events
  expect(Object.keys(begun.workflowExecutionStartedEventAttributes.input.payloads[0])).toEqual([
    'metadata',
    'data',
  ])
})

test('its files are there, it knows that it only reads, and no other page may show it', async () => {
  const page = await ask('GET', '/namespaces/default/workflows')
  expect(page.status).toBe(200)
  expect(page.headers).toMatchObject({
    'x-frame-options': 'SAMEORIGIN',
    'cross-origin-resource-policy': 'same-origin',
  })
  const [, script] = /"(\/_app\/[^"]+\.js)"/.exec(page.body) ?? []
  expect((await ask('GET', script as string)).headers['content-type']).toContain('javascript')
  expect(JSON.parse((await ask('GET', '/api/v1/settings')).body)).toMatchObject({ DisableWriteActions: true })
  expect(filesStarted).toBe(1)
}, 60_000)

test('nothing can be changed through it, not by its own page either', async () => {
  const batch = {
    jobId: 'j',
    visibilityQuery: "ExecutionStatus='Running'",
    reason: 'x',
    terminationOperation: {},
  }
  for (const headers of [
    {},
    { origin: ui.url, 'content-type': 'application/json', authorization: 'Bearer x' },
  ]) {
    for (const [method, path, body] of [
      ['POST', `${AT}/workflows/lead-1/terminate`, '{}'],
      ['POST', `${AT}/workflows/lead-1/cancel`, '{}'],
      ['POST', `${AT}/workflows/lead-1/signal/x`, '{}'],
      ['POST', `${AT}/batch-operations/j`, JSON.stringify(batch)],
      ['PUT', '/api/v1/namespaces/default', '{}'],
      ['DELETE', `${AT}/schedules/x`, ''],
    ] as const) {
      expect((await ask(method, path, headers as Record<string, string>, body)).status).toBe(405)
    }
  }
  expect(await status()).toBe('RUNNING')
})

test('with writes it changes things, for its own page only', async () => {
  const port = server.uiPort
  await ui.close()
  const files = () => Promise.reject(new Error('nobody asks for files'))
  ui = await startUi({ port, http: server.http, files, writes: true })
  const headers = { 'content-type': 'application/json' }
  const end = (more: Record<string, string>) =>
    ask('POST', `${AT}/workflows/lead-1/terminate`, { ...headers, ...more }, '{"reason":"asked for"}')
  expect((await end({ origin: 'http://evil.example' })).status).toBe(403)
  expect((await end({ host: 'evil.example', origin: 'http://evil.example' })).status).toBe(403)
  expect(await status()).toBe('RUNNING')
  expect((await end({ origin: ui.url })).status).toBe(200)
  expect(await status()).toBe('TERMINATED')
})

describe('what only reads', () => {
  test.each([
    ['GET', `${AT}/workflows`, true],
    ['HEAD', '/', true],
    ['POST', `${AT}/workflows/lead-1/query/explain`, true],
    ['POST', `${AT}/workflows/lead-1/query/explain?x=/../terminate`, true],
    ['POST', `${AT}/workflows/lead-1/terminate`, false],
    ['POST', `${AT}/workflows/lead-1/terminate?x=/query/y`, false],
    ['POST', `${AT}/workflows/query/query/../terminate`, false],
    ['POST', `${AT}/workflows/x%2fterminate/query/y`, false],
    ['POST', `${AT}/workflows/x/query/%2e%2e`, false],
    ['POST', `/x${AT}/workflows/x/query/y`, false],
    ['PUT', `${AT}/workflows/lead-1/query/explain`, false],
    ['DELETE', AT, false],
    ['OPTIONS', AT, false],
  ])('%s %s: %s', (method, url, reads) => {
    expect(readsOnly(method, url)).toBe(reads)
  })
})

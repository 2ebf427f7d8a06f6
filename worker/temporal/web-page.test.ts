/** What a web page in somebody's browser can do to the embedded Temporal: nothing, on whatever port it tries. */
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { canList, listenersOf } from '../../test/support/listeners.ts'
import { findTemporal } from './binary.ts'
import { type DevServer, startDevServer } from './dev-server.ts'

let server: DevServer
let connection: Connection
const folder = mkdtempSync(join(tmpdir(), 'relance-web-page-'))

beforeAll(async () => {
  const temporal = await findTemporal({ report: () => {} })
  server = await startDevServer({ temporal, dataDir: folder, report: () => {} })
  connection = await Connection.connect({ address: server.address })
}, 600_000)

afterAll(async () => {
  await connection?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const BATCH =
  '{"jobId":"JOB","visibilityQuery":"ExecutionStatus=\'Running\'","reason":"x","terminationOperation":{}}'
/** What a browser sends for `fetch(…, { mode: 'no-cors' })`, and for a name that points to this machine. */
const SENDERS = [
  { host: 'evil.example', origin: 'http://evil.example' },
  { host: '127.0.0.1', origin: 'https://evil.example' },
  { host: 'localhost', origin: 'null' },
]

/** The answer's status, or undefined where nothing speaks HTTP. */
function post(
  port: number,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path, method: 'POST', timeout: 5_000 }
    const sent = request(
      { ...options, headers: { 'content-type': 'text/plain', ...headers } },
      (response) => {
        response.resume().once('close', () => resolve(response.statusCode))
      },
    )
    sent.once('error', () => resolve(undefined)).once('timeout', () => sent.destroy())
    sent.end(body)
  })
}

const works = canList ? test : test.skip

works(
  'it can end no workflow',
  async () => {
    const client = new Client({ connection })
    const handles = await Promise.all(
      ['one', 'two', 'three'].map((workflowId) =>
        client.workflow.start('lead', { workflowId, taskQueue: 'nobody' }),
      ),
    )
    const ports = listenersOf(server.pid).map(({ port }) => port)
    expect(ports.length).toBeGreaterThan(3)
    let job = 0
    for (const port of ports) {
      for (const headers of SENDERS) {
        for (const prefix of ['', '/api/v1']) {
          const id = `job-${++job}`
          const at = `${prefix}/namespaces/default`
          const answers = [
            await post(port, `${at}/batch-operations/${id}`, headers, BATCH.replace('JOB', id)),
            await post(port, `${at}/workflows/one/terminate`, headers, '{"reason":"x"}'),
            await post(port, `${at}/workflows/two/cancel`, headers, '{}'),
          ]
          expect({ port, answers: answers.filter((status) => status !== undefined && status < 400) }).toEqual(
            {
              port,
              answers: [],
            },
          )
        }
      }
    }
    for (const handle of handles) expect((await handle.describe()).status.name).toBe('RUNNING')
  },
  120_000,
)

/**
 * Every listener of a real `relance up` is one of docs/listeners.md, and a web page can do nothing by any of them: a real
 * Chromium tries each with requests without CORS, with forms, and from a page whose name points to this machine.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import type { Browser, Page } from 'playwright-core'
import { readCadenceFolder } from '../client/check/folder.ts'
import { listInbox } from '../worker/inbox/mail-files.ts'
import { readState } from '../worker/temporal/server-state.ts'
import { chromiumPath, startBrowser } from './support/browser.ts'
import { canList, type Listener, listenersOf } from './support/listeners.ts'
import { type Attack, reads, sameOriginPosts, sendForms, simplePosts } from './support/page-attacks.ts'
import { nameOf, tableOfListeners } from './support/tell-listeners.ts'
import { upProcess } from './support/up-process.ts'

const home = mkdtempSync(join(tmpdir(), 'relance-listeners-'))
const relance = upProcess(home, 1)
let listeners: (Listener & { name: string | undefined })[] = []
let connection: Connection
let leads: string[]

const inLinux = canList ? describe : describe.skip

inLinux('the listeners of relance up', () => {
  beforeAll(async () => {
    writeFileSync(join(home, 'relance.yaml'), 'credit:\n  bank: { kind: local }\n')
    const client = await relance.up()
    await client.publish(readCadenceFolder('examples/atelier-erp.yaml'))
    const people = ['ada', 'bob', 'cyd'].map((name) => `${name}@${name}.example,${name},${name} SA,France\n`)
    await client.launch('atelier-erp', Buffer.from(`email,first_name,company,country\n${people.join('')}`))
    leads = (await client.leads()).map(({ id }) => id)
    const { port, uiPort } = readState(home) as { port: number; uiPort: number }
    // Looked at once, so that the server of its files listens, too.
    expect((await fetch(`http://127.0.0.1:${uiPort}/`)).status).toBe(200)
    connection = await Connection.connect({ address: `127.0.0.1:${port}` })
    const found = listenersOf(relance.pid() as number)
    listeners = await Promise.all(found.map(async (one) => ({ ...one, name: await nameOf(one, home) })))
  }, 300_000)

  afterAll(async () => {
    await connection?.close()
    await relance.stop('SIGTERM')
    rmSync(home, { recursive: true, force: true })
  }, 60_000)

  test('are those of docs/listeners.md, each on 127.0.0.1', () => {
    expect(listeners.filter(({ name }) => name === undefined)).toEqual([])
    expect(listeners.filter(({ address }) => address !== '127.0.0.1')).toEqual([])
    expect(new Set(listeners.map(({ name }) => name))).toEqual(new Set(tableOfListeners()))
    // History and matching, of newer servers the worker, too; and all of the other server: these, gRPC, HTTP, metrics, UI.
    const counts = (name: string): number => listeners.filter((one) => one.name === name).length
    const services = counts('temporal-services')
    expect([2, 3]).toContain(services)
    expect(counts('ui-files')).toBe(services + 4)
  })

  const inBrowser = chromiumPath === undefined ? describe.skip : describe

  inBrowser('from a page in Chromium', () => {
    let browser: Browser
    let page: Page
    const site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<title>a page</title>')
    })

    beforeAll(async () => {
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      browser = await startBrowser()
      page = await browser.newPage()
    }, 60_000)
    afterAll(async () => {
      await browser?.close()
      site.close()
    })

    /** What a page would send to end leads, to begin some, or to get a message into the inbox. */
    const attacks = (): Attack[] => {
      const running = "ExecutionStatus='Running'"
      const batch = { jobId: 'j', visibilityQuery: running, reason: 'x', terminationOperation: {} }
      const mail =
        'EHLO x\r\nMAIL FROM:<a@evil.example>\r\nRCPT TO:<b@evil.example>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n'
      return ['', '/api/v1'].flatMap((prefix): Attack[] => {
        const at = `${prefix}/namespaces/default`
        return [
          [
            `${at}/batch-operations/${Math.random()}`,
            JSON.stringify({ ...batch, jobId: String(Math.random()) }),
          ],
          ...leads.map(
            (id): Attack => [`${at}/workflows/${encodeURIComponent(`lead-${id}`)}/terminate`, '{}'],
          ),
          ...leads.map((id): Attack => [`${at}/workflows/${id}/terminate`, '{}']),
          [`/v1/leads/${leads[0]}/drop`, '{}'],
          ['/v1/decisionEngine/x?companyId=1&originationId=2', '{}'],
          ['/', mail],
        ]
      })
    }

    /** Nothing came of it: all workflows run, nothing new is in the folders of the inbox and the bank. */
    async function unharmed(): Promise<void> {
      const client = new Client({ connection })
      let running = 0
      for await (const { status } of client.workflow.list({ query: "WorkflowType='lead'" })) {
        expect(status.name).toBe('RUNNING')
        running += 1
      }
      expect(running).toBe(leads.length)
      // Leads' own letters may be there.
      const mails = (await listInbox(join(home, 'inbox'))).filter(({ to }) => to.includes('evil'))
      expect(mails).toEqual([])
      expect(
        readdirSync(join(home, 'bank'), { recursive: true }).filter((file) => /json$/.test(String(file))),
      ).toEqual([])
    }

    test('of another origin: requests without CORS, and forms', async () => {
      await page.goto(`http://evil.example:${(site.address() as AddressInfo).port}/`)
      for (const { port } of listeners) {
        for (const host of ['127.0.0.1', 'rebound.example']) {
          const url = `http://${host}:${port}`
          await page.evaluate(simplePosts, { url, attacks: attacks() })
          await sendForms(page, url, attacks())
        }
      }
      await unharmed()
    }, 300_000)

    test('whose name points to this machine: it reads nothing of anybody, and changes nothing', async () => {
      for (const { name, port } of listeners) {
        if (name === 'ui-files') continue
        const origin = `http://rebound.example:${port}`
        // The page came from a server of the attacker's; what it asks for from now on comes here.
        await page.route(`${origin}/the-page`, (route) =>
          route.fulfill({ contentType: 'text/html', body: 'a page' }),
        )
        await page.goto(`${origin}/the-page`)
        const posts = await page.evaluate(sameOriginPosts, attacks())
        expect([name, posts.filter((status) => status > 0 && status < 400)]).toEqual([name, []])
        const paths = ['/', '/v1/leads', '/v1/inbox', '/metrics', '/api/v1/namespaces/default/workflows']
        const read = await page.evaluate(reads, [...paths, '/namespaces/default/workflows'])
        const open = name === 'temporal-metrics' ? ['/metrics'] : []
        expect([name, read]).toEqual([name, open])
      }
      await unharmed()
    }, 300_000)
  })
})

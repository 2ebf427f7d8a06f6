import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import type { Store } from '../../store/open.ts'
import { apiOn, csv, publishPlan, TOKEN } from '../../test/support/api.ts'
import { openDatabase } from '../../test/support/database.ts'
import { type Api, serveApi } from '../api/serve.ts'
import { RelanceClient } from './client.ts'
import { connect } from './connect.ts'

let store: Store
let home: string
let api: Api
let parts: ReturnType<typeof apiOn>

beforeAll(async () => {
  store = await openDatabase()
  await publishPlan(store)
})
afterAll(() => store.close())
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'relance-home-'))
  parts = apiOn(store)
  api = await serveApi({ ...parts.deps })
})
afterEach(async () => {
  await api.close()
  await parts.stop()
  rmSync(home, { recursive: true })
})

const running = (url = api.url): void => {
  writeFileSync(join(home, 'server.json'), JSON.stringify({ url, pid: 1 }))
  writeFileSync(join(home, 'token'), `${TOKEN}\n`)
}

describe('connect', () => {
  test('finds what runs for a data folder', async () => {
    running()
    expect(await connect({ home, env: {} }).cadences()).toMatchObject([{ name: 'first' }])
    expect(await connect({ env: { RELANCE_HOME: home } }).cadences()).toHaveLength(1)
  })

  test('RELANCE_URL comes first, with a token of its own', async () => {
    running('http://127.0.0.1:1')
    const env = { RELANCE_URL: `${api.url}/`, RELANCE_TOKEN: TOKEN }
    expect(await connect({ home, env }).cadences()).toHaveLength(1)
    expect(() => connect({ home, env: { RELANCE_URL: api.url } })).toThrow(
      expect.objectContaining({ code: 'no_token' }),
    )
  })

  test.each(['', 'null', '{"url":7}', '{"url":"file:///etc/passwd"}'])(
    'server.json with %j is no server',
    (text) => {
      running()
      writeFileSync(join(home, 'server.json'), text)
      expect(() => connect({ home, env: {} })).toThrow(expect.objectContaining({ code: 'not_running' }))
    },
  )

  test('nothing was started, or it is gone: says how to start it', async () => {
    const nothing = expect.objectContaining({
      code: 'not_running',
      remedy: expect.stringContaining('relance up'),
    })
    expect(() => connect({ home, env: {} })).toThrow(nothing)
    running()
    await api.close()
    await expect(connect({ home, env: {} }).leads()).rejects.toEqual(nothing)
  })
})

describe('the client', () => {
  test('throws what the server says', async () => {
    const wrong = new RelanceClient({ url: api.url, token: 'wrong' })
    await expect(wrong.leads()).rejects.toMatchObject({ code: 'unauthorized', values: { given: true } })
    const client = new RelanceClient({ url: api.url, token: TOKEN })
    await expect(client.show('some body@x.example')).rejects.toMatchObject({ code: 'lead_unknown' })
  })

  test('in the language that was asked for, wherever an error was found', async () => {
    const client = new RelanceClient({ url: api.url, token: TOKEN, language: 'fr-CA' })
    await expect(client.show('nobody')).rejects.toMatchObject({
      code: 'lead_unknown',
      values: { lead: 'nobody' },
      message: 'aucune piste n’a l’identifiant nobody',
      remedy: '`relance leads` en donne la liste.',
    })
    await api.close()
    await expect(client.leads()).rejects.toMatchObject({
      code: 'not_running',
      message: expect.stringContaining('rien n’écoute'),
    })
  })

  test('launches over the wire, with progress', async () => {
    const client = new RelanceClient({ url: api.url, token: TOKEN })
    const file = csv(...Array.from({ length: 700 }, (_, i) => `wire${i}@atelier.example,Léa,Atelier`))
    const seen: number[] = []
    const report = await client.launch('first', file, { onProgress: ({ started }) => seen.push(started) })
    expect(report).toMatchObject({ launched: 700, starting: 0 })
    expect(seen.at(-1)).toBe(700)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  describe('with something else at the other end', () => {
    let other: Server
    afterEach(() => new Promise((resolve) => other.close(resolve)))
    const at = async (listener: RequestListener): Promise<RelanceClient> => {
      other = createServer(listener)
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      return new RelanceClient({
        url: `http://127.0.0.1:${(other.address() as AddressInfo).port}`,
        token: TOKEN,
      })
    }

    test('says that it is not Relance', async () => {
      const client = await at((_, response) => {
        response.statusCode = 502
        response.end('<html>Bad gateway</html>')
      })
      await expect(client.leads()).rejects.toMatchObject({ code: 'not_relance', values: { status: 502 } })
    })

    test('an error of a newer server keeps its code and its words', async () => {
      const client = await at((_, response) => {
        response.statusCode = 409
        response.end('{"error":{"code":"of_tomorrow","message":"not yet","remedy":"Wait."}}')
      })
      const failure = await client.leads().catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'of_tomorrow', message: 'not yet', remedy: 'Wait.', values: {} })
      expect(sayError(failure as RelanceError, 'fr')).toEqual({ message: 'not yet', remedy: 'Wait.' })
    })

    test('an answer that breaks off is no answer', async () => {
      const client = await at((_, response) => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' })
        response.write('{"is":"progress","done":1,"total":2,"started":0}\n', () => response.destroy())
      })
      await expect(client.launch('first', csv())).rejects.toMatchObject({ code: 'connection_lost' })
    })

    test('a stream without a report is no answer', async () => {
      const client = await at((_, response) => {
        response.end('{"is":"progress","done":1,"total":2,"started":0}\n')
      })
      await expect(client.launch('first', csv())).rejects.toMatchObject({ code: 'connection_lost' })
    })
  })
})

describe('serving', () => {
  test('listens to this machine only, and names a taken port', async () => {
    expect(api.url).toBe(`http://127.0.0.1:${api.port}`)
    await expect(serveApi({ ...parts.deps, port: api.port })).rejects.toMatchObject({ code: 'port_taken' })
    await expect(serveApi({ ...parts.deps, host: '203.0.113.1' })).rejects.toMatchObject({
      code: 'host_unusable',
    })
  })

  test('closing lets a launch under way finish', async () => {
    const client = new RelanceClient({ url: api.url, token: TOKEN })
    const file = csv(...Array.from({ length: 300 }, (_, i) => `last${i}@atelier.example,Léa,Atelier`))
    let closing: Promise<void> | undefined
    const report = await client.launch('first', file, {
      onProgress: () => {
        closing ??= api.close()
      },
    })
    await closing
    expect(report).toMatchObject({ launched: 300, starting: 0 })
    await expect(client.leads()).rejects.toMatchObject({ code: 'not_running' })
  })
})

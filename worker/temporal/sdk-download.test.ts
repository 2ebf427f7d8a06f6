import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { downloadWithSdk } from './sdk-download.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relance-sdk-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const through = (proxy: string): Promise<string> =>
  downloadWithSdk('dev-server', folder, {
    report: () => {},
    env: { PATH: process.env.PATH, HTTPS_PROXY: proxy },
  })

test('a network that swallows everything is given up after 8 seconds', async () => {
  const sockets: Socket[] = []
  const swallows = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await once(swallows, 'listening')
  try {
    const began = performance.now()
    const { port } = swallows.address() as AddressInfo
    await expect(through(`http://127.0.0.1:${port}`)).rejects.toThrow(/^nothing arrived for 8 seconds$/)
    expect(performance.now() - began).toBeLessThan(16_000)
    expect(sockets).not.toEqual([])
  } finally {
    for (const socket of sockets) socket.destroy()
    swallows.close()
  }
})

test('a network that refuses is given up at once, in one line', async () => {
  await expect(through('http://127.0.0.1:9')).rejects.toThrow(/^.*refused.*$/)
})

/** Listening: the API on a port, and a graceful end. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { RelanceError } from '../../cadence/errors.ts'
import { type AppDeps, createApp } from './app.ts'

export interface ServeOptions extends Omit<AppDeps, 'hosts'> {
  /** 127.0.0.1 unless said otherwise. */
  host?: string
  /** 0, or nothing, takes a free one. */
  port?: number
}

export interface Api {
  /** Where it listens, as in `http://127.0.0.1:7373`. */
  url: string
  port: number
  /** Takes no more requests, lets those under way finish for a few seconds, then cuts them off. */
  close(): Promise<void>
}

const GRACE_MS = 5_000
/** Node counts the address as one of the headers: the longest that the contract allows has 100 mappings of 200 characters. */
const HEADERS_KB = 512

/** Starts the API. @throws RelanceError `port_taken`, `host_unusable` */
export async function serveApi(options: ServeOptions): Promise<Api> {
  const { host = '127.0.0.1', port = 0, ...deps } = options
  const everywhere = host === '0.0.0.0' || host === '::'
  const app = createApp({ ...deps, hosts: everywhere ? 'any' : [bracketed(host)] })
  const serverOptions = { maxHeaderSize: HEADERS_KB * 1024 }
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://${everywhere ? '127.0.0.1' : bracketed(host)}:${bound}`,
    port: bound,
    close: () => close(server),
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): RelanceError {
  if (error.code === 'EADDRINUSE') {
    return new RelanceError('port_taken', { host, port }, { cause: error })
  }
  return new RelanceError(
    'host_unusable',
    { host, port, says: error.code ?? error.message },
    { cause: error },
  )
}

/**
 * Temporal's UI, for people who want to look into the embedded server. The UI that comes with the server lets everybody
 * in who asks by any name, and has no switch against changing things; it isn't started. Instead, this lets requests
 * from this machine's own pages through to the server's HTTP API, reading only unless it was asked to write, too. The
 * UI's files come from a second Temporal server, an empty one, which runs only while somebody looks at them.
 */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { fromOwnPage, ownHosts } from '../own-name.ts'
import type { HttpApi } from './dev-server.ts'
import { IP, listens } from './ports.ts'
import { readsOnly } from './reads-only.ts'

/** A server that has the UI's files. */
export interface UiFiles {
  uiPort: number
  close(): Promise<void>
}

export interface Ui {
  url: string
  close(): Promise<void>
}

/** The files' server is ended when nobody has asked it for so long. */
const IDLE_MS = 10 * 60_000
/** How the HTTP API writes payloads for programs, as the UI wants them; people get them in short otherwise. */
const LONG_JSON = 'application/json+no-payload-shorthand'

/**
 * Listens where the UI is to be.
 * @param options.files - starts a server that has the UI's files
 * @param options.writes - lets the UI change things: end, cancel, reset and signal workflows
 */
export async function startUi(options: {
  port: number
  http: HttpApi
  files: () => Promise<UiFiles>
  writes: boolean
}): Promise<Ui> {
  const files = whileLookedAt(options.files)
  const isOwn = ownHosts()
  const server = createServer((asked, answer) => {
    const { host, origin } = asked.headers
    if (!isOwn(host) || !fromOwnPage(origin, host)) return refuse(answer, 403, 'not for other pages')
    const { method = '', url = '' } = asked
    if (!url.startsWith('/')) return refuse(answer, 400, 'not a path')
    if (!options.writes && !readsOnly(method, url)) return refuse(answer, 405, 'reads only')
    const path = url.replace(/\?.*/s, '')
    if (path !== SETTINGS && path.startsWith('/api/')) {
      return pass(asked, answer, {
        ...options.http,
        headers: { accept: LONG_JSON, 'content-type': LONG_JSON },
      })
    }
    files.port().then(
      (port) => {
        if (path === SETTINGS) settings(port, !options.writes, answer)
        else pass(asked, answer, { port, host: `${IP}:${port}`, headers: {} })
      },
      () => refuse(answer, 502, "the UI's files can't be had"),
    )
  })
  await listen(server, options.port)
  return {
    url: `http://${IP}:${options.port}`,
    close: async () => {
      server.closeAllConnections()
      await Promise.all([new Promise((resolve) => server.close(resolve)), files.close()])
    },
  }
}

const SETTINGS = '/api/v1/settings'

/** Runs the server of the files from the first question until none has come for a while. */
function whileLookedAt(start: () => Promise<UiFiles>): {
  port: () => Promise<number>
  close: () => Promise<void>
} {
  let running: Promise<UiFiles> | undefined
  let idle: NodeJS.Timeout | undefined
  const close = async () => {
    clearTimeout(idle)
    const ending = running
    running = undefined
    await ending?.then(
      (it) => it.close(),
      () => undefined,
    )
  }
  const begin = async () => {
    const begun = await start()
    // It answers its clients a moment before its pages.
    while (!(await listens(begun.uiPort))) await delay(25)
    return begun
  }
  return {
    async port() {
      clearTimeout(idle)
      idle = setTimeout(() => void close(), IDLE_MS).unref()
      running ??= begin()
      running.catch(() => {
        running = undefined
      })
      return (await running).uiPort
    },
    close,
  }
}

/** What the UI goes by. Without write actions it doesn't show their buttons, either. */
async function settings(port: number, readOnly: boolean, answer: ServerResponse): Promise<void> {
  try {
    const said = (await (await fetch(`http://${IP}:${port}${SETTINGS}`)).json()) as object
    answer.writeHead(200, { ...GUARDS, 'content-type': 'application/json' })
    answer.end(JSON.stringify({ ...said, DisableWriteActions: readOnly }))
  } catch {
    refuse(answer, 502, "the UI's settings can't be had")
  }
}

/** Hands a request on, and its answer back. */
function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  to: { port: number; host: string; headers: Record<string, string> },
): void {
  const { origin: _, ...headers } = asked.headers
  const onward = request({
    ...{ host: IP, port: to.port, method: asked.method, path: asked.url, agent: false },
    headers: { ...headers, ...to.headers, host: to.host },
  })
  onward.once('response', (got) => {
    answer.writeHead(got.statusCode ?? 502, { ...got.headers, ...GUARDS })
    pipeline(got, answer, () => undefined)
  })
  onward.once('error', () => refuse(answer, 502, 'Temporal does not answer'))
  answer.once('close', () => onward.destroy())
  pipeline(asked, onward, () => undefined)
}

/** No other page may show the UI in a frame, or load what it says. */
const GUARDS = { 'x-frame-options': 'SAMEORIGIN', 'cross-origin-resource-policy': 'same-origin' }

function refuse(answer: ServerResponse, status: number, says: string): void {
  if (answer.headersSent) return void answer.destroy()
  answer.writeHead(status, { ...GUARDS, 'content-type': 'text/plain', connection: 'close' })
  answer.end(`${says}\n`)
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, IP, resolve)
  })

/**
 * The local bank: a credit provider in Creditsafe's shape that answers `pending` at once, decides after days of the
 * environment's clock, posts that to the webhook, and sometimes never does.
 */
import { setMaxListeners } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../store/clock.ts'
import { fromOwnPage, ownHosts } from '../own-name.ts'
import { type BankRequest, byReference, type Decide, noticesOf, pending } from './bank-decision.ts'
import { type Account, openAccounts, writeAccount } from './files.ts'

export interface BankOptions {
  /** The environment's. */
  clock: Pick<Clock, 'now' | 'msUntil'>
  /** What it decides; by a hash of the reference when left out. The same request asked again isn't decided again. */
  decide?: Decide
  /** Where it says so, with the secret in the header `x-relance-secret`. */
  webhook: { url: string; secret: string }
  /** Where it keeps what it still has to say. */
  dir: string
  /** 0, or nothing, takes a free one. */
  port?: number
}

export interface Bank {
  /** As in `http://127.0.0.1:7400`; decisions are asked for at `/v1/decisionEngine/{tree}`. */
  url: string
  /** Says nothing any more; what was still to be said is said after the next start. */
  close(): Promise<void>
}

const LARGEST = 64 * 1024
/** The longest wait of one timer: Node's hold 24 days at most, and the environment's clock may have been changed. */
const LONGEST_WAIT_MS = 3_600_000
/** How long it waits when nobody takes what it says: real milliseconds, the first time and at most. */
const FIRST_RETRY_MS = 200
const LAST_RETRY_MS = 60_000

/** Starts the bank, which goes on with what it had to say. */
export async function startBank(options: BankOptions): Promise<Bank> {
  const { clock, dir, webhook, decide = byReference } = options
  const end = new AbortController()
  const { signal } = end
  setMaxListeners(0, signal)
  const accounts = new Map<string, Promise<Account>>()
  const speaking = new Set<Promise<void>>()

  /** Says what is to be said of one request, one after the other. */
  const speak = (account: Account): void => {
    const work = sayAll(account).catch(() => undefined)
    speaking.add(work)
    void work.then(() => speaking.delete(work))
  }
  const sayAll = async (account: Account): Promise<void> => {
    for (const notice of account.notices.slice(account.said)) {
      for (let ms = 1; ms > 0; ) {
        ms = await clock.msUntil(notice.at)
        if (ms > 0) await sleep(Math.min(ms, LONGEST_WAIT_MS), undefined, { signal })
      }
      for (let wait = FIRST_RETRY_MS; !(await say(notice.body)); wait = Math.min(2 * wait, LAST_RETRY_MS)) {
        await sleep(wait, undefined, { signal })
      }
      account.said += 1
      await writeAccount(dir, account)
    }
  }
  /** @returns whether it was taken, or won't ever be. */
  const say = async (body: object): Promise<boolean> => {
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-relance-secret': webhook.secret },
        body: JSON.stringify(body),
        signal,
      })
      await response.arrayBuffer()
      return response.status < 500 && response.status !== 429
    } catch {
      signal.throwIfAborted()
      return false
    }
  }
  const open = async (request: BankRequest): Promise<Account> => {
    const notices = noticesOf(request, decide(request), await clock.now())
    const account: Account = { request, notices, said: 0 }
    await writeAccount(dir, account)
    speak(account)
    return account
  }

  for (const account of await openAccounts(dir)) {
    accounts.set(account.request.reference, Promise.resolve(account))
    speak(account)
  }
  const server = createServer((incoming, response) => {
    answer(incoming, async (request) => {
      const known = accounts.get(request.reference) ?? open(request)
      accounts.set(request.reference, known)
      // The request is answered only once it is on the disk.
      await known.catch((error) => {
        accounts.delete(request.reference)
        throw error
      })
    }).then(
      ({ status, body }) => send(response, status, body),
      () => send(response, 500, { message: 'something unexpected happened' }),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      end.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await Promise.all([closed, ...speaking])
    },
  }
}

interface Answer {
  status: number
  body: object
}

const isOwnHost = ownHosts()

async function answer(
  incoming: IncomingMessage,
  take: (request: BankRequest) => Promise<void>,
): Promise<Answer> {
  const { host, origin } = incoming.headers
  if (!isOwnHost(host) || !fromOwnPage(origin, host)) {
    return { status: 403, body: { message: 'this bank is for the Relance that it is part of' } }
  }
  const url = new URL(incoming.url ?? '/', 'http://bank')
  if (incoming.method !== 'POST' || !/^\/v1\/decisionEngine\/[^/]+$/.test(url.pathname)) {
    return { status: 404, body: { message: 'ask with POST /v1/decisionEngine/{tree}' } }
  }
  const companyId = url.searchParams.get('companyId')
  const reference = url.searchParams.get('originationId')
  if (!companyId || !reference) {
    return { status: 400, body: { message: 'companyId and originationId are needed' } }
  }
  const body = await jsonOf(incoming)
  if (!body) return { status: 400, body: { message: 'the body is no JSON object' } }
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? value : undefined
  const request: BankRequest = {
    reference,
    companyId,
    company: text(body.company),
    country: text(body.country),
    amount: Number(body.salesValue) || 0,
  }
  await take(request)
  return { status: 200, body: pending(request) }
}

async function jsonOf(incoming: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST) return undefined
    chunks.push(chunk)
  }
  try {
    const json: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}')
    return json !== null && typeof json === 'object' ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/**
 * One HTTP exchange whose request leaves only after the hand-over mark. The connection is made first and is a new
 * one, so that trouble in reaching the provider is known not to have asked; nothing is redirected, because the
 * request carries secrets.
 */
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { CreditRequest } from './request.ts'

export type Reply =
  | { kind: 'answered'; status: number; body: string }
  /** It is certain that the request didn't leave. */
  | { kind: 'unsent'; trouble: string }
  /** It was asked, and nobody knows what it said. */
  | { kind: 'unanswered'; trouble: string }
  /** `handingOver` said no. */
  | { kind: 'closed'; reason: unknown }

const LARGEST = 1024 * 1024

/**
 * @param handingOver - called when the connection stands; the request leaves when it resolves, never when it rejects
 * @param timeout - real milliseconds to connect, and again for the answer
 */
export async function exchange(
  { method, url, headers, body }: CreditRequest,
  { handingOver, timeout }: { handingOver: () => Promise<void>; timeout: number },
): Promise<Reply> {
  const tls = url.protocol === 'https:'
  let asked = false
  let refusal: { reason: unknown } | undefined
  let asking: Promise<void> = Promise.resolve()
  const limit = new AbortController()
  const giveUp = (): void => limit.abort(Object.assign(new Error('too slow'), { code: 'TIMEOUT' }))
  let timer = setTimeout(giveUp, timeout)
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const request = (tls ? secure : plain)(url, {
        method,
        agent: false,
        signal: limit.signal,
        headers: {
          accept: 'application/json',
          'user-agent': 'Relance',
          ...headers,
          'content-length': Buffer.byteLength(body ?? ''),
        },
      })
      request.once('error', reject)
      request.once('response', (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > LARGEST) response.destroy(Object.assign(new Error('too large'), { code: 'TOO_LARGE' }))
          else chunks.push(chunk)
        })
        response.once('error', reject)
        response.once('aborted', () => reject(Object.assign(new Error('cut off'), { code: 'ECONNRESET' })))
        response.once('end', () =>
          resolve({
            kind: 'answered',
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      })
      request.once('socket', (socket) => {
        socket.once(tls ? 'secureConnect' : 'connect', () => {
          clearTimeout(timer)
          asking = handingOver().then(
            () => {
              if (request.destroyed) return
              asked = true
              timer = setTimeout(giveUp, timeout)
              request.end(body)
            },
            (reason) => {
              refusal = { reason }
              request.destroy(new Error('handing over was refused'))
            },
          )
        })
      })
    })
  } catch (error) {
    await asking
    if (refusal) return { kind: 'closed', reason: refusal.reason }
    return { kind: asked ? 'unanswered' : 'unsent', trouble: codeOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** A code of the system's, never a message: messages quote addresses. */
function codeOf(error: unknown): string {
  for (let at = error as Failure | undefined; at; at = at.cause as Failure | undefined) {
    if (typeof at.code === 'string' && at.code !== 'ABORT_ERR') return at.code
  }
  return 'TIMEOUT'
}

type Failure = { code?: unknown; cause?: unknown }

/**
 * The API's checks before any route: this machine's own names, the bearer of the token, and bodies of a sensible size.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RelanceError } from '../../cadence/errors.ts'
import { answer } from './errors.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Refuses requests that name another host. A web page can point a name of its own at 127.0.0.1 and make the
 * browser send requests here (DNS rebinding); the Host header gives it away.
 * @param allowed - host names beside this machine's own, for servers that listen to more than the loopback
 */
export function onlyHosts(allowed: readonly string[] = []): MiddlewareHandler {
  const hosts = new Set([...LOOPBACK, ...allowed].map((host) => host.toLowerCase()))
  return async (c, next) => {
    const named = c.req.header('host') ?? new URL(c.req.url).host
    if (hosts.has(named.replace(/:\d*$/, '').toLowerCase())) return next()
    return answer(c, new RelanceError('host_refused', { host: named }))
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Lets the bearer of the token in. Digests are compared, so the time taken tells nothing about the token. */
export function onlyBearer(token: string): MiddlewareHandler {
  const right = digest(token)
  return async (c, next) => {
    const given = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (given !== undefined && timingSafeEqual(digest(given), right)) return next()
    c.header('WWW-Authenticate', 'Bearer realm="relance"')
    return answer(c, new RelanceError('unauthorized', { given: given !== undefined }))
  }
}

/** Refuses bodies larger than this many megabytes, before and while they are read. */
export function atMost(megabytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: megabytes * 1024 * 1024,
    onError: (c) => answer(c, new RelanceError('too_large', { megabytes })),
  })
}

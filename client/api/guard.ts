/**
 * The API's checks before any route: this machine's own names and pages, the bearer of the token, and bodies of a sensible size.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RelanceError } from '../../cadence/errors.ts'
import { fromOwnPage, ownHosts } from '../../worker/own-name.ts'
import { answer } from './errors.ts'

/**
 * Refuses requests that name another host: a web page that pointed a name of its own at this machine sends them.
 * @param allowed - host names beside this machine's own, for servers that listen to more than the loopback
 */
export function onlyHosts(allowed: readonly string[] = []): MiddlewareHandler {
  const isOwn = ownHosts(allowed)
  return async (c, next) => {
    const host = hostOf(c)
    return isOwn(host) ? next() : answer(c, new RelanceError('host_refused', { host }))
  }
}

/** Refuses requests of pages that aren't from here, whatever they carry. No page of another origin has any business here. */
export const onlyOwnPages: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  return origin === undefined || fromOwnPage(origin, hostOf(c))
    ? next()
    : answer(c, new RelanceError('origin_refused', { origin }))
}

const hostOf = (c: Context): string => c.req.header('host') ?? new URL(c.req.url).host

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

/** Refuses requests that have nothing to say: to a route whose fields may all be left out, none would be an empty one. */
export const needsBody: MiddlewareHandler = async (c, next) =>
  c.req.header('content-type') === undefined && (await c.req.text()) === ''
    ? answer(c, new RelanceError('bad_request', { says: 'no body' }))
    : next()

/** Refuses bodies larger than this many megabytes, before and while they are read. */
export function atMost(megabytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: megabytes * 1024 * 1024,
    onError: (c) => answer(c, new RelanceError('too_large', { megabytes })),
  })
}

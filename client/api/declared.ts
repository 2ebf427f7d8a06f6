/** Methods that a path doesn't have: 405 with those that it has (RFC 9110, §15.5.6). */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { RelanceError } from '../../cadence/errors.ts'
import { answer } from './errors.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Refuses methods that no route of the path takes; a path without any route goes on to its 404. */
export function onlyDeclared(app: OpenAPIHono): MiddlewareHandler {
  return async (c, next) => {
    const { method, path } = c.req
    const allowed = methodsOf(app, path)
    if (allowed.length === 0 || allowed.includes(method)) return next()
    c.header('Allow', allowed.join(', '))
    return answer(c, new RelanceError('method_not_allowed', { method, path, allowed }))
  }
}

/**
 * The methods that a path takes. A route with exactly this path comes before those with parameters, as the OpenAPI
 * document has it: `/leads/import` is no lead.
 */
function methodsOf(app: OpenAPIHono, path: string): string[] {
  const exact = app.routes
    .filter((route) => route.path === path && isRoute(route))
    .map(({ method }) => method)
  const taken = METHODS.filter((method) =>
    exact.length > 0
      ? exact.includes(method)
      : app.router.match(method, path)[0].some(([[, route]]) => isRoute(route)),
  )
  return taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

/** What is for every method is a check, not a route. */
const isRoute = ({ method }: { method: string }): boolean => method !== 'ALL'

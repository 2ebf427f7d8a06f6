/** The checker over the store, and reconciling it with Temporal. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as shapes from '../../contract/index.ts'
import type { Deps } from '../../services/deps.ts'
import { doctor } from '../../services/doctor.ts'
import { reconcile } from '../../services/reconcile.ts'
import { languageOf } from '../audience.ts'
import { atMost } from '../guard.ts'
import { answers, security } from './common.ts'

const BODY_MB = 1

const doctorRoute = createRoute({
  method: 'get',
  path: '/v1/doctor',
  summary: 'Look for what must not be: signals, leads, slots, touches and turns that do not fit together',
  security,
  request: { query: shapes.noQuery },
  responses: answers(shapes.doctorReport, 'What was found'),
})

const reconcileRoute = createRoute({
  method: 'post',
  path: '/v1/reconcile',
  summary: 'Compare all open leads with all workflows, as after a restore; mend what can be, without sending',
  security,
  middleware: atMost(BODY_MB),
  request: {
    query: shapes.noQuery,
    body: { content: { 'application/json': { schema: shapes.reconcileBody } } },
  },
  responses: answers(shapes.reconciled, 'What was mended, and what can not be'),
})

export function doctorRoutes(app: OpenAPIHono, deps: Deps): void {
  app.openapi(doctorRoute, async (c) => c.json(await doctor(deps, languageOf(c)), 200))
  app.openapi(reconcileRoute, async (c) =>
    c.json(await reconcile(deps, shapes.reconcileBody.parse(c.req.valid('json') ?? {})), 200),
  )
}

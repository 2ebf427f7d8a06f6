/** The do-not-contact list: who said no, as a list to look at, to add to, to read and write as CSV, and to lift from. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import { errorPhrases } from '../../../cadence/reasons/error-words.ts'
import * as shapes from '../../contract/index.ts'
import { tellWarning } from '../../contract/launch-report.ts'
import type { Deps } from '../../services/deps.ts'
import {
  addSuppressions,
  exportSuppressions,
  importSuppressions,
  lift,
  suppressionDetail,
  suppressionPage,
} from '../../services/suppressions.ts'
import { languageOf } from '../audience.ts'
import { atMost } from '../guard.ts'
import { answers, json, security, XLSX } from './common.ts'

const BODY_MB = 1
const LIST_MB = 1024
const CSV = 'text/csv'

const listRoute = createRoute({
  method: 'get',
  path: '/v1/suppressions',
  summary: 'The do-not-contact list, page by page',
  security,
  request: { query: shapes.suppressionQuery },
  responses: answers(shapes.suppressionPage, 'A page of entries'),
})

const exportRoute = createRoute({
  method: 'get',
  path: '/v1/suppressions/export',
  summary: 'The whole list as CSV, which the import reads back',
  security,
  request: { query: shapes.noQuery },
  responses: {
    ...answers(shapes.suppressionPage, 'The list'),
    200: { description: 'The list', content: { [CSV]: { schema: { type: 'string' } } } },
  },
})

const importRoute = createRoute({
  method: 'post',
  path: '/v1/suppressions/import',
  summary: 'Put all addresses and domains of a file, CSV or XLSX, on the list',
  description: 'One a row, with or without a header. The file is read as it comes in.',
  security,
  middleware: atMost(LIST_MB),
  request: {
    query: shapes.importQuery,
    body: {
      content: {
        [CSV]: { schema: { type: 'string', format: 'binary' } },
        [XLSX]: { schema: { type: 'string', format: 'binary' } },
        'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
      },
    },
  },
  responses: answers(shapes.importedList, 'What was recognised, and what came of it'),
})

const addRoute = createRoute({
  method: 'post',
  path: '/v1/suppressions',
  summary: 'Put addresses and domains on the list; open leads that have them hear of it at once',
  security,
  middleware: atMost(BODY_MB),
  request: { query: shapes.noQuery, body: json(shapes.suppressBody) },
  responses: answers(shapes.suppressed, 'It holds from now on'),
})

const showRoute = createRoute({
  method: 'get',
  path: '/v1/suppressions/{entry}',
  summary: 'Whether an address or a domain is suppressed, by what, and what was done to it',
  security,
  request: { params: shapes.suppressionParam, query: shapes.noQuery },
  responses: answers(shapes.suppressionDetail, 'The entry'),
})

const liftRoute = createRoute({
  method: 'post',
  path: '/v1/suppressions/{entry}/lift',
  summary: 'Take an entry off the list, with a reason, which stays on record',
  security,
  middleware: atMost(BODY_MB),
  request: { params: shapes.suppressionParam, query: shapes.noQuery, body: json(shapes.liftBody) },
  responses: answers(shapes.lifted, 'It is lifted; ended leads begin again only by `reopen`'),
})

export function suppressionRoutes(app: OpenAPIHono, deps: Deps): void {
  app.openapi(listRoute, async (c) => c.json(await suppressionPage(deps, c.req.valid('query')), 200))
  app.openapi(exportRoute, (c) => {
    c.header('content-type', `${CSV}; charset=utf-8`)
    c.header('content-disposition', 'attachment; filename="do-not-contact.csv"')
    // A stream is a response that the types of a route have no word for.
    return stream(c, async (out) => {
      for await (const lines of exportSuppressions(deps)) await out.write(lines)
    }) as never
  })
  app.openapi(importRoute, async (c) => {
    const body = c.req.raw.body ?? new Blob([]).stream()
    const { by, sheet, dry_run } = c.req.valid('query')
    const language = languageOf(c)
    const { address } = errorPhrases(language)
    const outcome = await importSuppressions(deps, body, { by, sheet, dryRun: dry_run === 'true' })
    const told = {
      refused: outcome.refused.map(({ fault, ...row }) => ({ ...row, message: address(fault) })),
      warnings: outcome.warnings.map((warning) => tellWarning(warning, language)),
    }
    return c.json({ ...outcome, ...told }, 200)
  })
  app.openapi(addRoute, async (c) => c.json(await addSuppressions(deps, c.req.valid('json')), 200))
  app.openapi(showRoute, async (c) => c.json(await suppressionDetail(deps, c.req.valid('param').entry), 200))
  app.openapi(liftRoute, async (c) =>
    c.json(await lift(deps, c.req.valid('param').entry, c.req.valid('json')), 200),
  )
}

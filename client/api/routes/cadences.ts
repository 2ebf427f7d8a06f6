/** Publishing cadences, and launching leads in them. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { RelanceError } from '../../../cadence/errors.ts'
import { sayEdit } from '../../../cadence/reasons/edits.ts'
import { bodyOf, tellProblem } from '../../contract/error-body.ts'
import * as shapes from '../../contract/index.ts'
import { tellReport } from '../../contract/launch-report.ts'
import { parseMap } from '../../import/columns.ts'
import type { Deps } from '../../services/deps.ts'
import { type LaunchRequest, launch } from '../../services/launch.ts'
import { listCadences, publish } from '../../services/publish.ts'
import { languageOf } from '../audience.ts'
import { asRelanceError } from '../errors.ts'
import { atMost } from '../guard.ts'
import { answers, json, security, XLSX } from './common.ts'

const NDJSON = 'application/x-ndjson'
const PUBLISH_MB = 32
const LAUNCH_MB = 256

const publishRoute = createRoute({
  method: 'post',
  path: '/v1/cadences',
  summary: 'Publish a cadence: cuts a numbered version; the same content is the same version',
  security,
  middleware: atMost(PUBLISH_MB),
  request: { query: shapes.noQuery, body: json(shapes.publishBody) },
  responses: answers(shapes.published, 'The version'),
})

const listRoute = createRoute({
  method: 'get',
  path: '/v1/cadences',
  summary: 'Every cadence with the version that launches use',
  security,
  request: { query: shapes.noQuery },
  responses: answers(shapes.cadenceList, 'The cadences'),
})

const launchRoute = createRoute({
  method: 'post',
  path: '/v1/cadences/{cadence}/launch',
  summary: 'Launch the leads of a file: CSV, or a workbook (XLSX)',
  description: `With \`Accept: ${NDJSON}\` the answer is a line of JSON for every step of progress and one for the report.`,
  security,
  middleware: atMost(LAUNCH_MB),
  request: {
    params: shapes.cadenceParam,
    query: shapes.launchQuery,
    body: {
      content: {
        'text/csv': { schema: { type: 'string', format: 'binary' } },
        [XLSX]: { schema: { type: 'string', format: 'binary' } },
        'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
        'multipart/form-data': { schema: shapes.launchForm },
      },
    },
  },
  responses: {
    ...answers(shapes.launchReport, 'What became of every row'),
    200: {
      description: 'What became of every row',
      content: {
        'application/json': { schema: shapes.launchReport },
        [NDJSON]: { schema: { type: 'string' } },
      },
    },
  },
})

export function cadenceRoutes(app: OpenAPIHono, deps: Deps): void {
  app.openapi(publishRoute, async (c) => {
    const { warnings, edits, ...published } = await publish(deps, c.req.valid('json'))
    const language = languageOf(c)
    const told = {
      warnings: warnings.map((one) => tellProblem(one, language)),
      edits: edits.map((edit) => ({ ...edit, message: sayEdit(edit, language) })),
    }
    return c.json({ ...published, ...told }, 200)
  })
  app.openapi(listRoute, async (c) => c.json({ cadences: await listCadences(deps) }, 200))
  app.openapi(launchRoute, async (c) => {
    const { cadence } = c.req.valid('param')
    const query = c.req.valid('query')
    const form = isForm(c) ? shapes.launchForm.parse(await c.req.parseBody({ all: true })) : undefined
    const request: LaunchRequest = {
      cadence,
      csv: form ? await fileOf(form.file) : new Uint8Array(await c.req.arrayBuffer()),
      map: parseMap([query.map ?? [], form?.map ?? []].flat()),
      ignore: [query.ignore ?? [], form?.ignore ?? []].flat(),
      dates: query.dates ?? form?.dates,
      encoding: query.encoding ?? form?.encoding,
      sheet: query.sheet ?? form?.sheet,
      dryRun: (query.dry_run ?? form?.dry_run) === 'true',
    }
    // A stream is a response that the types of a route have no word for.
    if (c.req.header('accept')?.includes(NDJSON)) return (await streamed(c, deps, request)) as never
    return c.json(tellReport(await launch(deps, request), languageOf(c)), 200)
  })
}

const isForm = (c: Context): boolean => /^multipart\/form-data/i.test(c.req.header('content-type') ?? '')

async function fileOf(part: unknown): Promise<Uint8Array> {
  if (part instanceof Blob) return new Uint8Array(await part.arrayBuffer())
  // A part without a file's name is read as text.
  if (typeof part === 'string') return new TextEncoder().encode(part)
  throw new RelanceError('no_file', { field: 'file' })
}

/**
 * A launch whose progress is streamed. What fails before there is any progress is an ordinary error; a client that
 * goes away doesn't stop the launch.
 */
async function streamed(c: Context, deps: Deps, request: LaunchRequest): Promise<Response> {
  const lines: shapes.LaunchLine[] = []
  let wake = (): void => undefined
  let begun = (): void => undefined
  const beginning = new Promise<void>((resolve) => {
    begun = resolve
  })
  let over = false
  let streams = false
  const push = (line: shapes.LaunchLine): void => {
    streams = true
    lines.push(line)
    begun()
    wake()
  }
  const work = launch(deps, { ...request, onProgress: (p) => push({ kind: 'progress', ...p }) }).then(
    (outcome) => push({ kind: 'report', ...tellReport(outcome, languageOf(c)) }),
    (error: unknown) => {
      if (!streams) throw error
      push({ kind: 'error', ...bodyOf(asRelanceError(error, deps.log), languageOf(c)) })
    },
  )
  const finished = work.finally(() => {
    over = true
    wake()
  })
  await Promise.race([beginning, finished])
  // From here on every error is a line of the stream.
  finished.catch(() => undefined)
  c.header('content-type', NDJSON)
  return stream(c, async (out) => {
    for (;;) {
      for (const line of lines.splice(0)) await out.write(`${JSON.stringify(line)}\n`)
      if (lines.length > 0) continue
      if (over) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  })
}

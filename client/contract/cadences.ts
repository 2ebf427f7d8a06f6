/** Cadences on the wire: publishing, listing, launching. */
import { z } from '@hono/zod-openapi'
import { EDIT_CODES } from '../../cadence/edits.ts'
import { type ErrorBody, problem } from './errors.ts'
import { count, ordinal } from './numbers.ts'
import { keyed, line, query, several, text } from './text.ts'

export const cadenceParam = z.object({
  cadence: line(100).openapi({ param: { name: 'cadence', in: 'path' }, example: 'atelier-erp' }),
})

export const publishBody = z
  .strictObject({
    source: text(16_000_000).openapi({ description: 'the cadence file, YAML' }),
    file: line(500).optional().openapi({ description: 'its name, for messages' }),
    templates: keyed(200, text(1_000_000))
      .default({})
      .openapi({ description: 'file name (`hello.fr.md`) → Markdown' }),
  })
  .openapi('Publish')
const edit = z
  .object({
    code: z.enum(EDIT_CODES),
    message: z.string(),
    values: z.record(z.string(), z.unknown()).openapi({ description: 'the same as data, code by code' }),
    leads: count().openapi({ description: 'how many open leads have done the step' }),
  })
  .openapi('StepEdit')
export const published = z
  .object({
    cadence: z.string(),
    version: ordinal(),
    isNew: z.boolean().openapi({ description: 'false: this content was published before' }),
    warnings: z.array(problem),
    edits: z.array(edit).openapi({
      description: 'what it does to ids of steps that open leads on other versions have done',
    }),
  })
  .openapi('Published')

export const cadenceRow = z
  .object({
    name: z.string(),
    version: ordinal().openapi({ description: 'the one launches use' }),
    versions: ordinal(),
    publishedAt: z.string(),
    open: count().openapi({ description: 'leads' }),
    ended: count(),
    halted: z.boolean(),
  })
  .openapi('Cadence')
export const cadenceList = z.object({ cadences: z.array(cadenceRow) })

export const REFUSAL_CODES = [
  'invalid_email',
  'missing_field',
  'duplicate_row',
  'already_launched',
  'contact_of_lead',
  'suppressed',
  'opt_out_unclear',
  'garbled_text',
  'unfillable_template',
  'unwritable_text',
] as const
const values = z.record(z.string(), z.unknown()).openapi({ description: 'the same as data, code by code' })
export const refusal = z.object({ row: ordinal(), code: z.enum(REFUSAL_CODES), message: z.string(), values })
export const fileWarning = z
  .object({
    code: z.string(),
    message: z.string(),
    values,
    rows: z.array(ordinal()).optional().openapi({ description: 'the first rows it is about' }),
    more: count().optional().openapi({ description: 'how many other rows there are' }),
  })
  .openapi('FileWarning')
export const columnRead = z
  .object({
    column: z.string(),
    fields: z.array(z.string()).openapi({
      description: 'what it was taken for: fields, and the name that templates use; none: left out',
    }),
    consent: z
      .enum(['opted_out', 'opted_in', 'marketing_status', 'email_status'])
      .optional()
      .openapi({ description: 'it says who may be written to' }),
    ignored: z
      .literal(true)
      .optional()
      .openapi({ description: 'only what is clearly an opt-out counts as one in it' }),
    dates: z
      .enum(['dmy', 'mdy'])
      .optional()
      .openapi({ description: 'how its dates were written; they are kept in ISO 8601' }),
    samples: z.array(z.string()).openapi({ description: 'its first two values' }),
  })
  .openapi('ColumnRead')
export const encodingRead = z
  .object({
    name: z.string(),
    confidence: z.number().openapi({ description: 'from 0 to 1; 1 where it was said' }),
    sample: z.array(z.string()).openapi({ description: 'texts that another encoding would spoil' }),
  })
  .openapi({ description: 'how the file is written; `xlsx` for a workbook' })
export const launchReport = z
  .object({
    launched: count(),
    already: count().openapi({ description: 'launched in this cadence before' }),
    ended: count().openapi({ description: 'of these, how many have ended: a launch does not reopen them' }),
    refused: z.array(refusal),
    warnings: z.array(fileWarning),
    encoding: encodingRead,
    columns: z.array(columnRead).openapi({ description: 'how the file was read' }),
    suppressed: count().openapi({
      description:
        'addresses that rows say are not to be written to, and that were not on the do-not-contact list before',
    }),
    stopped: z
      .array(z.object({ row: ordinal(), lead: z.string(), cadence: z.string() }))
      .openapi({ description: 'open leads, of any cadence, that end because a row says so' }),
    starting: count().openapi({
      description: 'of those launched, how many are on record but still wait for Temporal to be reachable',
    }),
    dryRun: z.boolean(),
  })
  .openapi('LaunchReport')
export const launchQuery = query({
  dry_run: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ param: { name: 'dry_run', in: 'query' } }),
  map: several(100, 200).openapi({
    param: { name: 'map', in: 'query' },
    description: '`field=Column`, as often as needed',
  }),
  encoding: line(40)
    .optional()
    .openapi({
      param: { name: 'encoding', in: 'query' },
      description: 'how the file is written, where that is not to be found out: `windows-1252`',
    }),
  sheet: line(200)
    .optional()
    .openapi({
      param: { name: 'sheet', in: 'query' },
      description: "a workbook's sheet, where several may be the list",
    }),
  dates: z
    .enum(['dmy', 'mdy'])
    .optional()
    .openapi({
      param: { name: 'dates', in: 'query' },
      description: "how dates as 01/03/2026 are written, in columns whose own dates don't say",
    }),
  ignore: several(100, 200).openapi({
    param: { name: 'ignore', in: 'query' },
    description:
      'a column in which what looks like an opt-out, and is not clearly one, is none; as often as needed',
  }),
})
export const launchForm = z
  .object({
    file: z.any().openapi({ type: 'string', format: 'binary', description: 'the file: CSV or XLSX' }),
    dry_run: z.enum(['true', 'false']).optional(),
    map: several(200, 500),
    ignore: several(200, 500),
    encoding: line(40).optional(),
    sheet: line(200).optional(),
    dates: z.enum(['dmy', 'mdy']).optional(),
  })
  .openapi('LaunchForm', { required: ['file'] })

export type PublishBody = z.input<typeof publishBody>
export type Published = z.infer<typeof published>
export type CadenceRow = z.infer<typeof cadenceRow>
export type Refusal = z.infer<typeof refusal>
export type LaunchReport = z.infer<typeof launchReport>

/** How far a launch is: `done` of about `total` rows are checked, then `done` of `total` leads are stored, `started` of them run. */
export interface LaunchProgress {
  phase: 'checking' | 'launching'
  done: number
  total: number
  started: number
}

/** What the API streams during a launch, one JSON document a line. */
export type LaunchLine =
  | ({ kind: 'progress' } & LaunchProgress)
  | ({ kind: 'report' } & LaunchReport)
  | ({ kind: 'error' } & ErrorBody)

/** The do-not-contact list on the wire: entries, what was done to them, and what comes of a change. */
import { z } from '@hono/zod-openapi'
import { DOORS, SUPPRESSION_REASONS } from '../../cadence/leads-file.ts'
import { columnRead, encodingRead, fileWarning } from './cadences.ts'
import { count, ordinal, pageSize } from './numbers.ts'
import { line, query, text } from './text.ts'

export const suppressionParam = z.object({
  entry: line(320).openapi({
    param: { name: 'entry', in: 'path' },
    description: 'an address, or a domain, which stands for all of its addresses and subdomains',
    example: 'hugo.morel@atelier-morel.example',
  }),
})
const reason = z.enum(SUPPRESSION_REASONS)
const by = line(200).optional().openapi({ description: 'who says so, for the record' })

export const suppressionQuery = query({
  search: line(320).optional().openapi({ description: 'part of an address or a domain' }),
  reason: reason.optional(),
  after: line(320).optional().openapi({ description: '`next` of the page before' }),
  limit: pageSize,
})
const said = {
  reason,
  at: z.string(),
  source: z.enum(DOORS).nullable().openapi({ description: 'by which door the no came in' }),
  by: z.string().nullable(),
  note: z.string().nullable(),
}
export const suppression = z
  .object({ entry: z.string(), kind: z.enum(['address', 'domain']), ...said })
  .openapi('Suppression')
export const suppressionPage = z.object({
  suppressions: z.array(suppression),
  next: z.string().nullable().openapi({ description: 'where the next page begins; null on the last' }),
})
export const suppressionDetail = z
  .object({
    entry: z.string(),
    suppressed: z.boolean(),
    because: z
      .array(suppression)
      .openapi({ description: 'the entries that suppress it: its own, its domains' }),
    history: z
      .array(z.object({ what: z.enum(['suppressed', 'lifted']), ...said }))
      .openapi({ description: 'what was done to the entry, oldest first; `note` of a lift is why' }),
  })
  .openapi('SuppressionDetail')

export const suppressBody = z
  .strictObject({
    entries: z
      .array(
        z.strictObject({ entry: line(320), reason: reason.default('asked'), note: text(1000).optional() }),
      )
      .min(1)
      .max(1000),
    by,
  })
  .openapi('Suppress')
const stopped = z
  .array(z.object({ entry: z.string(), lead: z.string(), cadence: z.string() }))
  .openapi({ description: 'open leads that end by it; at most the first hundred of a file' })
export const suppressed = z
  .object({ added: count(), known: count().openapi({ description: 'on the list before' }), stopped })
  .openapi('Suppressed')
export const importQuery = query({
  by,
  sheet: line(200).optional().openapi({ description: "a workbook's sheet, where several may be the list" }),
  dry_run: z.enum(['true', 'false']).optional().openapi({ description: 'only say what would come of it' }),
})
export const importedList = z
  .object({
    ...suppressed.shape,
    rows: count(),
    addresses: count(),
    domains: count(),
    encoding: encodingRead,
    columns: z.array(columnRead).openapi({
      description: 'how the file was read: `entry`, `reason`, `note`; no fields: left out',
    }),
    warnings: z.array(fileWarning),
    refused: z
      .array(z.object({ row: ordinal(), value: z.string(), message: z.string() }))
      .openapi({ description: 'rows without an address or a domain; at most the first hundred' }),
    more: count().openapi({ description: 'how many other rows were refused' }),
    dryRun: z.boolean(),
  })
  .openapi('ImportedList')

export const liftBody = z
  .strictObject({ reason: text(1000, 1).openapi({ description: 'why, for the record' }), by })
  .openapi('Lift')
export const lifted = z
  .object({
    entry: z.string(),
    leads: z
      .array(z.object({ lead: z.string(), contact: z.string(), ended: z.boolean() }))
      .openapi({ description: 'who may be written to again; an ended lead begins again only by `reopen`' }),
  })
  .openapi('Lifted')

export type SuppressionQuery = z.input<typeof suppressionQuery>
export type SuppressionRow = z.infer<typeof suppression>
export type SuppressionPage = z.infer<typeof suppressionPage>
export type SuppressionDetail = z.infer<typeof suppressionDetail>
export type SuppressBody = z.input<typeof suppressBody>
export type SuppressedAnswer = z.infer<typeof suppressed>
export type ImportedList = z.infer<typeof importedList>
export type LiftBody = z.input<typeof liftBody>
export type Lifted = z.infer<typeof lifted>

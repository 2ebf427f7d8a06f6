/** The zod schemas of a credit provider's keys in relance.yaml. */
import { z } from 'zod'
import { parsePath, scalar } from '../../activities/credit/path.ts'
import { GROUPS, SINGLE } from '../../activities/credit/request.ts'
import { parseLiquid } from '../../activities/texts/liquid.ts'
import { mentions } from '../../activities/texts/needs.ts'
import { isError } from '../../cadence/errors.ts'
import { faultIssue } from '../../cadence/language/zod-faults.ts'
import { hasReference } from '../config-text.ts'

/** The longest timeout of a request: the activity `deliver` that makes it has longer. */
const LONGEST = 120_000

/** What a refinement says of a text that it refuses. */
const refused = (kind: 'path' | 'limit_path' | 'url') => ({ params: { fault: { kind } } })

const path = z.string().refine((text) => parsePath(text) !== undefined, refused('path'))
const limitPath = z
  .string()
  .refine((text) => parsePath(text.replace(/\?$/, '')) !== undefined, refused('limit_path'))

/** One value or several; numbers are compared as they are written. */
const values = z.unknown().transform((given, context) => {
  const list = (Array.isArray(given) ? given : [given]).map(scalar)
  if (list.length > 0 && list.every((value) => value !== undefined)) return list
  context.addIssue(faultIssue({ kind: 'values' }))
  return z.NEVER
})

const liquid = z.string().superRefine((text, context) => {
  try {
    for (const { path: name } of mentions(parseLiquid(text, 'it'))) {
      const [group = '', member] = name.split('.')
      const known =
        member === undefined ? SINGLE.includes(group as 'amount') : GROUPS.includes(group as 'lead')
      if (!known) {
        context.addIssue(faultIssue({ kind: 'unknown_variable', variable: name }))
      }
    }
  } catch (error) {
    if (!isError(error, 'invalid_template')) throw error
    const { line, column, fault } = error.values
    context.addIssue(faultIssue({ kind: 'liquid', line, column, fault }))
  }
})

const url = liquid.refine((text) => hasReference(text) || /^https?:\/\/[^\s/]/.test(text), refused('url'))

const timeout = z.string().transform((text, context) => {
  const match = /^(\d{1,6})\s*(ms|s|m)$/.exec(text.trim())
  const ms = match ? Number(match[1]) * { ms: 1, s: 1000, m: 60_000 }[match[2] as 's'] : Number.NaN
  if (ms >= 1 && ms <= LONGEST) return ms
  context.addIssue(faultIssue({ kind: 'timeout' }))
  return z.NEVER
})

const headerName = z.string().regex(/^[A-Za-z0-9-]+$/)

export const decision = z.strictObject({
  path,
  approved: values.optional(),
  refused: values.optional(),
  review: values.optional(),
  pending: values.optional(),
})
export const mapping = {
  decision: decision.optional(),
  limit: limitPath.optional(),
  rating: path.optional(),
  ref: path.optional(),
  date: path.optional(),
}
/** `newLimit`, or `{ path: newValue, when: { ruleName: Credit Limit Change } }`. */
const change = z.preprocess(
  (given) => (typeof given === 'string' ? { path: given } : given),
  z.strictObject({ path, when: z.record(path, values).optional() }),
)
export const webhook = z.strictObject({
  secret: z.string().min(1),
  header: headerName.optional(),
  signature: headerName.optional(),
  reference: path.optional(),
  event: path.optional(),
  ...mapping,
  monitoring: z
    .strictObject({
      company: path,
      limit: change.optional(),
      rating: change.optional(),
      date: path.optional(),
    })
    .optional(),
})

/** A provider as it is written, kind by kind still to be looked at. */
export const shape = z.strictObject({
  kind: z.enum(['http', 'manual', 'local']).optional(),
  preset: z.enum(['creditsafe']).optional(),
  request: z
    .strictObject({
      method: z
        .string()
        .regex(/^[A-Z]{3,10}$/)
        .optional(),
      url,
      headers: z.record(headerName, liquid).optional(),
      body: liquid.optional(),
    })
    .optional(),
  company: liquid.optional(),
  timeout: timeout.optional(),
  answer: z.strictObject({ ...mapping, company: path.optional() }).optional(),
  webhook: webhook.optional(),
  for: z.string().min(1).max(100).optional(),
})

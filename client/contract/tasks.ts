/** Tasks on the wire: rows, one with its form, and its answer. */
import { z } from '@hono/zod-openapi'
import { OUTCOMES } from '../../cadence/words.ts'
import { pageSize } from './numbers.ts'
import { signalAnswer } from './signals.ts'
import { line, query, text } from './text.ts'

export const taskParam = z.object({
  task: line(300).openapi({ param: { name: 'task', in: 'path' }, example: 'k3v9q2m7x4t1/3/check' }),
})
export const taskQuery = query({
  lead: line(320).optional().openapi({ description: 'of one lead, by id or e-mail address' }),
  open: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'only those still to do; or only those that are done or closed' }),
  for: line(320).optional().openapi({ description: 'whose: a seller, `manager`, `finance`' }),
  limit: pageSize,
})
const said = { text: z.string().openapi({ description: 'in words, in the language that was asked for' }) }
const closing = z.discriminatedUnion('code', [
  z.object({ code: z.literal('lead_ended'), outcome: z.enum(OUTCOMES), ...said }),
  z.object({ code: z.literal('stage_over'), stage: z.string(), ...said }),
  z.object({ code: z.literal('play_over'), play: z.string(), ...said }),
  z.object({ code: z.literal('touch_over'), step: z.string(), ...said }),
  z.object({ code: z.literal('other_flaw'), step: z.string(), ...said }),
])
export const taskRow = z
  .object({
    id: z.string(),
    lead: z.string(),
    company: z.string().nullable(),
    contact: z
      .object({
        name: z.string().nullable(),
        title: z.string().nullable(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: 'whom it is about' }),
    amount: z.number().nullable().openapi({ description: 'what is at stake, in the currency of your books' }),
    kind: z.enum(['task', 'credit_check', 'notify']),
    text: z.string(),
    for: z.string().nullable(),
    at: z.string(),
    due: z.string().nullable(),
    doneAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    closing: closing.nullable().openapi({ description: 'why it closed by itself, undone' }),
  })
  .openapi('Task')
export const taskList = z.object({ tasks: z.array(taskRow) })
export const taskDetail = z
  .object({
    ...taskRow.shape,
    form: z
      .array(
        z.object({
          name: z.string(),
          kind: z.enum(['one_of', 'number', 'code', 'text']),
          values: z.array(z.string()).optional(),
          required: z.boolean(),
          about: z.string(),
        }),
      )
      .openapi({ description: 'the fields of its answer; without one it may be done, too' }),
  })
  .openapi('TaskDetail')
/** HTML forms send what is left empty as an empty text. */
const empty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
export const taskForm = z
  .strictObject({
    decision: z.enum(['approved', 'refused', 'review', 'opted_out', 'skip']),
    limit: empty(z.union([z.number(), line(40)])),
    rating: empty(line(64)),
    reference: empty(line(64)),
    note: empty(text(20_000)),
  })
  .openapi('TaskForm')
export const taskAnswer = z.object({ task: taskRow, signal: signalAnswer }).openapi('TaskAnswer')

export type TaskQuery = z.input<typeof taskQuery>
export type TaskRow = z.infer<typeof taskRow>
export type TaskDetail = z.infer<typeof taskDetail>
export type TaskForm = z.infer<typeof taskForm>
export type TaskAnswer = z.infer<typeof taskAnswer>

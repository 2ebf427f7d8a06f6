/** The zod schema of a lead's facts. */
import { z } from '@hono/zod-openapi'
import { DEALS } from '../../cadence/words.ts'
import { count } from './numbers.ts'

const dated = <T extends z.ZodType>(value: T) =>
  z.object({ value, at: z.string().nullable().openapi({ description: 'when it became so; null for never' }) })
export const facts = z
  .object({
    interest: dated(z.string()),
    need: dated(z.string()),
    credit: dated(
      z.object({
        state: z.string(),
        limit: z.number().optional(),
        rating: z.string().optional(),
        ref: z.string().optional(),
        provider: z.string().optional(),
      }),
    ),
    monitored: dated(z.object({ limit: z.number().optional(), rating: z.string().optional() })),
    demo: dated(z.string()),
    proposal: dated(z.string()),
    deal: dated(z.enum(DEALS)),
    amount: dated(z.number()),
    heard: z.string().nullable().openapi({ description: 'when we last heard from them' }),
    replied: z.string().nullable(),
    handled: dated(z.string()),
    quiet: z
      .record(z.string(), z.object({ until: z.string().nullable(), why: z.string() }))
      .openapi({ description: 'by contact: away, or asked to be left alone, until' }),
    contacts: z.array(
      z.looseObject({
        id: z.string(),
        role: z.string().nullable(),
        stance: z.string().nullable(),
        left: z.string().nullable(),
        refused: z.string().nullable().openapi({ description: 'when they said no to all of it' }),
        out: z.string().nullable().openapi({ description: 'why they must not be written to' }),
      }),
    ),
    objections: z.array(
      z.object({
        topic: z.string(),
        by: z.string(),
        raised: z.string().nullable(),
        open: z.boolean(),
      }),
    ),
    extended: z.record(z.string(), z.string()),
    themes: z.record(z.string(), count()),
    named: z.record(z.string(), dated(z.union([z.string(), z.number(), z.boolean()]))),
  })
  .openapi('Facts')

export type FactsView = z.infer<typeof facts>

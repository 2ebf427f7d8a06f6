/** Signals on the wire, and what answers them. */
import { z } from '@hono/zod-openapi'
import { SIGNAL_TYPES } from '../../cadence/signals.ts'
import { errorBody } from './errors.ts'
import { keyed, line, text } from './text.ts'

const signalFields = {
  type: line(100).openapi({ enum: SIGNAL_TYPES }),
  fields: keyed(100, z.union([text(100_000), z.number(), z.boolean()]))
    .default({})
    .openapi({ description: 'as the catalogue of signals has them', example: { level: 'comparing' } }),
  id: line(200).optional().openapi({
    description:
      'unique for the lead; the same signal twice counts once, another one with its id is `signal_conflict`, but for a no, which gets an id of its own',
  }),
  at: line(40).optional().openapi({
    description: "when it happened, now when left out; the lead's time zone when it names none",
    example: '2026-11-23T14:00:00Z',
  }),
  source: line(100).optional().openapi({ description: 'who says so', example: 'crm' }),
  contact: line(320)
    .optional()
    .openapi({ description: 'the contact it is about, by id or address; the main one when left out' }),
}
export const signalBody = z.strictObject(signalFields).openapi('Signal')
export const signalsBody = z
  .strictObject({
    signals: z
      .array(z.strictObject({ lead: line(320), ...signalFields }))
      .min(1)
      .max(1000),
  })
  .openapi('Signals')
export const signalAnswer = z
  .object({
    lead: z.string(),
    id: z.string(),
    type: z.string(),
    at: z.string(),
    duplicate: z.boolean().openapi({ description: 'this id was taken in before; it counts once' }),
    ended: z.boolean().openapi({ description: 'the lead has ended: recorded, and nothing follows from it' }),
    suppressed: z.boolean().optional().openapi({
      description:
        'of a no and of a hard bounce: the address is on the do-not-contact list, whether the lead had ended or not',
    }),
    delivered: z
      .boolean()
      .openapi({ description: 'false: safe on record, and delivered as soon as Temporal is reachable' }),
    referral: z
      .object({ lead: z.string().nullable(), became: z.enum(['started', 'linked', 'suppressed']) })
      .optional()
      .openapi({ description: 'of a referral: the lead it started, or the one they already are' }),
  })
  .openapi('SignalAnswer')
export const signalsAnswer = z
  .object({ results: z.array(z.union([signalAnswer, errorBody])) })
  .openapi('SignalAnswers')

export type SignalBody = z.input<typeof signalBody>
export type SignalAnswer = z.infer<typeof signalAnswer>
export type SignalsBody = z.input<typeof signalsBody>

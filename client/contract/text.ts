/** The zod schemas of texts and zones in requests. */
import { z } from '@hono/zod-openapi'
import type { InputFault } from '../../cadence/input-fault.ts'

/** The fault that a text with such characters has. */
const NOT_STORABLE = 'not_storable' satisfies InputFault['kind']

/** PostgreSQL takes neither NUL nor half a surrogate pair; a line takes no control character at all. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u, NOT_STORABLE)
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, NOT_STORABLE)

/** The zone that texts are written for. */
export const readerZone = line(60).optional().openapi({
  description: "IANA time zone of the reader, for times in texts; each lead's own when left out",
  example: 'Europe/Paris',
})
/** Query parameters: one that isn't there is refused. The issue's message has the names there are. */
export const query = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  })
export const noQuery = query({})
export const readerQuery = query({ zone: readerZone })

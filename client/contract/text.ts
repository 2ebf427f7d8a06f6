/** The zod schemas of texts and zones in requests. What each takes is in the OpenAPI document, too. */
import { z } from '@hono/zod-openapi'
import type { InputFault } from '../../cadence/input-fault.ts'

/** The fault that a text with such characters has. */
const NOT_STORABLE = 'not_storable' satisfies InputFault['kind']

/**
 * A text of so many characters, as JSON Schema counts them: code points, where JavaScript counts an emoji as two.
 * The pattern in the document is what JSON can have of the one that is checked: half a surrogate pair is no text there.
 */
const characters = (least: number, most: number, allowed: RegExp, pattern: string) =>
  z
    .string()
    .check((ctx) => {
      const { value } = ctx
      const size = value.length > most ? [...value.slice(0, 2 * most + 1)].length : value.length
      const bound = { origin: 'string', inclusive: true, input: value } as const
      if (size > most) ctx.issues.push({ ...bound, code: 'too_big', maximum: most })
      else if (size < least) ctx.issues.push({ ...bound, code: 'too_small', minimum: least })
    })
    .regex(allowed, NOT_STORABLE)
    .openapi({ ...(least > 0 && { minLength: least }), maxLength: most, pattern })

/** A text of several lines. PostgreSQL takes neither NUL nor half a surrogate pair. */
export const text = (most: number, least = 0) => characters(least, most, /^[^\0\p{Cs}]*$/u, '^[^\\u0000]*$')

const LINE = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$'

/** One line: no control characters at all. */
export const line = (most: number, least = 1) => characters(least, most, /^[^\p{Cc}\p{Cs}]*$/u, LINE)

/** A mapping whose keys are lines. */
export const keyed = <T extends z.ZodType>(most: number, value: T) =>
  z.record(line(most), value).openapi({
    // The document's types are of OpenAPI 3.0, which has no word for keys.
    ...({ propertyNames: { minLength: 1, maxLength: most, pattern: LINE } } as object),
  })

/** A query parameter that may be given again, each time a line. */
export const several = (most: number, each: number) =>
  z
    .union([z.array(line(each)).max(most), line(each).transform((one) => [one])])
    .optional()
    .openapi({
      type: 'array',
      maxItems: most,
      items: { type: 'string', minLength: 1, maxLength: each, pattern: LINE },
    })

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

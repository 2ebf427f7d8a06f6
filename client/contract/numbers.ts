/** The zod schemas of whole numbers, with the bounds that the OpenAPI document says. */
import { z } from '@hono/zod-openapi'

/** PostgreSQL's `integer`. */
const MOST = 2_147_483_647

/** How many there are of something. */
export const count = () => z.int().min(0)

/** A number in a row that begins with 1: a version, a line, a row of a file. */
export const ordinal = () => z.int().min(1).max(MOST)

/** How many entries a page has, as a query parameter: digits only, where JavaScript would read `1e2` and `0x10`, too. */
export const pageSize = z
  .preprocess(
    (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.int().min(1).max(1000).default(500),
  )
  .openapi({ type: 'integer', minimum: 1, maximum: 1000, default: 500 })

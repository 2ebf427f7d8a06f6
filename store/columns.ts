/** Column types of our own. */
import { customType } from 'drizzle-orm/pg-core'
import type { Instant } from '../cadence/time.ts'

/**
 * A moment of the environment's clock: `timestamptz(3)` in the database, so that people can read it with any tool;
 * epoch milliseconds in the code.
 */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (at) => new Date(at).toISOString(),
  fromDriver: (text) => Date.parse(text),
})

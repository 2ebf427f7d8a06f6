/** The zod schema of a reason, as the rules made it: a stable code with its values; instants are epoch milliseconds. */
import { z } from '@hono/zod-openapi'

export const reason = z.looseObject({ code: z.string() }).openapi('Reason')

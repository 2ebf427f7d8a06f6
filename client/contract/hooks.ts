/** The zod schemas of credit webhooks: what the sender is told. */
import { z } from '@hono/zod-openapi'
import { count } from './numbers.ts'
import { line } from './text.ts'

export const providerParam = z.object({
  provider: line(100).openapi({ param: { name: 'provider', in: 'path' }, example: 'creditsafe' }),
})

export const hookAnswer = z
  .object({
    recorded: count().openapi({ description: 'how many leads it was news for' }),
    duplicate: z.boolean().openapi({ description: 'it was taken in before; it counts once' }),
    ended: z.boolean().openapi({ description: 'the lead has ended: recorded, and nothing follows from it' }),
    because: z.string().optional().openapi({ description: 'why nothing was recorded' }),
  })
  .openapi('HookAnswer')

export type HookAnswer = z.infer<typeof hookAnswer>

/** The zod schema of an error body. */
import { z } from '@hono/zod-openapi'
import { ordinal } from './numbers.ts'

export const problem = z
  .looseObject({
    message: z.string(),
    remedy: z.string().optional(),
    code: z.string().optional().openapi({ example: 'unknown_key' }),
    values: z
      .record(z.string(), z.unknown())
      .optional()
      .openapi({ description: 'the same as data, code by code' }),
    severity: z.enum(['error', 'warning']).optional(),
    file: z.string().optional(),
    line: ordinal().optional(),
    column: ordinal().optional(),
  })
  .openapi('Problem')

export const errorBody = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'lead_unknown' }),
      message: z.string().openapi({ description: 'what is wrong, and where' }),
      remedy: z.string().optional().openapi({ description: 'what would be right' }),
      values: z
        .record(z.string(), z.unknown())
        .optional()
        .openapi({ description: 'the same as data, code by code: docs/errors.md' }),
      problems: z
        .array(problem)
        .optional()
        .openapi({ description: 'all that is wrong, where it is more than one thing' }),
    }),
  })
  .openapi('Error')

export type Problem = z.infer<typeof problem>
export type ErrorBody = z.infer<typeof errorBody>

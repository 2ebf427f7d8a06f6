/** Schemas that have a name in the OpenAPI document, and null. */
import { z } from '@hono/zod-openapi'

/** Of a named schema, the generator makes `nullable` a thing and null at once, which nothing is, or leaves null out. */
export const orNull = <T extends z.ZodType>(schema: T, description: string) =>
  z.union([schema, z.null()]).openapi({ description })

/** Building blocks of the routes' OpenAPI definitions: bearer token, JSON body, answers. */
import type { ZodType } from 'zod'
import { errorBody } from '../../contract/index.ts'

/** The bearer token, as the OpenAPI document calls it. */
export const security = [{ bearer: [] }]

/** A workbook's media type. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The answers of a route: what it gives, and the one shape of error. */
export const answers = <T extends ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  default: { description: 'What went wrong', content: { 'application/json': { schema: errorBody } } },
})

/** A JSON body. */
export const json = <T extends ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

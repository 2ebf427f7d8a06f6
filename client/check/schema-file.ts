/** The JSON Schema as the file editors read: `examples/cadence.schema.json`. */
import { cadenceJsonSchema } from '../../cadence/language/schema.ts'

/** What the file says. It is written by `npm run schema`; a test tells when it has fallen behind. */
export const schemaFileText = (): string => `${JSON.stringify(cadenceJsonSchema(), null, 2)}\n`

/** The example cadence, as a newcomer runs it. */
import { readFileSync } from 'node:fs'

export const EXAMPLE = readFileSync(new URL('../../examples/atelier-erp.yaml', import.meta.url), 'utf8')

/** The correlation id: our own reference of a credit check, which its provider is given and sends back. */
import { createHmac } from 'node:crypto'
import type { Instant } from '../../cadence/time.ts'

/** The same for every attempt of a touch; nobody without the environment's secret can guess one. */
export const referenceOf = (key: string, salt: string): string =>
  createHmac('sha256', salt).update(`credit\n${key}`).digest('hex').slice(0, 32)

/** The first instant at which a decision can have come: after the asking, and after its reference was known. */
export const decidedAfter = (asked: Instant): Instant => asked + 2

/** Our correlation reference: what a provider is given to name a credit check by. */
import { createHmac } from 'node:crypto'

/** The same for every attempt of a touch; nobody without the environment's secret can guess one. */
export const referenceOf = (key: string, salt: string): string =>
  createHmac('sha256', salt).update(`credit\n${key}`).digest('hex').slice(0, 32)

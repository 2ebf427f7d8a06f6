/**
 * The wire's contract: the one definition behind validation, /openapi.json and the client's types. Times are ISO 8601
 * here and nowhere further in.
 */
export * from './cadences.ts'
export * from './doctor.ts'
export * from './errors.ts'
export * from './facts.ts'
export * from './hooks.ts'
export * from './leads.ts'
export * from './mailboxes.ts'
export * from './preview.ts'
export * from './reasons.ts'
export * from './referrals.ts'
export * from './rehearsal.ts'
export * from './signals.ts'
export * from './state.ts'
export * from './suppressions.ts'
export * from './tasks.ts'
export { noQuery, readerQuery } from './text.ts'

/** Reading files of leads: what other rooms may use. */
export { addressKey, type ParsedAddress, parseAddress } from './address.ts'
export { parseMap } from './columns.ts'
export { type LeadDraft, leadDraftSchema, type Refusal, type RefusalCode } from './lead-draft.ts'
export { type ReadOptions, type ReadResult, readLeads } from './read.ts'
export { FIELDS, type Field } from './synonyms.ts'

/** The database: what other rooms may use of it. Every function takes a database or a transaction first. */
export { type Benefit, benefits } from './benefits.ts'
export { type Cadence, type CadenceSummary, getCadence, listCadences, publishCadence } from './cadences.ts'
export { type Contact, findContact, listContacts } from './contacts.ts'
export type { Db } from './db.ts'
export { type Environment, readEnvironment } from './environment.ts'
export { type Halt, haltCadence, listHalts, releaseCadence } from './halts.ts'
export { emailKey, newId } from './ids.ts'
export {
  insertLeads,
  type Launched,
  markStarted,
  type NewLead,
  pendingStarts,
  type Start,
  setPaused,
} from './leads.ts'
export { type FoundLead, findLeads, type SignalWords, signalWords } from './lookup.ts'
export { openStore, type Store } from './open.ts'
export {
  type LeadDetail,
  type LeadFilter,
  type LeadRow,
  leadDetail,
  listLeads,
  readTimeline,
  type Summary,
  summary,
  type TimelineLine,
} from './reads.ts'
export {
  type Became,
  type NewReferral,
  type ReferralLink,
  type Referred,
  referralChains,
  referredBy,
} from './referrals.ts'
export { heardMeanwhile, type Reopened, reopenLead } from './reopen.ts'
export {
  concernsOthers,
  insertSignals,
  markSignalsDelivered,
  type NewSignal,
  type PendingSignal,
  pendingSignals,
} from './signals.ts'
export { listSuppressions, type Suppression, type SuppressionReason, suppress } from './suppressions.ts'
export { doneTask, findTask, listTasks, type Task } from './tasks.ts'

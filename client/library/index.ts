/** The package's library: a typed client of a Relance that runs somewhere. */
export { RelanceError } from '../../cadence/errors.ts'
export type {
  CadenceRow,
  Done,
  DropBody,
  ErrorBody,
  ExplanationView,
  FactsView,
  Health,
  InboxMessage,
  LaunchReport,
  LeadDetail,
  LeadPage,
  LeadQuery,
  LeadRow,
  MoveBody,
  Problem,
  PublishBody,
  Published,
  Referrals,
  Refusal,
  SignalAnswer,
  SignalBody,
  SignalsBody,
  Summary,
} from '../api/shapes.ts'
export {
  type ClientOptions,
  type LaunchOptions,
  type LaunchProgress,
  RelanceClient,
  type SignalOptions,
} from './client.ts'
export { connect } from './connect.ts'

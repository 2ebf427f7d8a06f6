/** Words for the checker in English: why a lead sleeps, what `relance doctor` finds, and what to do about it. */
import type { AsleepWord, FindingWord, Wakener } from '../words.ts'

/** Behind "asleep: ". */
export const asleepEn: Record<AsleepWord, string> = {
  terminated: 'its workflow was terminated from outside',
  cancelled: 'its workflow was cancelled from outside',
  failed: 'its workflow failed',
  timed_out: 'its workflow timed out',
  completed: 'its workflow ended by its rules, and the database knows nothing of that',
  missing: 'Temporal has no workflow of it',
  behind: 'its workflow knows less than is on record',
}

/** Behind "begun again by ". */
export const wakenerEn: Record<Wakener, string> = { relance: 'Relance', person: 'a person' }

export const findingEn: Record<FindingWord, string> = {
  signal_not_folded: 'a signal was delivered, and its workflow has not taken it in',
  signal_not_delivered: 'a signal waits in the database for Temporal',
  lead_not_started: 'a lead waits in the database for its workflow to be started',
  lead_asleep: 'no workflow works for an open lead',
  lead_overdue: 'the next moment of a lead has passed, and nothing happened',
  slot_without_lead: 'a slot is reserved for no open lead',
  slot_not_next: 'the slot of a lead is not its next moment',
  touch_without_turn: 'a touch is settled, and its lead was not told',
  turn_without_touch: 'a timeline tells of a touch that the ledger does not know',
  touch_not_settled: 'a touch was handed over, and what became of it is not on record',
}

export const findingRemedyEn: Record<FindingWord, string> = {
  signal_not_folded: 'Is a worker running? If so, `relance reconcile` hands it over again.',
  signal_not_delivered:
    'Temporal is away or refuses the lead: the log says which. It is tried again by itself.',
  lead_not_started: 'Temporal is away or refuses the lead: the log says which. It is tried again by itself.',
  lead_asleep: 'It is begun again by itself. If it stays, `relance reconcile` says what is in the way.',
  lead_overdue: 'Is a worker running? If so, its log says what fails.',
  slot_without_lead: 'It does no harm but for a free minute of the mailbox; `relance reconcile` gives it up.',
  slot_not_next: 'Its e-mail is planned again when its moment comes.',
  touch_without_turn: 'It is not done again. If it stays, `relance reconcile` asks the lead.',
  turn_without_touch: 'It is not done again: the database was restored, or lines of the ledger were deleted.',
  touch_not_settled: 'It is not sent again. Its lead asks for it when it wakes.',
}

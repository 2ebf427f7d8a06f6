/**
 * Which signals are something the lead said or did towards us: they answer our e-mails and keep the dialogue alive.
 * Apart from the catalogue, because every cached workflow holds its own copy of what the rules import.
 */
import type { SignalType } from './signals.ts'

const INBOUND: readonly SignalType[] = [
  'interest.expressed',
  'reply.received',
  'callback.requested',
  'objection.raised',
  'demo.booked',
  'demo.held',
  'proposal.accepted',
  'proposal.declined',
  'deal.won',
  'deal.lost',
  'referral.given',
]

/** Whether a signal is one of them. */
export const isInbound = (type: SignalType): boolean => INBOUND.includes(type)

/**
 * Reading the sentences of format 1 about single things: why a lead ended, a touch was put off or failed. What no
 * pattern knows is quoted as it was said. Longer sentences, which no workflow carries, are read in `row-sentences-from-1.ts`.
 * The patterns are made when they are asked for: a workflow would otherwise hold them for as long as it waits.
 */
import type { Cause, Delay, Failure, Gate, Quoted } from '../reason.ts'
import type { SignalType } from '../signals.ts'

export type Pattern<T> = [RegExp, (...groups: string[]) => T]

/** A sentence as it was said. */
export const quoted = (text: string): Quoted => ({ code: 'quoted', text })

/** The first pattern that fits. */
export function read<T>(patterns: Pattern<T>[], text: string): T | undefined {
  for (const [pattern, make] of patterns) {
    const match = pattern.exec(text)
    if (match) return make(...match.slice(1))
  }
  return undefined
}

const causes = (): Pattern<Cause>[] => [
  [/^they unsubscribed$/, () => ({ code: 'unsubscribed' })],
  [/^they marked us as spam$/, () => ({ code: 'complained' })],
  [/^the address does not exist$/, () => ({ code: 'address_unknown' })],
  [/^the decision maker said no$/, () => ({ code: 'decision_maker_refused' })],
  [/^the deal is won$/, () => ({ code: 'deal_won' })],
  [/^the deal is lost$/, () => ({ code: 'deal_lost' })],
  [/^a colleague replied, and the cadence/, () => ({ code: 'colleague_replied' })],
  [/^the seller ended it after a reply$/, () => ({ code: 'seller_ended' })],
  [/^dropped by a person$/, () => ({ code: 'dropped' })],
  [/^stage (\S+) went unanswered$/, (stage) => ({ code: 'stage_unanswered', stage })],
  [/^the nurture ran its time/, () => ({ code: 'nurture_over' })],
  [
    /^(\S+) in stage (\S+)$/,
    (signal, stage) => ({ code: 'stage_exit', signal: signal as SignalType, stage }),
  ],
]
/** Why a lead ended. */
export const readCause = (text: string): Cause => read(causes(), text) ?? quoted(text)

const gates = (): Record<string, Gate> => ({
  'the lead is erased': 'erased',
  'the lead has ended': 'ended',
  'a person paused the lead': 'paused',
  'something was heard of the lead that comes first': 'signal',
  'the cadence is halted': 'halted',
  'the address must not be written to': 'suppressed',
})
type Trouble = Extract<Delay, { code: 'mail_not_now' }>['trouble']
const delays = (): Pattern<Delay>[] => [
  [/^its moment was missed$/, () => ({ code: 'moment_missed' })],
  [/^its moment had been given up$/, () => ({ code: 'slot_given_up' })],
  [/^the mailbox (\S+) is not configured$/, (mailbox) => ({ code: 'mailbox_unknown', mailbox })],
  [
    /^the mail server said not now \((\w+)\)$/,
    (trouble) => ({ code: 'mail_not_now', trouble: trouble as Trouble }),
  ],
  [/^the credit provider can't be reached \((.*)\)$/, (error) => ({ code: 'provider_unreachable', error })],
  [/^the credit provider .*\(HTTP (\d+)\)$/, (status) => ({ code: 'provider_busy', status: Number(status) })],
]
/** Why a touch was put off. */
export function readDelay(text: string): Delay {
  const gate = gates()[text]
  return gate ? { code: 'gate_closed', gate } : (read(delays(), text) ?? quoted(text))
}

const failures = (): Pattern<Failure>[] => [
  [/^the offer has ended$/, () => ({ code: 'offer_over' })],
  [/^the contact has no address$/, () => ({ code: 'no_address' })],
  [/^there is no template (\S+)$/, (template) => ({ code: 'no_template', template })],
  [/^(.*), and it has been tried for days$/, (text) => ({ code: 'tried_for_days', delay: readDelay(text) })],
  [
    /^the credit provider refused the request \(HTTP (\d+)\)$/,
    (status) => ({ code: 'provider_refused', status: Number(status) }),
  ],
]
/** Why a touch could not be carried out. */
export const readFailure = (text: string): Failure => read(failures(), text) ?? quoted(text)

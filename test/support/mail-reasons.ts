/** One of each reason and notice about refused e-mails, for the tests of words. */
import { MAIL_FAULTS } from '../../cadence/mail-faults.ts'
import type { ReasonOf } from '../../cadence/reason.ts'
import type { MailNotice, TaskWording } from '../../cadence/reasons/dictionary.ts'

type MailTask = MailNotice | Extract<TaskWording, { code: 'mailbox_missing' }>

type MailCode =
  | 'mailbox_unknown'
  | 'mail_not_now'
  | 'recipient_not_now'
  | 'mail_unreadable'
  | 'mailbox_refused'
  | 'mailbox_paused'

export const MAIL_REASONS: { [Code in MailCode]: ReasonOf<Code>[] } = {
  mailbox_unknown: [{ code: 'mailbox_unknown', mailbox: 'm1' }],
  mail_not_now: (['server', 'network', 'timeout', 'configuration'] as const).map((trouble) => ({
    ...{ code: 'mail_not_now', trouble },
  })),
  recipient_not_now: [
    { code: 'recipient_not_now', why: 'full' },
    { code: 'recipient_not_now', why: 'disabled' },
  ],
  mail_unreadable: [{ code: 'mail_unreadable' }],
  mailbox_refused: MAIL_FAULTS.map((fault) => ({ code: 'mailbox_refused', mailbox: 'm1', fault })),
  mailbox_paused: MAIL_FAULTS.map((fault) => ({ code: 'mailbox_paused', mailbox: 'm1', fault })),
}

export const MAIL_NOTICES: {
  [Code in MailTask['code']]: Extract<MailTask, { code: Code }>
} = {
  mailbox_missing: { code: 'mailbox_missing', mailbox: 'm1', cadence: 'c1' },
  mailbox_paused: { code: 'mailbox_paused', mailbox: 'm1', fault: 'login', says: '535' },
  letter_refused: { code: 'letter_refused', lead: 'x1', says: '554' },
  letter_given_up: { code: 'letter_given_up', lead: 'x1', says: '452' },
  letter_held_back: { code: 'letter_held_back', lead: 'x1', fault: 'block_list', says: '554' },
}

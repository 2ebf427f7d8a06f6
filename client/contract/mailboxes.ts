/** Mailboxes on the wire: which are in trouble, what their servers say, and taking back what that did. */
import { z } from '@hono/zod-openapi'
import { MAIL_FAULTS } from '../../cadence/mail-faults.ts'
import { count } from './numbers.ts'
import { line } from './text.ts'

export const mailboxParam = z.object({
  mailbox: line(64).openapi({ param: { name: 'mailbox', in: 'path' }, example: 'claire' }),
})
export const mailboxRow = z
  .object({
    mailbox: z.string(),
    paused: z.string().nullable().openapi({ description: 'since when; null where it still sends' }),
    fault: z.enum(MAIL_FAULTS),
    because: z.string().openapi({ description: 'the fault, in words' }),
    remedy: z.string().openapi({ description: 'what to do' }),
    says: z.string().openapi({ description: "the server's words; they may quote an address" }),
    refused: count().openapi({ description: 'how many e-mails were, since one was last taken' }),
    last: z.string(),
    tries: z.string().nullable().openapi({ description: 'when one e-mail may be tried again' }),
    waiting: count().openapi({ description: 'open leads whose e-mail waits for it' }),
  })
  .openapi('Mailbox')
export const mailboxList = z.object({ mailboxes: z.array(mailboxRow) })
export const mailboxResumed = z
  .object({ mailbox: z.string(), resumed: z.literal(true) })
  .openapi('MailboxResumed')

const moment = z.iso.datetime({ offset: true })
export const reopenManyBody = z
  .strictObject({
    mailbox: line(64),
    since: moment.openapi({ description: 'refused from then on' }),
    until: moment.optional().openapi({ description: 'and no later than this; now when left out' }),
    dry: z.boolean().optional().openapi({ description: 'only say who they are' }),
  })
  .openapi('ReopenMany')
export const reopenedMany = z
  .object({
    leads: count().openapi({ description: 'that ended as unreachable by it' }),
    reopened: count(),
    done: z.boolean().openapi({ description: 'false for a dry run' }),
    replies: z
      .array(
        z.object({
          says: z.string(),
          leads: count(),
          verdict: z.string().openapi({ description: 'what the reply is taken for today' }),
        }),
      )
      .openapi({ description: 'what the server had said, the most frequent first' }),
  })
  .openapi('ReopenedMany')

/** What the mail server said last of an e-mail that waits, and what to do about it. */
export const serverSaid = z
  .object({ says: z.string(), at: z.string(), remedy: z.string().nullable() })
  .openapi('ServerSaid')

export type MailboxRow = z.infer<typeof mailboxRow>
export type MailboxResumed = z.infer<typeof mailboxResumed>
export type ReopenManyBody = z.input<typeof reopenManyBody>
export type ReopenedMany = z.infer<typeof reopenedMany>
export type ServerSaid = z.infer<typeof serverSaid>

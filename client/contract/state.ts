/** The zod schemas of `GET /summary` (counts of leads, e-mails and benefits), of health, and of the built-in inbox. */
import { z } from '@hono/zod-openapi'
import { THEMES } from '../../cadence/words.ts'
import { leadRow } from './leads.ts'
import { mailboxRow } from './mailboxes.ts'
import { count } from './numbers.ts'

export const inboxList = z.object({
  messages: z.array(
    z.looseObject({
      messageId: z.string(),
      to: z.string(),
      subject: z.string(),
      date: z.string(),
      file: z.string(),
    }),
  ),
})

const counts = z.record(z.string(), count())
export const summary = z
  .object({
    now: z.string().openapi({ description: "the environment's clock" }),
    leads: count(),
    open: count(),
    ended: count(),
    asleep: count().openapi({ description: 'open leads that no workflow works for; they are begun again' }),
    stage: counts.openapi({ description: 'open leads by stage' }),
    standing: counts,
    outcome: counts,
    emails: counts.openapi({ description: 'by what became of them' }),
    benefits: z
      .array(
        z.object({
          theme: z.enum(THEMES),
          sent: count(),
          leads: count().openapi({ description: 'to how many leads it was argued' }),
          answered: count().openapi({ description: 'leads that answered to it' }),
          won: count().openapi({ description: 'customers among those' }),
        }),
      )
      .openapi({ description: 'which benefit sells, the one that most answered to first' }),
    touches: z.record(z.string(), counts).openapi({ description: 'by kind, then by what became of them' }),
    tasks: z.object({ open: count(), done: count() }),
    mailboxes: z.array(mailboxRow).openapi({ description: 'those that are refused or paused' }),
    waiting: z
      .array(leadRow)
      .openapi({ description: 'open leads, with what each waits for; the first thousand' }),
  })
  .openapi('Summary')

export const health = z
  .object({
    ok: z.boolean().openapi({ description: 'everything answers, and no lead is asleep' }),
    temporal: z.boolean(),
    database: z.boolean(),
    asleep: count().openapi({
      description: 'open leads that no workflow works for; `GET /v1/leads` says which',
    }),
    mailboxes: z
      .object({
        paused: count().openapi({ description: 'send nothing until somebody mends them' }),
        refused: count().openapi({ description: 'were refused last, and still send' }),
      })
      .openapi({ description: 'in trouble, which `ok` says nothing of' }),
    version: z.string(),
  })
  .openapi('Health')

export type InboxMessage = z.infer<typeof inboxList>['messages'][number]
export type Summary = z.infer<typeof summary>
export type Health = z.infer<typeof health>

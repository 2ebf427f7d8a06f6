/** Leads on the wire: rows, all of one, what comes next, and what a person asks. */
import { z } from '@hono/zod-openapi'
import { ASLEEP, OUTCOMES, STANDINGS } from '../../cadence/words.ts'
import { facts } from './facts.ts'
import { serverSaid } from './mailboxes.ts'
import { count, ordinal, pageSize } from './numbers.ts'
import { orNull } from './or-null.ts'
import { reason } from './reasons.ts'
import { line, query, readerZone } from './text.ts'

export const leadParam = z.object({
  lead: line(320).openapi({
    param: { name: 'lead', in: 'path' },
    description: "a lead's id or e-mail address",
    example: 'k3v9q2m7x4t1',
  }),
})

const next = z.object({
  step: z.string().nullable(),
  at: z.string().nullable().openapi({ description: 'when; null where only a signal can wake the lead' }),
  because: z.string().openapi({ description: 'why, in the language that was asked for' }),
  reason: reason.openapi({ description: 'why, as data' }),
})
export const asleep = z
  .object({
    since: z.string().openapi({ description: "when that was seen, by the machine's clock" }),
    because: z.enum(ASLEEP),
    says: z.string().openapi({ description: '`because`, in words' }),
  })
  .openapi('Asleep')
const leadState = {
  id: z.string(),
  email: z.string().nullable().openapi({ description: 'null once erased' }),
  company: z.string().nullable(),
  zone: z.string().openapi({ description: "the lead's time zone" }),
  cadence: z.string(),
  version: ordinal(),
  stage: z.string().nullable(),
  urgency: z.string().nullable(),
  hold: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  asleep: asleep.nullable().openapi({
    description:
      'no workflow works for it: nothing happens until it is begun again, which Relance does by itself',
  }),
  next: next.nullable(),
}
export const leadRow = z.object({ ...leadState, standing: z.enum(STANDINGS) }).openapi('Lead')
export const leadQuery = query({
  cadence: line(100).optional(),
  stage: line(100).optional(),
  standing: z.enum(STANDINGS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  open: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'only leads that have not ended; or only those that have' }),
  zone: readerZone,
  after: line(64).optional().openapi({ description: '`next` of the page before' }),
  limit: pageSize,
})
export const leadPage = z.object({
  leads: z.array(leadRow),
  next: z.string().nullable().openapi({ description: 'where the next page begins; null on the last' }),
})

const standingView = z.object({
  value: z.enum(STANDINGS),
  missing: z.array(z.string()).openapi({ description: 'what the next standing lacks' }),
  lacks: z.array(reason).openapi({ description: '`missing`, as data' }),
  next: z.enum(STANDINGS).nullable().openapi({ description: 'the next standing; null for a customer' }),
  says: z.string().openapi({ description: "the next standing's rule, part by part" }),
  rule: z.array(reason).openapi({ description: '`says`, as data' }),
  early: z.boolean().openapi({ description: 'early stage: interested, and credit is not decided yet' }),
})
export const timelineLine = z
  .looseObject({ at: z.string(), kind: z.string(), text: z.string().openapi({ description: 'in words' }) })
  .openapi('TimelineLine')
const waitingServer = orNull(serverSaid, 'of an e-mail that is put off: what its mail server said')
export const leadDetail = z
  .object({
    ...leadState,
    lead: z.looseObject({
      id: z.string(),
      email: z.string().nullable(),
      company: z.string().nullable(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      launchedAt: z.string(),
    }),
    standing: standingView,
    stages: z
      .array(z.object({ stage: z.string(), days: z.number() }))
      .openapi({ description: 'days spent in each stage, the current one last' }),
    offers: z.record(z.string(), z.string()).openapi({ description: 'when each offer ends, or ended' }),
    facts: orNull(facts, "null until the lead's first turn"),
    server: waitingServer,
    timeline: z.array(timelineLine),
    afterEnd: z.array(timelineLine).openapi({
      description: 'signals that came when the lead had ended: on record, and nothing followed from them',
    }),
  })
  .openapi('LeadDetail')

export const explanation = z
  .object({
    lead: z.string(),
    cadence: z.string(),
    version: ordinal(),
    standing: standingView,
    stage: z.string().nullable(),
    urgency: z.string().nullable(),
    hold: z.string().nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    asleep: asleep.nullable(),
    does: z
      .enum(['touch', 'skip', 'pass', 'rest', 'end', 'unknown'])
      .openapi({ description: 'what it does next; `unknown` where only the record could be asked' }),
    because: z.string(),
    reason: reason.openapi({ description: '`because`, as data' }),
    server: waitingServer,
    next: next.nullable(),
    why: z.string().nullable().openapi({ description: 'why then: the wait, the window, the caps' }),
    timing: z.array(reason).openapi({ description: '`why`, as data' }),
    zone: z.string().openapi({ description: "the lead's time zone" }),
    again: z.string().nullable().openapi({ description: 'when it looks again, whatever else' }),
    from: z
      .enum(['workflow', 'record'])
      .openapi({ description: '`record`: the workflow gave no answer in time' }),
  })
  .openapi('Explanation')

const until = line(40)
  .optional()
  .openapi({ description: 'a date or a moment; until it is resumed when left out' })
export const pauseBody = z.strictObject({ until }).openapi('Pause')
export const pauseManyBody = z
  .strictObject({ owner: line(200), cadence: line(64), account: line(200) })
  .partial()
  .extend({ until, dry: z.boolean().optional().openapi({ description: 'only say how many they are' }) })
  .openapi('PauseMany', { description: 'the leads that are all of what is said; something must be' })
export const pausedMany = z
  .object({ leads: count(), done: z.boolean() })
  .openapi('PausedMany', { description: 'how many leads; `done` is false for a dry run' })
export const dropBody = z
  .strictObject({ outcome: z.enum(OUTCOMES).exclude(['won', 'erased']).default('lost') })
  .openapi('Drop')
export const moveBody = z
  .strictObject({
    version: ordinal().optional().openapi({ description: 'the newest when left out' }),
    dryRun: z.boolean().optional().openapi({ description: 'say what would be, and move nothing' }),
    anyway: z.boolean().optional().openapi({
      description: 'even where a touch would be repeated or skipped; else that is `move_refused`',
    }),
  })
  .openapi('Move')
const corrected = line(300, 0).optional()
const FIELDS = { first_name: corrected, last_name: corrected, title: corrected, phone: corrected }
export const editBody = z
  .strictObject({
    ...{ email: line(254).optional(), ...FIELDS, company: corrected, owner: corrected },
    contact: line(320).optional().openapi({
      description: 'whom it is about, by id or address; the main contact when left out',
    }),
    by: line(200).optional().openapi({ description: 'who says so, for the record' }),
  })
  .openapi('Edit', { description: 'what is left out stays as it is; an empty text is nothing any more' })
export const editedLead = z
  .object({
    lead: z.string(),
    contact: z.string(),
    changed: z
      .array(z.object({ field: z.string(), before: z.string().nullable(), now: z.string().nullable() }))
      .openapi({ description: 'empty where it was so already' }),
    ended: z.boolean().openapi({ description: 'the lead has ended; `reopen` may let it begin again' }),
    suppressed: z.boolean().openapi({ description: 'the address must not be written to' }),
  })
  .openapi('EditedLead')
const place = z.object({
  version: ordinal(),
  stage: z.string().nullable(),
  step: z.string().nullable().openapi({ description: 'what comes next there' }),
})
export const moved = z
  .object({
    lead: z.string(),
    done: z.string(),
    from: place,
    to: place,
    repeats: z.array(z.string()).openapi({ description: 'steps that do again what was done' }),
    skips: z.array(z.string()).openapi({ description: 'steps that were to come and do not any more' }),
  })
  .openapi('Moved')
export const done = z.object({ lead: z.string(), done: z.string() }).openapi('Done')

export type LeadRow = z.infer<typeof leadRow>
export type LeadQuery = z.input<typeof leadQuery>
export type LeadPage = z.infer<typeof leadPage>
export type LeadDetail = z.infer<typeof leadDetail>
export type ExplanationView = z.infer<typeof explanation>
export type PauseBody = z.input<typeof pauseBody>
export type PauseManyBody = z.input<typeof pauseManyBody>
export type PausedMany = z.infer<typeof pausedMany>
export type DropBody = z.input<typeof dropBody>
export type MoveBody = z.input<typeof moveBody>
export type Moved = z.infer<typeof moved>
export type EditBody = z.input<typeof editBody>
export type EditedLead = z.infer<typeof editedLead>
export type Done = z.infer<typeof done>

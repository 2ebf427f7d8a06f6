/**
 * What goes over the wire, both ways: the one definition behind validation, /openapi.json and the client's types.
 * Times are ISO 8601 here and nowhere further in.
 */
import { z } from '@hono/zod-openapi'
import { SIGNAL_TYPES } from '../../cadence/signals.ts'
import { DEALS, OUTCOMES, STANDINGS, THEMES } from '../../cadence/words.ts'

/** PostgreSQL takes neither NUL nor half a surrogate pair; a line takes no control character at all. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u, 'holds a NUL or half a character')
const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds a control character')

export const leadParam = z.object({
  lead: line(320).openapi({
    param: { name: 'lead', in: 'path' },
    description: "a lead's id or e-mail address",
    example: 'k3v9q2m7x4t1',
  }),
})
export const cadenceParam = z.object({
  cadence: line(100).openapi({ param: { name: 'cadence', in: 'path' }, example: 'atelier-erp' }),
})

export const providerParam = z.object({
  provider: line(100).openapi({ param: { name: 'provider', in: 'path' }, example: 'creditsafe' }),
})

export const problem = z
  .looseObject({
    message: z.string(),
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
  })
  .openapi('Problem')

export const errorBody = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'lead_unknown' }),
      message: z.string().openapi({ description: 'what is wrong, and where' }),
      remedy: z.string().optional().openapi({ description: 'what would be right' }),
      problems: z.array(problem).optional(),
    }),
  })
  .openapi('Error')

export const publishBody = z
  .strictObject({
    source: text(16_000_000).openapi({ description: 'the cadence file, YAML' }),
    file: line(500).optional().openapi({ description: 'its name, for messages' }),
    templates: z
      .record(line(200), text(1_000_000))
      .default({})
      .openapi({ description: 'file name (`hello.fr.md`) → Markdown' }),
  })
  .openapi('Publish')
export const published = z
  .object({
    cadence: z.string(),
    version: z.int(),
    isNew: z.boolean().openapi({ description: 'false: this content was published before' }),
    warnings: z.array(problem),
  })
  .openapi('Published')

export const cadenceRow = z
  .object({
    name: z.string(),
    version: z.int().openapi({ description: 'the one launches use' }),
    versions: z.int(),
    publishedAt: z.string(),
    open: z.int().openapi({ description: 'leads' }),
    ended: z.int(),
    halted: z.boolean(),
  })
  .openapi('Cadence')
export const cadenceList = z.object({ cadences: z.array(cadenceRow) })

export const REFUSAL_CODES = [
  'invalid_email',
  'missing_field',
  'duplicate_row',
  'already_launched',
  'suppressed',
  'unfillable_template',
] as const
export const refusal = z.object({ row: z.int(), code: z.enum(REFUSAL_CODES), message: z.string() })
export const launchReport = z
  .object({
    launched: z.int(),
    already: z.int().openapi({ description: 'launched in this cadence before' }),
    refused: z.array(refusal),
    warnings: z.array(z.string()),
    starting: z.int().openapi({
      description: 'of those launched, how many are on record but still wait for Temporal to be reachable',
    }),
    dryRun: z.boolean(),
  })
  .openapi('LaunchReport')
export const launchQuery = z.object({
  dry_run: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ param: { name: 'dry_run', in: 'query' } }),
  map: z
    .union([z.array(line(500)).max(200), line(500).transform((one) => [one])])
    .optional()
    .openapi({
      param: { name: 'map', in: 'query' },
      type: 'array',
      items: { type: 'string' },
      description: '`field=Column`, as often as needed',
    }),
})
export const launchForm = z
  .object({
    file: z.any().openapi({ type: 'string', format: 'binary', description: 'the CSV file' }),
    dry_run: z.enum(['true', 'false']).optional(),
    map: z.union([z.array(z.string()), z.string()]).optional(),
  })
  .openapi('LaunchForm')

const next = z.object({
  step: z.string().nullable(),
  at: z.string().nullable().openapi({ description: 'when; null where only a signal can wake the lead' }),
  because: z.string(),
})
const leadState = {
  id: z.string(),
  email: z.string().nullable().openapi({ description: 'null once erased' }),
  company: z.string().nullable(),
  cadence: z.string(),
  version: z.int(),
  stage: z.string().nullable(),
  urgency: z.string().nullable(),
  hold: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  next: next.nullable(),
}
export const leadRow = z.object({ ...leadState, standing: z.enum(STANDINGS) }).openapi('Lead')
export const leadQuery = z.object({
  cadence: line(100).optional(),
  stage: line(100).optional(),
  standing: z.enum(STANDINGS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  open: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'only leads that have not ended; or only those that have' }),
  after: line(64).optional().openapi({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
})
export const leadPage = z.object({
  leads: z.array(leadRow),
  next: z.string().nullable().openapi({ description: 'where the next page begins; null on the last' }),
})

const dated = <T extends z.ZodType>(is: T) =>
  z.object({ is, at: z.string().nullable().openapi({ description: 'when it became so; null for never' }) })
const standingView = z.object({
  is: z.enum(STANDINGS),
  missing: z.array(z.string()),
  says: z.string().openapi({ description: "the next standing's rule, part by part" }),
  early: z.boolean().openapi({ description: 'early stage: interested, and credit is not decided yet' }),
})
export const facts = z
  .object({
    interest: dated(z.string()),
    need: dated(z.string()),
    credit: dated(
      z.object({
        state: z.string(),
        limit: z.number().optional(),
        rating: z.string().optional(),
        ref: z.string().optional(),
        provider: z.string().optional(),
      }),
    ),
    monitored: dated(z.object({ limit: z.number().optional(), rating: z.string().optional() })),
    demo: dated(z.string()),
    proposal: dated(z.string()),
    deal: dated(z.enum(DEALS)),
    amount: dated(z.number()),
    heard: z.string().nullable().openapi({ description: 'when we last heard from them' }),
    replied: z.string().nullable(),
    handled: dated(z.string()),
    quiet: z
      .record(z.string(), z.object({ until: z.string().nullable(), why: z.string() }))
      .openapi({ description: 'by contact: away, or asked to be left alone, until' }),
    contacts: z.array(
      z.looseObject({
        id: z.string(),
        role: z.string().nullable(),
        stance: z.string().nullable(),
        left: z.string().nullable(),
        refused: z.string().nullable().openapi({ description: 'when they said no to all of it' }),
        out: z.string().nullable().openapi({ description: 'why they must not be written to' }),
      }),
    ),
    objections: z.array(
      z.object({
        topic: z.string(),
        by: z.string(),
        raised: z.string().nullable(),
        open: z.boolean(),
      }),
    ),
    extended: z.record(z.string(), z.string()),
    themes: z.record(z.string(), z.int()),
    named: z.record(z.string(), dated(z.union([z.string(), z.number(), z.boolean()]))),
  })
  .openapi('Facts')

export const timelineLine = z.looseObject({ at: z.string(), what: z.string() }).openapi('TimelineLine')
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
    facts: facts.nullable().openapi({ description: "null until the lead's first turn" }),
    timeline: z.array(timelineLine),
  })
  .openapi('LeadDetail')

export const explanation = z
  .object({
    lead: z.string(),
    cadence: z.string(),
    version: z.int(),
    standing: standingView,
    stage: z.string().nullable(),
    urgency: z.string().nullable(),
    hold: z.string().nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    does: z
      .enum(['touch', 'pass', 'rest', 'end', 'unknown'])
      .openapi({ description: 'what it does next; `unknown` where only the record could be asked' }),
    because: z.string(),
    next: next.nullable(),
    why: z.string().nullable().openapi({ description: 'why then: the wait, the window, the caps' }),
    again: z.string().nullable().openapi({ description: 'when it looks again, whatever else' }),
    from: z
      .enum(['workflow', 'record'])
      .openapi({ description: '`record`: the workflow gave no answer in time' }),
  })
  .openapi('Explanation')

const signalFields = {
  type: line(100).openapi({ enum: SIGNAL_TYPES }),
  fields: z
    .record(line(100), z.union([text(100_000), z.number(), z.boolean()]))
    .default({})
    .openapi({ description: 'as the catalogue of signals has them', example: { level: 'comparing' } }),
  id: line(200).optional().openapi({ description: 'unique for the lead; the same id twice counts once' }),
  at: line(40).optional().openapi({
    description: "when it happened, now when left out; the lead's time zone when it names none",
    example: '2026-11-23T14:00:00Z',
  }),
  source: line(100).optional().openapi({ description: 'who says so', example: 'crm' }),
  contact: line(320)
    .optional()
    .openapi({ description: 'the contact it is about, by id or address; the main one when left out' }),
}
export const signalBody = z.strictObject(signalFields).openapi('Signal')
export const signalsBody = z
  .strictObject({
    signals: z
      .array(z.strictObject({ lead: line(320), ...signalFields }))
      .min(1)
      .max(1000),
  })
  .openapi('Signals')
export const signalAnswer = z
  .object({
    lead: z.string(),
    id: z.string(),
    type: z.string(),
    at: z.string(),
    duplicate: z.boolean().openapi({ description: 'this id was taken in before; it counts once' }),
    ended: z.boolean().openapi({ description: 'the lead has ended: recorded, and nothing follows from it' }),
    delivered: z
      .boolean()
      .openapi({ description: 'false: safe on record, and delivered as soon as Temporal is reachable' }),
    referral: z
      .object({ lead: z.string().nullable(), became: z.enum(['started', 'linked', 'suppressed']) })
      .optional()
      .openapi({ description: 'of a referral: the lead it started, or the one they already are' }),
  })
  .openapi('SignalAnswer')
export const signalsAnswer = z
  .object({ results: z.array(z.union([signalAnswer, errorBody])) })
  .openapi('SignalAnswers')

const referralLink = z.object({
  by: z.string().openapi({ description: 'who named them' }),
  lead: z.string().nullable().openapi({ description: 'null for an address that must not be written to' }),
  became: z.enum(['started', 'linked', 'suppressed']),
  at: z.string(),
  depth: z.int().openapi({ description: 'how far from the lead that was asked for' }),
  company: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  standing: z.enum(STANDINGS).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
})
export const referrals = z
  .object({
    lead: z.string(),
    referredBy: z.array(referralLink).openapi({
      description: 'the chain to this lead, the nearest link first; names and standing are those of `by`',
    }),
    referred: z.array(referralLink).openapi({
      description:
        'everybody who came through this lead, branch by branch; names and standing are those of `lead`',
    }),
  })
  .openapi('Referrals')

export const hookAnswer = z
  .object({
    recorded: z.int().openapi({ description: 'how many leads it was news for' }),
    duplicate: z.boolean().openapi({ description: 'it was taken in before; it counts once' }),
    ended: z.boolean().openapi({ description: 'the lead has ended: recorded, and nothing follows from it' }),
    because: z.string().optional().openapi({ description: 'why nothing was recorded' }),
  })
  .openapi('HookAnswer')

export const taskParam = z.object({
  task: line(300).openapi({ param: { name: 'task', in: 'path' }, example: 'k3v9q2m7x4t1/3/check' }),
})
export const taskQuery = z.object({
  lead: line(320).optional().openapi({ description: 'of one lead, by id or e-mail address' }),
  open: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'only those still to do; or only those that are done' }),
  for: line(320).optional().openapi({ description: 'whose: a seller, `manager`, `finance`' }),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
})
export const taskRow = z
  .object({
    id: z.string(),
    lead: z.string(),
    company: z.string().nullable(),
    kind: z.enum(['task', 'credit_check', 'notify']),
    text: z.string(),
    for: z.string().nullable(),
    at: z.string(),
    due: z.string().nullable(),
    doneAt: z.string().nullable(),
  })
  .openapi('Task')
export const taskList = z.object({ tasks: z.array(taskRow) })
export const taskDetail = z
  .object({
    ...taskRow.shape,
    form: z
      .array(
        z.object({
          name: z.string(),
          kind: z.enum(['one_of', 'number', 'code', 'text']),
          values: z.array(z.string()).optional(),
          required: z.boolean(),
          about: z.string(),
        }),
      )
      .nullable()
      .openapi({ description: 'the fields of its answer; null where it is only to be done' }),
  })
  .openapi('TaskDetail')
/** HTML forms send what is left empty as an empty text. */
const empty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
export const taskForm = z
  .strictObject({
    decision: z.enum(['approved', 'refused', 'review']),
    limit: empty(z.union([z.number(), line(20)])),
    rating: empty(line(64)),
    reference: empty(line(64)),
    note: empty(text(20_000)),
  })
  .openapi('TaskForm')
export const taskAnswer = z.object({ task: taskRow, signal: signalAnswer }).openapi('TaskAnswer')

export const dropBody = z
  .strictObject({ outcome: z.enum(OUTCOMES).exclude(['won', 'erased']).default('lost') })
  .openapi('Drop')
export const moveBody = z
  .strictObject({
    version: z.int().min(1).optional().openapi({ description: 'the newest when left out' }),
  })
  .openapi('Move')
export const done = z.object({ lead: z.string(), done: z.string() }).openapi('Done')

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

const counts = z.record(z.string(), z.int())
export const summary = z
  .object({
    now: z.string().openapi({ description: "the environment's clock" }),
    leads: z.int(),
    open: z.int(),
    ended: z.int(),
    stage: counts.openapi({ description: 'open leads by stage' }),
    standing: counts,
    outcome: counts,
    emails: counts.openapi({ description: 'by what became of them' }),
    benefits: z
      .array(
        z.object({
          theme: z.enum(THEMES),
          sent: z.int(),
          leads: z.int().openapi({ description: 'to how many leads it was argued' }),
          answered: z.int().openapi({ description: 'leads that answered to it' }),
          won: z.int().openapi({ description: 'customers among those' }),
        }),
      )
      .openapi({ description: 'which benefit sells, the one that most answered to first' }),
    touches: z.record(z.string(), counts).openapi({ description: 'by kind, then by what became of them' }),
    tasks: z.object({ open: z.int(), done: z.int() }),
    waiting: z
      .array(leadRow)
      .openapi({ description: 'open leads, with what each waits for; the first thousand' }),
  })
  .openapi('Summary')

export const health = z
  .object({ ok: z.boolean(), temporal: z.boolean(), database: z.boolean(), version: z.string() })
  .openapi('Health')

export type Problem = z.infer<typeof problem>
export type ErrorBody = z.infer<typeof errorBody>
export type PublishBody = z.input<typeof publishBody>
export type Published = z.infer<typeof published>
export type CadenceRow = z.infer<typeof cadenceRow>
export type Refusal = z.infer<typeof refusal>
export type LaunchReport = z.infer<typeof launchReport>
export type LeadRow = z.infer<typeof leadRow>
export type LeadQuery = z.input<typeof leadQuery>
export type LeadPage = z.infer<typeof leadPage>
export type FactsView = z.infer<typeof facts>
export type LeadDetail = z.infer<typeof leadDetail>
export type ExplanationView = z.infer<typeof explanation>
export type SignalBody = z.input<typeof signalBody>
export type SignalAnswer = z.infer<typeof signalAnswer>
export type SignalsBody = z.input<typeof signalsBody>
export type Referrals = z.infer<typeof referrals>

export type HookAnswer = z.infer<typeof hookAnswer>
export type TaskQuery = z.input<typeof taskQuery>
export type TaskRow = z.infer<typeof taskRow>
export type TaskDetail = z.infer<typeof taskDetail>
export type TaskForm = z.infer<typeof taskForm>
export type TaskAnswer = z.infer<typeof taskAnswer>
export type DropBody = z.input<typeof dropBody>
export type MoveBody = z.input<typeof moveBody>
export type Done = z.infer<typeof done>
export type InboxMessage = z.infer<typeof inboxList>['messages'][number]
export type Summary = z.infer<typeof summary>
export type Health = z.infer<typeof health>

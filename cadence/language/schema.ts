/**
 * A cadence file (docs/design.md §3): its one definition. The types, the checks of its shape and the JSON Schema for
 * editors all come from here; what parts have to do with each other is checked in `checks/`.
 */
import * as z from 'zod'
import { SIGNAL_TYPES, SIGNALS, type SignalType } from '../signals.ts'
import { ACCOUNT_RULES, ONCE, OUTCOMES, ROLES, STAFF, type StepKind, THEMES } from '../words.ts'
import { conditionSchema } from './condition-schema.ts'
import { readInterval, readLocale, readLocaleUse, readMoment, readStageId, readStepId } from './notation.ts'
import { mapping, name, span, text, type UnionName, wait, words } from './parts.ts'
import { cap, windowSchema } from './window-schema.ts'

const offerSchema = mapping('offer', {
  name: name('What it is called; an offer that ended is never quoted again.', 'early-signature'),
  lasts: span(
    'How long it is open, from the e-mail that makes it: to the end of that day for its reader.',
    '14d',
  ),
  notice: wait(
    'How long before the day of its end it is quoted last; 1bd when left out. What would be later goes out earlier, or not at all.',
    '2bd',
  ).optional(),
})

/** What a step does: the key says its kind, the value what exactly. */
const KINDS = {
  email: name('Sends this template, from `templates/` beside the cadence.', 'hello').optional(),
  task: words(
    'Gives the seller something to do, in words, with variables: "Call {{ contact.first_name }}".',
  ).optional(),
  credit_check: name('Asks this provider for a credit decision.', 'creditsafe').optional(),
  notify: z.enum(STAFF).optional().describe('Tells the seller (owner) or their manager.'),
}

/** Keys that mean something for some kinds of step only. */
export const ONLY_FOR = {
  theme: ['email'],
  proposal: ['email', 'task'],
  thread: ['email'],
  offer: ['email'],
  to: ['email', 'task'],
  due: ['task'],
  timeout: ['credit_check'],
} as const satisfies Record<string, readonly StepKind[]>

export const stepSchema = mapping('step', {
  id: name('Unique in the cadence, and kept for good: it says what was done already.', 'hello', readStepId),
  ...KINDS,
  wait: wait('Before it, from the step before.', '3bd').optional(),
  at: text(readMoment, {
    examples: ['offer ends - 9d', 'demo - 1d 09:00', 'credit ends - 14d', '2027-03-01', 'fact renewal - 30d'],
    description:
      'Instead of a wait: a moment tied to a date. It moves with it; until the date is known, the steps behind it go on; once it is over, the step is not done any more.',
  }).optional(),
  when: conditionSchema
    .optional()
    .describe('Asked when its moment has come: the step is passed over when it does not hold.'),
  theme: z
    .enum([...THEMES, 'best'])
    .optional()
    .describe(
      'E-mails: the benefit it argues. `best`: the one this lead answers to, in the template NAME-THEME ' +
        `(${THEMES.map((theme) => `NAME-${theme}`).join(', ')}).`,
    ),
  thread: name('E-mails: the step whose e-mail it answers, as one conversation.', 'hello').optional(),
  to: z
    .enum(ROLES)
    .optional()
    .describe('E-mails and tasks: the role it is for; without it, the main contact.'),
  offer: offerSchema.optional().describe('E-mails: a dated incentive.'),
  proposal: z
    .literal(true)
    .optional()
    .describe(
      'E-mails and tasks: it brings the proposal, so it waits for an approved credit that covers the amount.',
    ),
  due: wait('Tasks: to be done within.', '1bd').optional(),
  wait_for: z
    .union(
      [
        z.literal('done'),
        mapping('wait_for', {
          done: z.literal(true).describe('Until the task is done.'),
          patience: wait(
            'How long after its due date it goes on without it; 2bd when left out.',
            '2bd',
          ).optional(),
        }),
      ],
      { error: 'wait_for' satisfies UnionName },
    )
    .optional()
    .describe(
      'Behind a task: it waits until that is done, and goes on without it some time after its due date; its wait counts from then.',
    ),
  timeout: wait('Credit checks: how long the answer is waited for.', '10bd', readInterval).optional(),
}).meta({
  id: 'Step',
  description: 'One thing to do: an email, a task, a credit_check or a notify.',
  oneOf: Object.keys(KINDS).map((kind) => ({ required: [kind] })),
  dependencies: Object.fromEntries(
    Object.entries(ONLY_FOR).map(([key, kinds]) => [
      key,
      { anyOf: kinds.map((kind) => ({ required: [kind] })) },
    ]),
  ),
})

/** How a cadence may end a lead; an erasure is nobody's plan. */
const ENDS = OUTCOMES.filter((outcome) => outcome !== 'erased')
const end = z.enum(ENDS).describe('How the lead ends.')
const exit = mapping('exit', { end }).meta({ id: 'Exit', description: 'Ends the lead.' })
const exits = Object.fromEntries(
  SIGNAL_TYPES.map((type) => [type, exit.optional().describe(SIGNALS[type].about)]),
) as Record<SignalType, z.ZodOptional<typeof exit>>

const otherwiseSchema = z
  .union(
    [
      z.literal('nurture'),
      mapping('end', {
        end,
        after: wait('How long an answer to the last step is waited for; 7d when left out.', '7d').optional(),
      }),
    ],
    { error: 'otherwise' satisfies UnionName },
  )
  .describe('When every step is done and the goal is not met: `nurture`, or an end.')

const stageSchema = mapping('stage', {
  stage: name("The stage's id.", 'contact', readStageId),
  until: conditionSchema.describe('Its goal. A lead is in the first stage whose goal is not met.'),
  steps: z.array(stepSchema).describe('What is done to reach the goal, in this order.'),
  otherwise: otherwiseSchema.optional(),
  on: mapping('exits', exits).optional().describe('Signals that end the lead while it is in this stage.'),
})

const playSchema = mapping('play', {
  play: name("The play's id.", 'saboteur'),
  on: z.enum(SIGNAL_TYPES).describe('The signal that sets it off.'),
  role: z
    .enum(ROLES)
    .optional()
    .describe('Only when the contact that the signal is about, or who raised the objection, has this role.'),
  when: conditionSchema.optional().describe('Only when this holds as the signal comes.'),
  once: z
    .enum(ONCE)
    .optional()
    .describe(
      'It runs once only: for the lead, or for a visit of a stage. Left out, it runs as often as it is set off.',
    ),
  until: conditionSchema
    .optional()
    .describe('Held open, and the stage with it, until this holds; without it, until its steps are done.'),
  steps: z.array(stepSchema).min(1).describe('What is done, in this order.'),
})

/** Waits shrink to a twentieth at most: any faster, and a ladder of days is over in an hour. */
export const PACES = { least: 0.05, most: 1 }

const levelSchema = mapping('level', {
  level: name("The level's id; templates see it as `urgency`.", 'pressing'),
  when: conditionSchema.optional().describe('When it is reached. The first level has none.'),
  pace: z
    .number()
    .min(PACES.least)
    .max(PACES.most)
    .optional()
    .describe("Waits are multiplied by it: 0.5 halves them. Left out, it is the level before's."),
  tell: z.enum(STAFF).optional().describe('Who hears of it when the level is reached.'),
})

const escalationSchema = (about: string, usual: string) =>
  mapping('escalation', {
    owner: span('The seller is told after this time.', '1d').optional(),
    manager: span('Their manager is told after this time.', '3d').optional(),
  }).describe(`${about}: owner and manager are told after ${usual} when this is left out.`)

export const cadenceSchema = mapping('cadence', {
  cadence: name('What the cadence is called.', 'atelier-erp'),
  about: words('What it is for, in a sentence.').optional(),
  from: name('The mailbox (of relance.yaml) its e-mails go out from.', 'claire'),
  owner: words(
    'Whose tasks and notices those of a lead without an owner are; left out, they are for whom `from` names.',
  ).optional(),
  locale: text(readLocale, {
    pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
    examples: ['fr', 'en'],
    description: 'The language of its templates.',
  }),
  locales: z
    .array(
      text(readLocaleUse, {
        examples: ['en', 'en for de', 'en for others'],
        description: 'A language, or one that stands in for that of other readers.',
      }),
    )
    .min(1)
    .optional()
    .describe(
      'The languages that every letter is there in, beside `locale`. `en for de`: who reads German gets the English one; ' +
        '`en for others`: everybody whose language is not there. Nobody else is written to in a language that is not theirs.',
    ),
  window: windowSchema
    .optional()
    .describe("When things may happen, in the recipient's time zone: mon-fri, 09:00-17:30 when left out."),
  limits: mapping('limits', {
    per_lead: cap('At most so many e-mails to one lead.', '2 per week', '1 per 24h').optional(),
    per_account: cap('At most so many e-mails to one company.', '4 per week', '4 per 7d').optional(),
  })
    .optional()
    .describe('How often anybody is written to, whatever the urgency.'),
  account: z
    .enum(ACCOUNT_RULES)
    .optional()
    .describe(
      "What the account's other leads do while a reply of one of them waits for the seller; left out, they hold.",
    )
    .meta({ default: 'hold' }),
  prospect: conditionSchema
    .optional()
    .describe('What makes a lead a prospect: { credit: approved, interest: general, dialogue: 45d }.'),
  qualified: conditionSchema
    .optional()
    .describe(
      'What makes a prospect qualified: ' +
        '{ need: verified, interest: comparing, authority: [decision_maker, influencer] }.',
    ),
  credit: mapping('credit', {
    valid_for: span('After this time an approved credit is stale, and asked for again.', '90d').optional(),
  })
    .optional()
    .describe('How long a credit decision counts.'),
  escalate: mapping('escalations', {
    reply: escalationSchema('A reply that nobody handles', '1d and 3d').optional(),
    role: escalationSchema('Somebody to write to whom nobody names', '3d and 7d').optional(),
    task: escalationSchema(
      'A task that nobody does, from its due date on, or from when it was given',
      '1d and 3d',
    ).optional(),
  })
    .optional()
    .describe('Who is told of what waits for people, and after how long. It goes on during holds.'),
  urgency: z
    .array(levelSchema)
    .min(1)
    .optional()
    .describe('A ladder of levels, the calmest first. The highest one whose `when` holds counts.'),
  stages: z.array(stageSchema).min(1).describe('The parts of the sales cycle, in order, each with a goal.'),
  plays: z.array(playSchema).optional().describe('Steps that a signal sets off.'),
  nurture: mapping('nurture', {
    every: wait('How often an e-mail goes out.', '60d', readInterval),
    for: span('How long, before the lead is let go as unresponsive.', '2y'),
    emails: z.array(name('A template.', 'news-1')).min(1).describe('Templates, in turn, again and again.'),
    until: conditionSchema.describe('What brings the lead back to the stages.'),
  })
    .optional()
    .describe('Keeping in touch, slowly, with those who are not ready.'),
}).meta({
  title: 'Relance cadence',
  description: 'A sales cadence: stages with goals, steps, plays, urgency and rules.',
})

/** A cadence file as it is written, once its shape is right. */
export type CadenceFile = z.infer<typeof cadenceSchema>
export type StepFile = z.infer<typeof stepSchema>

/** The JSON Schema (draft 7, which editors' YAML support reads) of a cadence file. */
export function cadenceJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(cadenceSchema, { target: 'draft-7', io: 'input' })
}

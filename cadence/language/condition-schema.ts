/** The schema of conditions: mappings whose parts must all hold. */
import * as z from 'zod'
import { UNANSWERED } from '../lead.ts'
import { problem } from '../problem-values.ts'
import { CREDITS, DEALS, DEMOS, INTERESTS, NEEDS, PROPOSALS, ROLES, STANDINGS } from '../words.ts'
import { FACT_PATTERN, readFactName } from './notation.ts'
import { count, mapping, problemIssue, span, text, type UnionName } from './parts.ts'

/** What a named fact has to be. */
const factTest = z.union(
  [
    z.number(),
    z.boolean(),
    z.string(),
    mapping('fact_test', { at_least: z.number().describe('The fact is a number, at least this.') }),
  ],
  { error: 'fact_test' satisfies UnionName },
)

/** The facts a condition can ask about. */
const asked = {
  need: z.enum(NEEDS).optional().describe('Whether the need is verified.'),
  credit: z
    .enum(CREDITS)
    .optional()
    .describe('The state of the credit decision. `approved` means approved and not stale.'),
  interest: z
    .enum(INTERESTS)
    .optional()
    .describe('Interest of at least this grade: none < general < comparing < convinced.'),
  dialogue: span('We heard from them within this time.', '45d').optional(),
  authority: z
    .array(z.enum(ROLES))
    .min(1)
    .optional()
    .describe('Somebody with one of these roles is known at the lead.'),
  demo: z.enum(DEMOS).optional().describe('What became of the demo.'),
  proposal: z.enum(PROPOSALS).optional().describe('What became of the proposal.'),
  deal: z.enum(DEALS).optional().describe('How the deal stands.'),
  standing: z.enum(STANDINGS).optional().describe('At least this: lead < prospect < qualified < customer.'),
  open_objections: count(0, 1000, 'No more than this many objections are open.').optional(),
  stage_age: span('At least this long in the current stage.', '21d').optional(),
  unanswered: count(1, UNANSWERED, 'At least this many e-mails since we last heard from them.').optional(),
  offer_ends_within: span('An offer is open and ends within this time.', '7d').optional(),
  credit_ends_within: span('Credit is approved and goes stale within this time.', '7d').optional(),
  amount: z.number().positive().optional().describe("The proposal's or the deal's amount is at least this."),
  fact: z
    .record(
      text(readFactName, {
        pattern: FACT_PATTERN,
        examples: ['employees'],
        description: "The name of a fact of the team's own.",
      }),
      factTest,
    )
    .optional()
    .describe("Named facts of the team's own: { employees: { at_least: 100 } }, { plan: pro }."),
}

/** Things that must all hold. */
export interface ConditionFile extends z.infer<z.ZodObject<typeof asked>> {
  any?: ConditionFile[] | undefined
  all?: ConditionFile[] | undefined
  not?: ConditionFile | undefined
}

const conditions = (description: string) =>
  z
    .array(z.lazy(() => conditionSchema))
    .min(1)
    .optional()
    .describe(description)

export const conditionSchema: z.ZodType<ConditionFile> = mapping('condition', {
  ...asked,
  any: conditions('At least one of these holds.'),
  all: conditions('All of these hold.'),
  not: z
    .lazy(() => conditionSchema)
    .optional()
    .describe('This does not hold.'),
})
  .superRefine((condition, context) => {
    if (Object.keys(condition).length > 0) return
    context.addIssue(problemIssue(problem('wrong_value', { kind: 'no_condition' })))
  })
  .meta({
    id: 'Condition',
    description: 'What must hold: everything said here, together. Combine with any, all and not.',
    minProperties: 1,
  })

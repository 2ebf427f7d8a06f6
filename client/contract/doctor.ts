/** The checker and reconciling on the wire: what was found, what was mended, what can't be. */
import { z } from '@hono/zod-openapi'
import { FINDINGS } from '../../cadence/words.ts'
import { count } from './numbers.ts'

const leadIds = z.array(z.string())
export const doctorReport = z
  .object({
    ok: z.boolean(),
    findings: z.array(
      z.object({
        code: z.enum(FINDINGS),
        n: count(),
        leads: leadIds.openapi({ description: 'of the first few' }),
        says: z.string().openapi({ description: 'the code, in words' }),
        remedy: z.string().openapi({ description: 'what to do' }),
      }),
    ),
  })
  .openapi('DoctorReport')

export const reconcileBody = z
  .strictObject({ dry: z.boolean().optional().openapi({ description: 'only look' }) })
  .openapi('Reconcile')

const some = (description: string) =>
  z.object({ n: count(), leads: leadIds.openapi({ description: 'the first few' }) }).openapi({ description })
export const reconciled = z
  .object({
    dry: z.boolean(),
    open: count().openapi({ description: 'leads that should have a workflow' }),
    running: count().openapi({ description: 'workflows that run' }),
    begunAgain: some('nothing ran for them, or what knows less than is on record: begun again from that'),
    asked: some('their workflows know more than is on record, and were asked to write it down'),
    ended: some('their workflows had ended by their rules: the end is on record again'),
    stopped: some('they have ended on record, and their workflows ran: stopped'),
    signals: count().openapi({
      description: 'signals that no turn on record has taken in: handed over again',
    }),
    touches: count().openapi({ description: 'touches that only Temporal knew of: put back into the ledger' }),
    failed: some('Temporal or a worker gave no answer about them'),
    unknown: some('nothing runs for them, and where they were is on record nowhere'),
    orphans: some('workflows of leads that the database does not have; they can send nothing'),
    lines: count().openapi({ description: 'lines of timelines that are lost' }),
  })
  .openapi('Reconciled')

export type DoctorReport = z.infer<typeof doctorReport>
export type ReconcileBody = z.input<typeof reconcileBody>
export type Reconciled = z.infer<typeof reconciled>

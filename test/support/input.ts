/** A workflow's input, as the outbox makes it. */
import { FORMAT, type Stored } from '../../cadence/format.ts'
import type { LeadInput } from '../../workflows/contract.ts'

export const inputOf = ({ lead, plan, queue = [] }: Pick<LeadInput, 'lead' | 'plan'> & Partial<LeadInput>) =>
  ({ format: FORMAT, lead, plan, queue }) as unknown as Stored<LeadInput>

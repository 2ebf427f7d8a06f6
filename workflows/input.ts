/** Opening a workflow's input: what an older run, or the code of another day, has handed on. */
import type { Arrival, Command } from '../cadence/fold.ts'
import { FORMAT, type Stored } from '../cadence/format.ts'
import { openCommand, openLead, openPlan } from '../cadence/upgrade/stored.ts'
import type { LeadInput } from './contract.ts'

/** The input in today's format. Signals have the shape they always had. */
export function openInput(stored: Stored<LeadInput>): LeadInput {
  const { lead, plan, queue, events, planned } = stored as unknown as LeadInput
  const opened = { lead: openLead(lead), plan: openPlan(plan), queue: queue.map(openArrival) }
  return { format: FORMAT, ...opened, ...(events !== undefined && { events }), ...(planned && { planned }) }
}

const openArrival = (arrival: Arrival): Arrival =>
  'type' in arrival ? arrival : openCommand(arrival as Command)

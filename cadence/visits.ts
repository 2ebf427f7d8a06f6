/** Visits, which are numbered passages through a stage, a play or the nurture: opening, finding and changing them. */
import type { Lead, Visit } from './lead.ts'

/** Opens a visit now, on a lead that is being changed. */
export function openVisit(lead: Lead, of: Visit['kind'], id: string): Visit {
  lead.visited += 1
  const visit: Visit = { n: lead.visited, kind: of, id, since: lead.now, anchor: lead.now, done: [] }
  lead.visits = [...lead.visits, visit]
  return visit
}

/** The open visit of a stage, a play or the nurture. */
export const visitOf = (lead: Lead, of: Visit['kind'], id: string): Visit | undefined =>
  lead.visits.find((visit) => visit.kind === of && visit.id === id)

/** The play that holds the stage's steps: the newest one open. */
export const openPlay = (lead: Lead): Visit | undefined =>
  lead.visits.findLast((visit) => visit.kind === 'play')

/** Ids of the steps that aren't done again in a visit. */
export const doneIn = ({ done, already = [] }: Visit): string[] => [...done, ...already]

/** Puts a changed visit in its place. */
export function putVisit(lead: Lead, visit: Visit): void {
  lead.visits = lead.visits.map((old) => (old.n === visit.n ? visit : old))
}

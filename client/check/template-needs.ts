/**
 * The variables that a cadence's templates need of a lead from the start, so that a gap is found before anything is
 * sent.
 */

import { letterFile } from '../../activities/texts/letter-file.ts'
import { parseTemplate, variablesOf, variablesOfInline } from '../../activities/texts/template.ts'
import type { Gap } from '../../cadence/error-values.ts'
import type { Plan, Step } from '../../cadence/plan.ts'
import { templatesOf } from '../../cadence/themes.ts'
import { STEP_KIND } from '../../cadence/words.ts'
import type { LeadDraft } from '../import/lead-draft.ts'

/** What a list of leads, or a referral, says of somebody. */
export type Somebody = Pick<
  LeadDraft,
  'email' | 'firstName' | 'lastName' | 'title' | 'phone' | 'company' | 'country' | 'locale' | 'custom'
> & { referrer?: { first_name?: string | null; last_name?: string | null; company?: string | null } }

/** A text that a lead may come to, and the variables it can't do without. */
interface Need {
  text: Gap['text']
  paths: string[]
}

/**
 * Compiles a cadence's needs.
 * @returns for a lead as it was read: what is missing; nothing when every text can be filled
 *
 * Only what a list of leads can say counts: the main contact, the lead, who sent them. Offers, objections and facts
 * come later; a step for another role is about somebody who isn't known yet.
 */
export function templateNeeds(plan: Plan, files: Record<string, string>): (lead: Somebody) => Gap[] {
  const byLocale = new Map<string, Need[]>()
  return (lead) => {
    const locale = lead.locale ?? plan.locale
    let needs = byLocale.get(locale)
    if (!needs) {
      needs = needsIn(plan, files, locale)
      byLocale.set(locale, needs)
    }
    return needs.flatMap(({ text, paths }) => {
      const variables = paths.filter((path) => said(lead, path) === undefined)
      return variables.length > 0 ? [{ text, variables }] : []
    })
  }
}

function needsIn(plan: Plan, files: Record<string, string>, locale: string): Need[] {
  const needs = new Map<string, Need>()
  const add = (text: Gap['text'], paths: string[]): void => {
    const known = paths.filter((path) => /^(contact|lead|referrer)\./.test(path))
    if (known.length > 0) needs.set(JSON.stringify(text), { text, paths: known })
  }
  const template = (name: string): void => {
    const file = letterFile(plan, files, name, locale)?.file
    if (file !== undefined) add({ template: file }, variablesOf(parseTemplate(files[file] ?? '', file)))
  }
  const steps: Step[] = [...plan.stages, ...plan.plays].flatMap((part) => part.steps)
  for (const step of steps.filter((s) => s.to === undefined)) {
    const { words } = STEP_KIND[step.kind]
    if (words === 'template') for (const name of templatesOf(step.name, step.theme)) template(name)
    if (words === 'cadence') add({ step: step.id }, variablesOfInline(step.name))
  }
  for (const name of plan.nurture?.emails ?? []) template(name)
  return [...needs.values()]
}

function said(lead: Somebody, path: string): string | undefined {
  switch (path) {
    case 'contact.email':
      return lead.email
    case 'contact.first_name':
      return lead.firstName
    case 'contact.last_name':
      return lead.lastName
    case 'contact.title':
      return lead.title
    case 'contact.phone':
      return lead.phone
    case 'lead.company':
      return lead.company
    case 'lead.country':
      return lead.country
    case 'lead.locale':
      return lead.locale ?? 'default'
  }
  const [group, name = ''] = path.split('.')
  if (group === 'referrer')
    return lead.referrer?.[name as keyof NonNullable<Somebody['referrer']>] ?? undefined
  return group === 'lead' && Object.hasOwn(lead.custom, name) ? lead.custom[name] : undefined
}

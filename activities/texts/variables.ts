/** The catalogue of variables that templates and task texts can use. */
import { hasValue, type Variables } from './liquid.ts'

/** `personal`: about a person, so erased with them. `always`: has a value for every lead. */
export interface VariableInfo {
  personal: boolean
  always: boolean
  about: string
}

/** The names templates and task texts can use. Those ending in `.*` stand for names of the team's own. */
export const VARIABLES: Readonly<Record<string, VariableInfo>> = {
  'contact.first_name': { personal: true, always: false, about: 'whom it is written to' },
  'contact.last_name': { personal: true, always: false, about: '' },
  'contact.email': { personal: true, always: true, about: '' },
  'contact.title': { personal: true, always: false, about: 'their job' },
  'contact.phone': { personal: true, always: false, about: '' },
  'lead.company': { personal: false, always: false, about: '' },
  'lead.country': { personal: false, always: false, about: 'two letters, as FR' },
  'lead.locale': { personal: false, always: true, about: 'as fr' },
  'lead.*': { personal: true, always: false, about: 'any other column of the leads file' },
  'sender.name': { personal: false, always: true, about: 'the mailbox it comes from' },
  'sender.email': { personal: false, always: true, about: '' },
  urgency: { personal: false, always: true, about: "the level's id" },
  'offer.name': { personal: false, always: false, about: 'the dated incentive of the step' },
  'offer.ends': { personal: false, always: false, about: 'its last day, written out' },
  'objection.topic': { personal: false, always: false, about: 'the objection that is open' },
  'referrer.first_name': { personal: true, always: false, about: 'the customer who sent them' },
  'referrer.last_name': { personal: true, always: false, about: '' },
  'referrer.company': { personal: false, always: false, about: '' },
  'fact.*': { personal: true, always: false, about: "a fact of the team's own" },
}

/** Whether the catalogue has this name. */
export function isKnownVariable(path: string): boolean {
  return Object.hasOwn(VARIABLES, path) || /^(lead|fact)\.[^.[\]]+$/.test(path)
}

/** Those of the paths that have no value here. */
export function withoutValue(paths: string[], variables: Variables): string[] {
  return paths.filter((path) => {
    const [group = '', name] = path.split('.')
    const value = variables[group]
    if (name === undefined) return typeof value === 'object' || !hasValue(value)
    return typeof value !== 'object' || value === null || !hasValue(value[name])
  })
}

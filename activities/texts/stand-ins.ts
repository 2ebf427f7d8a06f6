/** Stand-ins for what isn't known yet of a letter's reader, so that the letter can be shown. */
import { noFacts } from '../../cadence/facts.ts'
import type { Person } from '../../store/touch-context.ts'
import { imaginedValue } from './imagined.ts'
import { hasValue } from './liquid.ts'
import { mentionsOf, type Template } from './template.ts'
import type { LetterContext } from './write.ts'

/** Known for every letter: nothing stands in for it. */
const GIVEN = /^(?:urgency$|sender\.|offer\.|lead\.locale$)/

/** A context that a letter can be written with, and the variables in it that nobody said. */
export interface StoodIn {
  context: LetterContext
  imagined: string[]
}

/**
 * What only time brings (whoever has a role, facts, an objection's topic) is imagined where it isn't known and the
 * letter can't do without it. What a list should have had is not: its lack is what a preview is to show.
 * @param invented - the whole reader is imagined: then everything that the letter mentions is
 */
export function withStandIns(
  template: Template,
  source: string,
  context: LetterContext,
  invented = false,
): StoodIn {
  const mentioned = mentionsOf(template)
  const paths = [...new Set(mentioned.map(({ path }) => path))]
  const required = new Set(mentioned.filter((one) => one.required).map(({ path }) => path))
  const { contact, topic, facts } = context
  const imagine = (path: string): string => imaginedValue(path, [source])
  const named = { ...(facts ?? noFacts()).named }
  const later: string[] = []
  for (const path of paths) {
    const name = path.slice('fact.'.length)
    if (!path.startsWith('fact.') || !required.has(path) || hasValue(named[name]?.value)) continue
    named[name] = { value: imagine(path), at: 0, by: '' }
    later.push(path)
  }
  if (required.has('objection.topic') && !hasValue(topic)) later.push('objection.topic')
  const unknown = contact ? later : [...later, ...paths.filter((path) => path.startsWith('contact.'))]
  return {
    context: {
      ...context,
      contact: contact ?? somebody(imagine),
      topic: later.includes('objection.topic') ? imagine('objection.topic') : topic,
      facts: { ...(facts ?? noFacts()), named },
    },
    imagined: invented ? paths.filter((path) => !GIVEN.test(path)) : unknown,
  }
}

/** Whoever has a role that nobody is known to have yet. */
function somebody(imagine: (path: string) => string): Person {
  const [first_name, last_name, title, phone] = ['first_name', 'last_name', 'title', 'phone'].map((name) =>
    imagine(`contact.${name}`),
  )
  return { email: 'somebody@example.com', first_name, last_name, title, phone } as Person
}

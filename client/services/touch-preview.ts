/** Previews of touches: the subject of an e-mail or the text of a task, as an imagined lead would get it. */
import { mentionsOf, parseTemplate } from '../../activities/texts/template.ts'
import { type Note, writeLetter, writeNote } from '../../activities/texts/write.ts'
import type { Published } from '../../activities/touch/published.ts'
import { type Facts, noFacts } from '../../cadence/facts.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayTask } from '../../cadence/reasons/say.ts'
import type { Instant } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import { STEP_KIND } from '../../cadence/words.ts'
import type { TouchContext } from '../../store/touch-context.ts'

const PERSON = {
  email: 'hugo.morel@atelier-morel.example',
  first_name: 'Hugo',
  last_name: 'Morel',
  title: 'Directeur',
  phone: '+33 1 99 00 12 34',
}

/**
 * What a touch would say to somebody called Hugo Morel.
 * @returns an e-mail's subject or a task's text; undefined where it can't be written
 */
export function imaginedWords(
  published: Published,
  zone: string,
  language: Language,
): (touch: Touch, at: Instant) => string | undefined {
  const context: TouchContext = {
    status: null,
    token: null,
    claimedFor: null,
    hard: null,
    attempts: 0,
    deferrals: 0,
    troubles: null,
    failure: null,
    deferredAt: null,
    closed: null,
    position: null,
    account: null,
    company: 'Atelier Morel',
    country: 'FR',
    region: null,
    zone,
    locale: null,
    owner: null,
    contact: PERSON,
    thread: null,
    topic: 'data migration',
    referrer: { first_name: 'Inès', last_name: 'Roux', company: 'Fonderie Roux' },
    ...ownNames(published.files),
  }
  const words = wordsInTurn(published, language)
  return (touch, at) => words(context, touch, at)
}

/**
 * What touches say, one after the other as they come: what follows up another has its subject.
 * @returns for a touch: an e-mail's subject or a task's text; undefined where it can't be written
 */
export function wordsInTurn(
  published: Published,
  language: Language,
): (context: TouchContext, touch: Touch, at: Instant) => string | undefined {
  const subjects = new Map<string, string>()
  return (context, touch, at) => {
    const before = touch.thread === undefined ? undefined : subjects.get(touch.thread)
    const thread = before === undefined ? context.thread : { id: '', references: null, subject: before }
    const said = wordsOf(published, { ...context, thread }, touch, at, language)
    if (said !== undefined) subjects.set(touch.step, said)
    return said
  }
}

function wordsOf(
  published: Published,
  context: TouchContext,
  touch: Touch,
  at: Instant,
  language: Language,
): string | undefined {
  const { from } = published.plan
  const sender = { name: from, email: `${from}@relance.example` }
  const written =
    STEP_KIND[touch.kind].words === 'template'
      ? writeLetter(published, touch, context, at, sender)
      : writeNote(published, touch, context, at)
  if ('failure' in written) return undefined
  return 'rendered' in written.text ? written.text.rendered.subject : noteOf(written.text, language)
}

const noteOf = ({ text, wording }: Note, language: Language): string =>
  wording ? sayTask(wording, language) : text

/** A team's own columns and facts: `[name]` stands for what a real lead has there. */
function ownNames(files: Record<string, string>): Pick<TouchContext, 'custom' | 'facts'> {
  const custom: Record<string, string> = {}
  const named: Facts['named'] = {}
  for (const [file, source] of Object.entries(files)) {
    for (const { path } of mentionsOf(parseTemplate(source, file))) {
      const [, of, name = ''] = /^(lead|fact)\.(.+)$/.exec(path) ?? []
      if (of === 'lead') custom[name] = `[${name}]`
      if (of === 'fact') named[name] = { value: `[${name}]`, at: 0, by: '' }
    }
  }
  return { custom, facts: { ...noFacts(), named } }
}

/** Previews of touches: the subject of an e-mail or the text of a task, as an imagined lead would get it. */
import type { Address } from '../../activities/mail/address.ts'
import { mentionsOf, parseTemplate } from '../../activities/texts/template.ts'
import { type Note, type Written, writeLetter, writeNote } from '../../activities/texts/write.ts'
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
 * What touches would say to somebody called Hugo Morel, in the order in which they go out.
 * @returns an e-mail's subject or a task's text; undefined where it can't be written
 */
export function imaginedWords(
  published: Published,
  zone: string,
  language: Language,
  sender: Address,
): (touch: Touch, at: Instant) => string | undefined {
  const wordsOf = wordsInTurn(published, language, sender)
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
  return (touch, at) => {
    const said = wordsOf(context, touch, at)
    return 'text' in said ? said.text : undefined
  }
}

/**
 * What touches would say, asked in the order in which they go out: an e-mail's subject or a task's text. An e-mail that
 * answers another has that one's subject.
 */
export function wordsInTurn(
  published: Published,
  language: Language,
  sender: Address,
): (context: TouchContext, touch: Touch, at: Instant) => Written<string> {
  /** Subjects of what went out, by step. */
  const sent = new Map<string, string>()
  return (context, touch, at) => {
    if (STEP_KIND[touch.kind].words !== 'template') {
      const note = writeNote(published, touch, context, at)
      return 'fault' in note ? note : { text: noteOf(note.text, language) }
    }
    const before = touch.thread === undefined ? undefined : sent.get(touch.thread)
    const thread = before === undefined ? context.thread : { id: '', references: null, subject: before }
    const letter = writeLetter(published, touch, { ...context, thread }, at, sender)
    if ('fault' in letter) return letter
    const { subject } = letter.text.rendered
    sent.set(touch.step, subject)
    return { text: subject }
  }
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

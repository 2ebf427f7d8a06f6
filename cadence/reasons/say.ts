/** Reasons in words: the one way from data to what a person reads. */
import type { Change, Closing } from '../lead.ts'
import type { Reason } from '../reason.ts'
import { type Dictionary, LANGUAGES, type Language, type Phrases, type TaskWording } from './dictionary.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { phrasesFor, type Reader } from './phrases.ts'

const DICTIONARIES: Record<Language, Dictionary> = { en, fr }

/** The dictionary of a language. */
export const dictionaryOf = (language: Language): Dictionary => DICTIONARIES[language]

function tell(reader: Reader, sentence: (phrases: Phrases, dictionary: Dictionary) => string): string {
  const dictionary = DICTIONARIES[reader.language]
  return dictionary.typeset(sentence(phrasesFor(reader, dictionary), dictionary))
}

/** A reason as a phrase, without a full stop. */
export const say = (reason: Reason, reader: Reader): string => tell(reader, (phrases) => phrases.say(reason))

/** Several reasons as one phrase. */
export const sayAll = (reasons: readonly Reason[], reader: Reader): string =>
  tell(reader, (phrases) => phrases.all(reasons))

/** A moment, in the reader's zone, with the lead's time where it differs. */
export const sayMoment = (at: number, reader: Reader): string => tell(reader, (phrases) => phrases.moment(at))

/** A day, in the reader's zone. */
export const sayDay = (at: number, reader: Reader): string => tell(reader, (phrases) => phrases.day(at))

/** A line of a timeline, without its date. How long ago something was is counted from the line's own time. */
export const sayChange = (change: Change, reader: Reader): string =>
  tell({ ...reader, now: change.at }, (phrases, { changes }) =>
    (changes[change.kind] as (change: Change, phrases: Phrases) => string)(change, phrases),
  )

/** A text, and what it is about: `reply received: message …`. */
export const sayAbout = (text: string, about: string, { language }: Reader): string => {
  const { detailed, typeset } = DICTIONARIES[language]
  return about === '' ? text : typeset(detailed(text, about))
}

/** The text of a task that is Relance's own. */
export const sayTask = (task: TaskWording, language: Language): string => {
  const { tasks, typeset } = DICTIONARIES[language]
  return typeset((tasks[task.code] as (task: TaskWording) => string)(task))
}

/** Why a task closed by itself. */
export const sayClosing = (closing: Closing, language: Language): string => {
  const { closings, typeset } = DICTIONARIES[language]
  return typeset((closings[closing.code] as (closing: Closing) => string)(closing))
}

/**
 * The first language of a list that there is a dictionary for, by its primary subtag; English when there is none.
 * @param tags - BCP 47 or POSIX, most wanted first: `['fr-CA', 'en']`, `['fr_FR.UTF-8']`
 */
export const languageOf = (tags: readonly string[]): Language =>
  tags
    .map((tag) => tag.toLowerCase().split(/[-_.@]/)[0])
    .find((tag): tag is Language => LANGUAGES.includes(tag as Language)) ?? 'en'

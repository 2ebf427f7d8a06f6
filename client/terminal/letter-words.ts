/** What is said about a previewed letter beside the letter itself, on the terminal and on a contact sheet. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { dictionaryOf } from '../../cadence/reasons/say.ts'
import type { Role } from '../../cadence/words.ts'
import type { PreviewedLetter } from '../contract/preview.ts'
import { terminalWords } from './words/words.ts'

/** Where it stands in its cadence, at which levels it reads so, and whom it is for. */
export function aboutLetter(letter: PreviewedLetter, language: Language): string[] {
  const { part, step, file, template, language: locale, urgency, role } = letter
  const { preview } = terminalWords(language)
  const { words, typeset } = dictionaryOf(language)
  const place =
    part.kind === 'nurture' ? preview.place.nurture : preview.place[part.kind](part.id, step ?? '')
  return [
    file ?? template,
    ...(locale === null ? [] : [locale]),
    place,
    preview.levels(urgency),
    ...(role === null ? [] : [preview.role(words.role[role as Role] ?? role)]),
  ].map(typeset)
}

/** Its heads: from, to, and each subject that it may have, with what the subject is for. */
export function headsOf(
  { from, to, subjects }: PreviewedLetter,
  language: Language,
): { name: string; value: string; note?: string }[] {
  const { preview } = terminalWords(language)
  const inThread = subjects.some(({ of }) => of === 'thread')
  return [
    { name: preview.from, value: from },
    { name: preview.to, value: to ?? '–' },
    ...subjects.map(({ subject, variant, of }) => {
      const notes = [
        ...(variant === null ? [] : [preview.variant(variant)]),
        ...(inThread && of === 'own' ? [preview.alone] : []),
      ]
      return { name: preview.subject, value: subject, ...(notes.length > 0 && { note: notes.join(', ') }) }
    }),
  ]
}

/** What there is to know before it is believed: what was imagined in it, or why there is none. */
export function caveatsOf({ imagined, because }: PreviewedLetter, language: Language): string[] {
  const { preview } = terminalWords(language)
  const { typeset } = dictionaryOf(language)
  return [
    ...(imagined.length > 0 ? [preview.imagined(imagined)] : []),
    ...(because === null ? [] : [preview.unwritable(because)]),
  ].map(typeset)
}

/** How letters are printed: heads as a mail program shows them, and the text part as it goes out. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import type { Preview } from '../contract/preview.ts'
import { aboutLetter, caveatsOf, headsOf } from './letter-words.ts'
import { paint } from './output.ts'

/** All letters of a preview, one after the other. */
export const letterLines = ({ letters }: Preview, language: Language): string[] =>
  letters.flatMap((letter) => [
    paint('bold', `── ${aboutLetter(letter, language).join(' · ')}`),
    ...caveatsOf(letter, language).map((caveat) => paint('yellow', `! ${caveat}`)),
    ...headsOf(letter, language).map(
      ({ name, value, note }) => `${paint('dim', name)} ${value}${note ? paint('dim', `  (${note})`) : ''}`,
    ),
    '',
    ...(letter.text === null ? [] : [letter.text]),
  ])

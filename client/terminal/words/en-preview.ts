/** What `relance preview` says, in English. */
import type { TerminalWords } from './shape.ts'

export const previewEn: TerminalWords['preview'] = {
  title: (cadence, version) =>
    version === null ? `Letters of ${cadence}` : `Letters of ${cadence}, version ${version}`,
  from: 'From:',
  to: 'To:',
  subject: 'Subject:',
  variant: (name) => `variant ${name}`,
  alone: 'when the letter it follows up was never sent',
  text: 'Text',
  place: {
    stage: (id, step) => `stage ${id}, step ${step}`,
    play: (id, step) => `play ${id}, step ${step}`,
    nurture: 'nurture',
  },
  levels: (levels) => `urgency ${levels.join(', ')}`,
  role: (role) => `for the ${role}`,
  imagined: (variables) => `not known yet, so imagined: ${variables.join(', ')}`,
  unwritable: (because) => `can't be written: ${because}`,
  wrote: (letters, file) => `${letters === 1 ? '1 letter' : `${letters} letters`} in ${file}`,
}

/** A preview as people and programs read it: addresses in one line, faults in words. */
import type { Address } from '../../activities/mail/address.ts'
import { letterSteps } from '../../activities/mail/letter-steps.ts'
import { type PreviewedLetter, type PreviewReader, previewLetters } from '../../activities/mail/preview.ts'
import type { Published } from '../../activities/touch/published.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { say } from '../../cadence/reasons/say.ts'
import type { PreviewedLetter as LetterView } from '../contract/preview.ts'

/**
 * The letters of a cadence for somebody.
 * @param template - a template's name, as `hello`, or a file of it, as `hello.fr.md`; all when left out
 * @param reader - who reads the faults
 * @throws RelanceError `template_unknown`
 */
export function lettersView(
  published: Published,
  whom: PreviewReader,
  template: string | undefined,
  reader: Reader,
): LetterView[] {
  const name = template === undefined ? undefined : templateNamed(published, template)
  return previewLetters(published, whom, name).map((letter) => viewOf(letter, whom.sender, reader))
}

function templateNamed({ plan, files }: Published, asked: string): string {
  const known = [...new Set(letterSteps(plan).map(({ template }) => template))]
  if (known.includes(asked)) return asked
  const file = asked.replace(/^.*[\\/]/, '')
  const named = known.find((name) => file === `${name}.md` || (file in files && file.startsWith(`${name}.`)))
  if (named !== undefined) return named
  const meant = nearest(asked, known)
  const values = { template: asked, cadence: plan.cadence, known }
  throw new RelanceError('template_unknown', meant === undefined ? values : { ...values, meant })
}

function viewOf(letter: PreviewedLetter, sender: Address, reader: Reader): LetterView {
  const { part, step, template, file, language, urgency, to: role, recipient, imagined } = letter
  const whole = {
    ...{ part, step, template, urgency, imagined, role: role ?? null },
    ...{ file: file ?? null, language: language ?? null },
    ...{ from: written(sender), to: recipient ? written(recipient) : null },
  }
  if ('failure' in letter) {
    const { failure } = letter
    return {
      ...whole,
      ...{ subjects: [], text: null, html: null },
      ...{ failure: { ...failure }, because: say(failure, reader) },
    }
  }
  const { subjects, text, html } = letter
  return {
    ...whole,
    subjects: subjects.map(({ variant, ...subject }) => ({ ...subject, variant: variant ?? null })),
    ...{ text, html, failure: null, because: null },
  }
}

const written = ({ name, email }: Address): string => (name ? `${name} <${email}>` : email)

/**
 * The variables that a cadence's templates need of a lead from the start, so that a gap is found before anything is
 * sent.
 */
import { type Reader, saidOf } from '../../activities/texts/every-text.ts'
import { letterFile } from '../../activities/texts/letter-file.ts'
import { parseTemplate, variablesOf, variablesOfInline } from '../../activities/texts/template.ts'
import { placeOfText, textUses } from '../../activities/texts/text-uses.ts'
import type { Published } from '../../activities/touch/published.ts'
import type { Gap } from '../../cadence/error-values.ts'

/** A text that a lead may come to, and the variables it can't do without. */
interface Need {
  text: Gap['text']
  paths: string[]
}

/**
 * Compiles a cadence's needs.
 * @returns for a reader: what is missing; nothing when every text can be filled
 *
 * Only what a list of leads can say counts: the main contact, the lead, who sent them. Offers, objections and facts
 * come later; a step for another role is about somebody who isn't known yet.
 */
export function templateNeeds(published: Published): (reader: Reader) => Gap[] {
  const { plan } = published
  const byLocale = new Map<string, Need[]>()
  return (reader) => {
    const locale = reader.locale ?? plan.locale
    const needs = byLocale.get(locale) ?? needsIn(published, locale)
    byLocale.set(locale, needs)
    return needs.flatMap(({ text, paths }) => {
      const variables = paths.filter((path) => (saidOf(path, reader, plan) ?? null) === null)
      return variables.length > 0 ? [{ text, variables }] : []
    })
  }
}

function needsIn({ plan, files }: Published, locale: string): Need[] {
  const needs = new Map<string, Need>()
  for (const use of textUses(plan).filter(({ to }) => to === undefined)) {
    const file = use.kind === 'letter' ? letterFile(plan, files, use.name, locale)?.file : undefined
    if (use.kind === 'letter' && file === undefined) continue
    const text = placeOfText(use, file)
    const required =
      file === undefined ? variablesOfInline(use.name) : variablesOf(parseTemplate(files[file] ?? '', file))
    const paths = required.filter((path) => /^(contact|lead|referrer)\./.test(path))
    if (paths.length > 0) needs.set(JSON.stringify(text), { text, paths })
  }
  return [...needs.values()]
}

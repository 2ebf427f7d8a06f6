/** Which template file a letter is written from: its reader's language, or the one that the cadence says stands in. */
import type { Plan } from '../../cadence/plan.ts'

/** A template's file, and the language it is in. */
export interface LetterFile {
  file: string
  language: string
}

type Languages = Pick<Plan, 'locale' | 'locales'>

/**
 * `NAME.LOCALE.md` in the reader's language, else in the one that stands in for it. `NAME.md` is in the cadence's own.
 * @param locale - the reader's; null where it isn't known: the cadence's
 * @returns undefined where there is none: nobody gets a letter in a language that nobody chose for them
 */
export function letterFile(
  plan: Languages,
  files: Record<string, string>,
  name: string,
  locale: string | null | undefined,
): LetterFile | undefined {
  for (const language of readable(plan, locale ?? plan.locale)) {
    const exact = `${name}.${language}.md`
    const alike = (): string | undefined =>
      Object.keys(files).find((file) => {
        const tag = localeOfFile(file, name)
        return tag !== undefined && baseOf(tag) === baseOf(language)
      })
    const file = Object.hasOwn(files, exact) ? exact : alike()
    if (file !== undefined) return { file, language: localeOfFile(file, name) ?? language }
    const bare = `${name}.md`
    if (baseOf(language) === baseOf(plan.locale) && Object.hasOwn(files, bare)) {
      return { file: bare, language: plan.locale }
    }
  }
  return undefined
}

/** The languages that a cadence's letters have to be there in: its own, and those of `locales:`. */
export const writtenIn = ({ locale, locales }: Languages): string[] => [
  ...new Set([locale, ...(locales?.written ?? [])]),
]

/** Those, and the languages that some of its letters are in. */
export const lettersIn = (plan: Languages, files: Record<string, string>): string[] => {
  const tags = Object.keys(files).flatMap((file) => /\.([^.]+)\.md$/.exec(file)?.[1] ?? [])
  return [...new Set([...writtenIn(plan), ...tags])]
}

/** What a reader of a language may be written to in. */
function readable({ locales }: Languages, wanted: string): string[] {
  const { others, standIn = {} } = locales ?? {}
  const other = standIn[wanted] ?? standIn[baseOf(wanted)] ?? others
  return other === undefined ? [wanted] : [wanted, other]
}

const baseOf = (locale: string): string => (locale.split('-')[0] ?? locale).toLowerCase()

function localeOfFile(file: string, name: string): string | undefined {
  if (!file.startsWith(`${name}.`) || !file.endsWith('.md')) return undefined
  const locale = file.slice(name.length + 1, -'.md'.length)
  return locale === '' || locale.includes('.') ? undefined : locale
}

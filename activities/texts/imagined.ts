/** What stands for values that aren't known yet: a date where a template reads one, an address where it leads somewhere. */
import { literally } from './literally.ts'

/** A value for a variable, by how the templates use it; elsewhere `[name]`, as a person sees that it isn't theirs. */
export function imaginedValue(path: string, sources: readonly string[]): string {
  const name = path.slice(path.indexOf('.') + 1)
  const here = literally(path)
  const used = (pattern: string): boolean => sources.some((source) => new RegExp(pattern).test(source))
  if (used(`${here}\\b[^}%]*\\|\\s*date\\b`)) return '2027-03-01'
  if (used(`(?:\\]\\(|\\]:|<)\\s*<?(?:https?://)?\\{\\{-?\\s*${here}\\b`)) return 'https://example.com/'
  return `[${name}]`
}

/** The YAML parser's errors as problems. Offsets only; document.ts makes them line and column. */
import type { YAMLError } from 'yaml'
import { type ProblemData, problem } from '../problem-values.ts'
import type { Position } from './problem.ts'
import type { Complaint } from './tree.ts'
import { MOST_DEPTH } from './walk.ts'

/** Errors that don't make the parser misread the following lines. */
const BY_ITSELF: YAMLError['code'][] = [
  'TAB_AS_INDENT',
  'BAD_DQ_ESCAPE',
  'TAG_RESOLVE_FAILED',
  'MULTIPLE_DOCS',
]
const MOST_ERRORS = 20

/** The first error and those that don't follow from it, one a line. */
export function tellingErrors(errors: YAMLError[], place: (offset: number) => Position): YAMLError[] {
  const told = new Set<number>()
  const telling: YAMLError[] = []
  for (const error of errors) {
    const { line } = place(error.pos[0])
    if (told.has(line) || (telling.length > 0 && !BY_ITSELF.includes(error.code))) continue
    told.add(line)
    telling.push(error)
    if (telling.length === MOST_ERRORS) break
  }
  return telling
}

/** An error of the parser as ours; its own code tells the words for it. */
export function yamlComplaint(error: YAMLError): Complaint {
  return { ...problemOf(error), offset: error.pos[0] }
}

function problemOf({ code, message }: YAMLError): ProblemData {
  switch (code) {
    case 'TAB_AS_INDENT':
      return problem('tab', {})
    case 'MULTIPLE_DOCS':
      return problem('several_documents', {})
    case 'RESOURCE_EXHAUSTION':
      return problem('too_deep', { most: MOST_DEPTH })
    case 'TAG_RESOLVE_FAILED':
      return problem('yaml_tag', { tag: /^Unresolved tag: (\S{1,200})/.exec(message)?.[1] ?? '!' })
    default:
      return problem('yaml_syntax', { error: code, says: phrase(message) })
  }
}

/** The parser's sentence as a phrase of one line. */
const phrase = (text: string): string =>
  (text.charAt(0).toLowerCase() + text.slice(1)).split('\n')[0]?.replace(/\.$/, '').slice(0, 200) ?? ''

/** What the YAML parser complains about, in words that say what would be right. */
import type { YAMLError } from 'yaml'
import type { Position } from './problem.ts'
import { type Complaint, fault } from './tree.ts'
import { MOST_DEPTH } from './walk.ts'

/** What stands by itself; after anything else the rest of the file is read askew. */
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

const REMEDIES: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'write one cadence a file, without a second ---',
  BAD_INDENT: 'begin all keys of a mapping in the same column',
  BLOCK_AS_IMPLICIT_KEY: 'put what follows the colon in quotes, or on lines of its own',
  BAD_DQ_ESCAPE: 'write the backslash twice, or use single quotes',
  TAG_RESOLVE_FAILED: 'leave the ! tag out',
  RESOURCE_EXHAUSTION: `nest ${MOST_DEPTH} deep at most`,
  BAD_ALIAS: 'put the text in quotes when it begins with *',
  MULTILINE_IMPLICIT_KEY: 'end the line above with a colon, or put the text in quotes',
  MISSING_CHAR: 'close what was opened: quotes, ] or }, and put texts with {{ }} in quotes',
  UNEXPECTED_TOKEN: 'put the text in quotes when it has {, }, [, ], : or # in it',
  BAD_SCALAR_START: 'put the text in quotes',
}

const CODES: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'tab',
  MULTIPLE_DOCS: 'several_documents',
  RESOURCE_EXHAUSTION: 'too_deep',
  TAG_RESOLVE_FAILED: 'yaml_tag',
}

/** An error of the parser as ours. */
export function yamlComplaint(error: YAMLError): Complaint {
  const message = error.code === 'MULTIPLE_DOCS' ? 'a second document begins here' : lowerFirst(error.message)
  const remedy = REMEDIES[error.code] ?? 'check quotes, colons and indentation around here'
  return { ...fault(CODES[error.code] ?? 'yaml_syntax', message, remedy), offset: error.pos[0] }
}

const lowerFirst = (text: string): string =>
  (text.charAt(0).toLowerCase() + text.slice(1)).split('\n')[0]?.replace(/\.$/, '').slice(0, 200) ?? ''

/** Splits a signal's fields into personal ones (database) and the rest (workflow), as the catalogue says. */
import type { Signal, SignalType } from '../../cadence/signals.ts'
import { specOf } from '../../cadence/signals.ts'
import type { Tokens } from './tokens.ts'

/**
 * Splits checked fields. A topic goes both ways: its name to the database, a token for it to the workflow, the same
 * for the same topic however it is written.
 */
export function splitFields(
  type: SignalType,
  fields: Signal['data'],
  token: Tokens,
): { data: Signal['data']; personal: Record<string, string> } {
  const data: Signal['data'] = {}
  const personal: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    const kind = specOf(type).fields[name]?.kind.kind
    if (kind === 'text' || kind === 'topic') personal[name] = String(value)
    if (kind === 'topic') data[name] = token('topic', plain(String(value)))
    if (kind !== 'text' && kind !== 'topic') data[name] = value
  }
  return { data, personal }
}

const plain = (topic: string): string => topic.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

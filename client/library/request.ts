/** Parts of the client's requests and answers: paths, queries, and answers that come line by line. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { lost } from './failures.ts'

/** A filter as a query; what isn't set is left out. */
export function queryOf(filter: object): URLSearchParams {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(filter)) if (value !== undefined) query.set(key, String(value))
  return query
}

/** The path of a lead, or of what is asked of it. */
export const of = (lead: string, verb?: string): string =>
  `/v1/leads/${encodeURIComponent(lead)}${verb ? `/${verb}` : ''}`

/** The lines of an answer, as they come. @throws when it breaks off */
export async function* linesOf(words: Language, response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of response.body ?? []) {
      const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
      rest = parts.pop() ?? ''
      yield* parts.filter((part) => part !== '')
    }
  } catch (cause) {
    throw lost(words, cause)
  }
}

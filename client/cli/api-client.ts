/** The API client that verbs use: it asks for the terminal's language, and for the zone of `--zone`. */
import { terminalLanguage, terminalZone } from '../terminal/reader.ts'

/** @param zone - of `--zone`; the machine's when left out */
export async function connected(zone?: string) {
  const { connect } = await import('../library/connect.ts')
  return connect({ language: terminalLanguage(), zone: terminalZone(zone) })
}

/** The running Relance, for a verb: it answers in the terminal's language, for the zone that was asked for. */
import { terminalLanguage, terminalZone } from '../terminal/reader.ts'

/** @param zone - of `--zone`; the machine's when left out */
export async function connected(zone?: string) {
  const { connect } = await import('../library/connect.ts')
  return connect({ language: terminalLanguage(), zone: terminalZone(zone) })
}

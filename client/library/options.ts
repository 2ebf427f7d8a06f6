/** Options of the client and of its methods. */
import type * as shapes from '../contract/index.ts'

export interface ClientOptions {
  /** As in `http://127.0.0.1:7373`. */
  url: string
  token: string
  /** BCP 47: the language of texts in answers, and of errors; English when left out. */
  language?: string
  /** IANA: the zone of times in texts; each lead's own when left out. */
  zone?: string
  /** For tests; the global one otherwise. */
  fetch?: typeof fetch
}

export interface LaunchOptions {
  /** Field → column, over what is guessed. */
  map?: Record<string, string>
  /** Columns in which what looks like an opt-out, and isn't clearly one, is none. */
  ignore?: string[]
  /** How the file is written, where that is not to be found out. */
  encoding?: string
  /** A workbook's sheet, where several may be the list. */
  sheet?: string
  /** How dates as 01/03/2026 are written, in columns whose own dates don't say. */
  dates?: 'dmy' | 'mdy'
  /** Check every row, store nothing. */
  dryRun?: boolean
  onProgress?: (progress: shapes.LaunchProgress) => void
}
/** A signal's fields beside its lead, type and values. */
export type SignalOptions = Pick<shapes.SignalBody, 'id' | 'at' | 'source' | 'contact'>

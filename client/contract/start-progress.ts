/** Progress of starting Relance or a demo, as data: `terminal/words` has the lines. */

export type StartProgress =
  /** A line that comes with its words: what `worker/temporal` says of downloads and of its server. */
  | { kind: 'line'; text: string }
  /** The first start on a data folder makes its database. */
  | { kind: 'database_made' }
  | { kind: 'database_embedded'; folder: string }
  | { kind: 'database_server'; address: string }
  /** `from`: `SMTP_URL`, or the configuration's file. */
  | { kind: 'mail_configured'; from: string }
  | { kind: 'mail_inbox'; folder: string }
  /** A mailbox can't send now. `refused`: its login is; else its server can't be reached. */
  | { kind: 'mail_login'; mailbox: string; refused: boolean; says: string }
  | { kind: 'temporal_external'; address: string; namespace: string }
  | { kind: 'temporal_embedded'; server: string; path: string }
  | { kind: 'local_bank'; name: string }
  | { kind: 'api'; url: string }
  /** The clock has another speed than before, and leads that wait were told. */
  | { kind: 'clock_changed'; speed: number; leads: number }
  /** Temporal is of an earlier day than the database: leads were begun again, workflows of ended ones stopped. */
  | { kind: 'temporal_older'; leads: number; stopped: number }
  | { kind: 'worker' }
  | { kind: 'published'; cadence: string; version: number }
  | { kind: 'launched'; leads: number; refused: number }
  | { kind: 'row_refused'; row: number; message: string; code: string }

export type ReportProgress = (progress: StartProgress) => void

/** For those who report lines. */
export const asLines =
  (report: ReportProgress) =>
  (text: string): void =>
    report({ kind: 'line', text })

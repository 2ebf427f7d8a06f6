/** Warnings about a file, for what is no reason to refuse a row; a thousand rows with the same one make one line. */
import type { FileWarning, WarningData } from '../../cadence/leads-file.ts'

/** How many rows a warning names. */
const SHOWN = 5

export class Warnings {
  readonly #found = new Map<string, { warning: WarningData; rows: number[] }>()

  /** Notes that something was seen in a row. */
  add(warning: WarningData, row: number): void {
    const key = JSON.stringify(warning)
    const found = this.#found.get(key)
    if (found) found.rows.push(row)
    else this.#found.set(key, { warning, rows: [row] })
  }

  /** Each kind once, in the order they came up, with its first rows. */
  all(): FileWarning[] {
    return [...this.#found.values()].map(({ warning, rows }) => ({
      ...warning,
      rows: rows.slice(0, SHOWN),
      ...(rows.length > SHOWN ? { more: rows.length - SHOWN } : {}),
    }))
  }
}

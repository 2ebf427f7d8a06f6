/**
 * Rows that are hidden in a workbook, by a filter or by hand: nobody in them is launched, for whoever hid them doesn't see
 * them in the list. What they say of not being written to holds all the same.
 */
import type { FileWarning } from '../../cadence/leads-file.ts'

/** How many rows a warning names. */
const SHOWN = 5

export class HiddenRows {
  readonly #ranges: readonly [number, number][]
  readonly #found: number[] = []
  /** The range that the last row was looked for in: rows are asked about in order. */
  #at = 0

  /** @param ranges from and to, in order */
  constructor(ranges: readonly [number, number][] = []) {
    this.#ranges = ranges
  }

  /** Whether a row is hidden; asked of each row once, in order. */
  has(row: number): boolean {
    while ((this.#ranges[this.#at]?.[1] ?? row) < row) this.#at += 1
    const hidden = (this.#ranges[this.#at]?.[0] ?? row + 1) <= row
    if (hidden) this.#found.push(row)
    return hidden
  }

  /** What was left out. */
  warning(): FileWarning[] {
    const [rows, more] = [this.#found.slice(0, SHOWN), this.#found.length - SHOWN]
    return rows.length === 0 ? [] : [{ code: 'hidden_rows', values: {}, rows, ...(more > 0 && { more }) }]
  }
}

/**
 * Dates as spreadsheets write them, 01/03/2026: whether the day or the month comes first is read from the column's own
 * other dates (31/03/2026 says it for all of them), and asked about where none says it.
 */
import type { Columns } from './columns.ts'
import type { Row } from './table.ts'
import { clean, unwrapLiteral } from './text.ts'

export type DateOrder = 'dmy' | 'mdy'

const SLASHED = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/** Finds the order of every column of the team's own. */
export class DateOrders {
  readonly #seen = new Map<number, { dmy: boolean; mdy: boolean; open: boolean }>()
  readonly #custom: readonly number[]
  readonly #said: DateOrder | undefined

  /** @param said the order that the caller says dates have, where no date of the column contradicts it */
  constructor(columns: Columns, said?: DateOrder) {
    this.#custom = columns.custom.map(({ index }) => index)
    this.#said = said
  }

  take({ cells }: Row): void {
    for (const index of this.#custom) {
      const cell = cells[index] ?? ''
      if (cell.length < 8 || cell.length > 25) continue
      const [whole, a, mark, b] = SLASHED.exec(unwrapLiteral(clean(cell))) ?? []
      if (whole === undefined) continue
      const seen = this.#seen.get(index) ?? { dmy: false, mdy: false, open: false }
      this.#seen.set(index, seen)
      // Nobody who writes dots begins with the month.
      if (Number(a) > 12 || mark === '.') seen.dmy = true
      else if (Number(b) > 12) seen.mdy = true
      else if (a !== b) seen.open = true
    }
  }

  /** The order of each column whose dates have one. */
  known(): Map<number, DateOrder> {
    const known = new Map<number, DateOrder>()
    for (const [index, { dmy, mdy }] of this.#seen) {
      if (dmy !== mdy) known.set(index, dmy ? 'dmy' : 'mdy')
      else if (!dmy && this.#said) known.set(index, this.#said)
    }
    return known
  }

  /** Columns with dates that can be read in two ways: none of its dates says in which, or they contradict each other. */
  unclear(): number[] {
    const known = this.known()
    return [...this.#seen].flatMap(([index, { open }]) => (open && !known.has(index) ? [index] : []))
  }
}

/** A date in ISO 8601, its time of day kept as it is; as it was written where it is no date, or none that exists. */
export function inIso(text: string, order: DateOrder): string {
  const [whole, a = '', , b = '', year = '', hours, minutes, seconds] = SLASHED.exec(text) ?? []
  if (whole === undefined) return text
  const [day, month] = order === 'dmy' ? [a, b] : [b, a]
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) return text
  const time =
    hours === undefined ? '' : ` ${hours.padStart(2, '0')}:${minutes}${seconds ? `:${seconds}` : ''}`
  return `${at.toISOString().slice(0, 10)}${time}`
}

/** Warnings about a file, for what is no reason to refuse a row; a thousand rows with the same one make one line. */

/** How many rows a warning names. */
const SHOWN = 5

export class Warnings {
  readonly #rows = new Map<string, number[]>()

  /** Notes that `what` was seen in a row. `what` holds no personal data: it may be logged. */
  add(what: string, row: number): void {
    const rows = this.#rows.get(what)
    if (rows) rows.push(row)
    else this.#rows.set(what, [row])
  }

  /** One line for each kind, in the order they came up: "… (rows 8, 12 and 340 more)". */
  lines(): string[] {
    return [...this.#rows].map(([what, rows]) => {
      const shown = rows.slice(0, SHOWN).join(', ')
      const more = rows.length > SHOWN ? ` and ${rows.length - SHOWN} more` : ''
      return `${what} (row${rows.length > 1 ? 's' : ''} ${shown}${more})`
    })
  }
}

/** What was seen of the columns of a list that is read as it comes in: names, what they were taken for, and values. */
import { type ColumnReading, NAMES, SAMPLES } from './column-readings.ts'
import { clean, shown } from './text.ts'

/** Columns that are told of: a list has few. */
const MOST = 100

export class SeenColumns {
  /** Their names; none where the list has no header. */
  header: readonly string[] = []
  /** Texts that another encoding would spoil. */
  readonly names: string[] = []
  readonly #fields: Set<string>[] = []
  readonly #samples: Set<string>[] = []

  /** A column was taken for this. */
  take(index: number, field: string): void {
    if (index >= MOST) return
    this.#fields[index] ??= new Set()
    this.#fields[index].add(field)
  }

  /** A row under the header. */
  note(cells: readonly string[]): void {
    for (const [index, cell] of cells.slice(0, MOST).entries()) {
      this.#samples[index] ??= new Set()
      const samples = this.#samples[index]
      const full = samples.size === SAMPLES
      if (full && this.names.length === NAMES) continue
      const text = shown(clean(cell))
      if (!full && text !== '') samples.add(text)
      const telling = /[^\x20-\x7e]/.test(text) && !this.names.includes(text)
      if (telling && this.names.length < NAMES) this.names.push(text)
    }
  }

  all(): ColumnReading[] {
    const count = Math.max(Math.min(this.header.length, MOST), this.#samples.length)
    return Array.from({ length: count }, (_, index) => ({
      column: this.header[index] || `column ${index + 1}`,
      fields: [...(this.#fields[index] ?? [])],
      samples: [...(this.#samples[index] ?? [])],
    }))
  }
}

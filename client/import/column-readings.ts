/** What a file's columns were taken for, with values to look at: so that a person sees what was misread. */
import { type Columns, columnName, fieldsOf } from './columns.ts'
import type { DateOrder } from './date-orders.ts'
import type { Decoded } from './decode.ts'
import type { ConsentKind } from './opt-out-columns.ts'
import type { Row } from './table.ts'
import { clean, shown } from './text.ts'

/** How the file was read, with texts that another encoding would spoil. */
export interface EncodingReading {
  name: string
  confidence: number
  sample: string[]
}

/** What a column was taken for. */
export interface ColumnReading {
  column: string
  /** Fields, and the name of one's own that templates use; none where it is left out. */
  fields: string[]
  /** It says who may be written to. */
  consent?: ConsentKind
  /** A person said that what isn't understood in it is no opt-out. */
  ignored?: true
  /** Its dates begin with the day or the month, and are kept in ISO 8601. */
  dates?: DateOrder
  /** Its first two values. Personal data. */
  samples: string[]
}

/** How many values of a column are shown. */
export const SAMPLES = 2
/** How many names show the encoding. */
export const NAMES = 3

/** Gathers samples row by row. */
export class Readings {
  readonly #columns: Columns
  readonly #samples: Set<string>[]
  readonly #names = new Set<string>()
  /** Columns that letters take names from. */
  readonly #named: number[]

  constructor(columns: Columns) {
    this.#columns = columns
    this.#samples = columns.names.map(() => new Set())
    const fields = ['first_name', 'last_name', 'full_name', 'company'] as const
    this.#named = fields.flatMap((field) => columns.of[field] ?? [])
  }

  take({ cells }: Row): void {
    for (const [index, samples] of this.#samples.entries()) {
      if (samples.size === SAMPLES) continue
      const text = clean(cells[index] ?? '')
      if (text !== '') samples.add(shown(text))
    }
    if (this.#names.size === NAMES) return
    for (const index of this.#named) {
      const text = clean(cells[index] ?? '')
      if (this.#names.size < NAMES && /[^\x20-\x7e]/.test(text)) this.#names.add(shown(text))
    }
  }

  encoding({ name, confidence }: Decoded): EncodingReading {
    return { name, confidence, sample: [...this.#names] }
  }

  all(dates: ReadonlyMap<number, DateOrder>): ColumnReading[] {
    const columns = this.#columns
    return columns.names.map((_, index) => {
      const consent = columns.consent[index]
      return {
        column: columnName(columns, index),
        fields: fieldsOf(columns, index),
        ...(consent !== undefined && consent !== 'status' && { consent }),
        ...(columns.ignored.has(index) && { ignored: true as const }),
        ...(dates.has(index) && { dates: dates.get(index) as DateOrder }),
        samples: [...(this.#samples[index] ?? [])],
      }
    })
  }
}

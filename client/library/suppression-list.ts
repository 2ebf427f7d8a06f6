/** The client's part for the do-not-contact list. */
import type * as shapes from '../contract/index.ts'

/** How requests are sent: what the client lends its parts. */
export interface Transport {
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: string | Uint8Array | null,
  ): Promise<Response>
  lines(response: Response): AsyncGenerator<string>
}

const PATH = '/v1/suppressions'
const of = (entry: string): string => `${PATH}/${encodeURIComponent(entry)}`

export interface ImportOptions {
  /** Who says so, for the record. */
  by?: string
  /** A workbook's sheet, where several may be the list. */
  sheet?: string
  /** Only say what would come of it. */
  dryRun?: boolean
}

/** Who must not be written to. An entry is an address, or a domain, which stands for all of its addresses. */
export class SuppressionList {
  readonly #transport: Transport

  constructor(transport: Transport) {
    this.#transport = transport
  }

  /** All entries, or those of a filter. */
  async list(filter: Omit<shapes.SuppressionQuery, 'after'> = {}): Promise<shapes.SuppressionRow[]> {
    const all: shapes.SuppressionRow[] = []
    for (let after: string | undefined; ; ) {
      const query = new URLSearchParams()
      for (const [key, value] of Object.entries({ ...filter, after })) {
        if (value !== undefined) query.set(key, String(value))
      }
      const page = await this.#transport.call<shapes.SuppressionPage>('GET', `${PATH}?${query}`)
      all.push(...page.suppressions)
      if (page.next === null) return all
      after = page.next
    }
  }

  /** Whether an address or a domain is suppressed, by what, and what was done to it. */
  show(entry: string): Promise<shapes.SuppressionDetail> {
    return this.#transport.call('GET', of(entry))
  }

  /** Puts addresses and domains on the list; open leads that have them hear of it at once. */
  add(body: shapes.SuppressBody): Promise<shapes.SuppressedAnswer> {
    return this.#transport.call('POST', PATH, body)
  }

  /** Puts all addresses and domains of a file, CSV or XLSX, on the list. */
  async import(file: Uint8Array, options: ImportOptions = {}): Promise<shapes.ImportedList> {
    const { by, sheet, dryRun = false } = options
    const query = new URLSearchParams({ dry_run: String(dryRun) })
    for (const [key, value] of Object.entries({ by, sheet })) if (value !== undefined) query.set(key, value)
    const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' }
    const response = await this.#transport.send('POST', `${PATH}/import?${query}`, headers, file)
    return (await response.json()) as shapes.ImportedList
  }

  /** The whole list as CSV, which `import` reads back, piece by piece. */
  async *export(): AsyncGenerator<string> {
    const response = await this.#transport.send('GET', `${PATH}/export`, { accept: 'text/csv' }, null)
    for await (const line of this.#transport.lines(response)) yield `${line}\n`
  }

  /** Takes an entry off the list, with a reason, which stays on record. */
  lift(entry: string, body: shapes.LiftBody): Promise<shapes.Lifted> {
    return this.#transport.call('POST', `${of(entry)}/lift`, body)
  }
}

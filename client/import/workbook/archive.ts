/** A workbook as the archive it is: its parts by name, each unpacked while it is read. */
import { posix } from 'node:path'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { readXml } from './xml.ts'

/** Another part that a part names. */
export interface Relation {
  id: string
  /** The last word of its kind: `worksheet`, `styles`. */
  kind: string
  /** Its name in the archive. */
  part: string
}

export class Archive {
  readonly #zip: ZipFile
  /** By its name in small letters: programs differ in that. */
  readonly #entries: ReadonlyMap<string, Entry>

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip
    this.#entries = entries
  }

  /** @throws Error where it is no archive, or a broken one */
  static async open(bytes: Buffer): Promise<Archive> {
    const zip = await fromBufferPromise(bytes)
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry)
    return new Archive(zip, entries)
  }

  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase())
  }

  /** A part's bytes; none where there is no such part. */
  async *read(part: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(part.toLowerCase())
    if (entry) yield* await this.#zip.openReadStreamPromise(entry)
  }

  /** What a part names; of the archive itself: ''. */
  async relations(part: string): Promise<Relation[]> {
    const folder = posix.dirname(part)
    const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
    const found: Relation[] = []
    await readXml(this.read(file), {
      open: (name, attributes) => {
        if (name !== 'Relationship') return
        const { Id: id = '', Type: type = '', Target: target = '' } = attributes()
        const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
        found.push({ id, kind: type.slice(type.lastIndexOf('/') + 1), part: path })
      },
    })
    return found
  }
}

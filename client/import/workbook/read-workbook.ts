/**
 * Reads the list in a workbook (XLSX), in a process of its own that may take so much memory and so long: a workbook of
 * some kilobytes can unpack to anything.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type ErrorData, RelanceError } from '../../../cadence/errors.ts'
import type { ListFacts } from './to-csv.ts'

/** What the process is asked. */
export interface Question {
  /** The sheet's name. */
  sheet?: string
  /** Columns that the list must have. */
  named: readonly string[]
}

/** What it answers beside the CSV. */
export type Answer = { facts: ListFacts } | ErrorData

/** What a workbook may take. */
export interface Caps {
  /** Megabytes of heap. */
  memory: number
  seconds: number
  /** Megabytes of CSV. */
  size: number
}

/** 300,000 rows of eleven columns take 250 MB and 8 s on one core. */
const CAPS: Caps = { memory: 512, seconds: 120, size: 256 }

/** True of a ZIP archive, as a workbook is one. */
export const isArchive = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

const built = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/client/import/workbook/child.js' : './child.js',
  import.meta.url,
)

/**
 * Reads it.
 * @returns the list as CSV in UTF-8, comma-separated, a line for every row of the sheet
 * @throws RelanceError `csv_spreadsheet` (an archive that is no workbook), `sheet_unknown`, `sheet_unclear`, `csv_empty`,
 *   `workbook_broken`, `workbook_too_large`
 */
export async function readWorkbook(
  bytes: Uint8Array,
  question: Question,
  caps: Caps = CAPS,
): Promise<{ csv: Buffer; facts: ListFacts }> {
  const heap = `--max-old-space-size=${caps.memory}`
  const child = spawn(process.execPath, [heap, fileURLToPath(built), JSON.stringify(question)], {
    // Nothing of ours: no secrets, no options of Node's. Windows starts no process without the one.
    env: { SystemRoot: process.env.SystemRoot },
    stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
  })
  let answer: Answer | undefined
  let over: 'time' | 'size' | undefined
  const stop = (why: typeof over): void => {
    over ??= why
    child.kill('SIGKILL')
  }
  const pieces: Buffer[] = []
  let size = 0
  child.stdout?.on('data', (piece: Buffer) => {
    size += piece.length
    if (size > caps.size * 1e6) stop('size')
    else pieces.push(piece)
  })
  child.on('message', (message) => {
    answer = message as Answer
  })
  // It may end before it has read all.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(bytes)
  const timer = setTimeout(stop, caps.seconds * 1000, 'time')
  const [code] = (await once(child, 'close').finally(() => clearTimeout(timer))) as [number | null]
  if (over)
    throw new RelanceError('workbook_too_large', {
      kind: over,
      most: over === 'time' ? caps.seconds : caps.size,
    })
  if (answer === undefined) {
    // V8 gives up its process when the heap is full.
    if (code !== 1) throw new RelanceError('workbook_too_large', { kind: 'memory', most: caps.memory })
    throw new RelanceError('workbook_broken', { says: `exit code ${code}` })
  }
  if ('code' in answer) throw RelanceError.of(answer)
  return { csv: Buffer.concat(pieces), facts: answer.facts }
}

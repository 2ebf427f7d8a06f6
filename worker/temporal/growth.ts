/** How a download comes along: how much there is, said every two seconds, and an end to one in which nothing moves. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Ran, Report } from './run.ts'

/** How long nothing may arrive, in milliseconds. */
export interface Patience {
  /** Before the first byte. */
  first: number
  /** Between bytes, once there are some. */
  next: number
}

const REPORT_EVERY_MS = 2_000

/**
 * Watches the files in `folder` while `download` writes them there.
 * @param download must end when its signal is aborted
 * @param options.lookEveryMs milliseconds between two looks
 * @returns what `download` came to; where nothing moved for too long, with that as its problem
 */
export async function watchDownload(
  folder: string,
  download: (signal: AbortSignal) => Promise<Ran>,
  options: { report: Report; patience: Patience; lookEveryMs?: number },
): Promise<Ran> {
  const { report, patience, lookEveryMs = 250 } = options
  const stalled = new AbortController()
  let bytes = 0
  let movedAt = performance.now()
  let saidAt = movedAt
  let problem = ''
  const watch = setInterval(() => {
    const now = performance.now()
    const size = sizeOf(folder)
    if (size !== bytes) {
      bytes = size
      movedAt = now
    }
    if (bytes > 0 && now - saidAt >= REPORT_EVERY_MS) {
      saidAt = now
      report(`downloading, ${Math.round(bytes / 1e6)} MB so far`)
    }
    const allowed = bytes > 0 ? patience.next : patience.first
    if (now - movedAt < allowed) return
    problem = `nothing arrived for ${allowed / 1000} seconds`
    stalled.abort()
  }, lookEveryMs)
  const ran = await download(stalled.signal).finally(() => clearInterval(watch))
  return stalled.signal.aborted ? { ...ran, problem } : ran
}

/** Bytes in all files of a folder and the folders in it. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    return sum + (found?.isFile() ? found.size : 0)
  }, 0)
}

/** Runs a host from the command line: says what it starts, how it is reached, and how it ended. */
import { RelanceError } from '../../cadence/errors.ts'
import { useFolder } from '../../store/data-folder.ts'
import { loadConfig } from '../../worker/config.ts'
import { homeOf } from '../../worker/home.ts'
import { openLog } from '../../worker/log.ts'
import { resolveTemporal } from '../../worker/temporal/connect.ts'
import { EXIT } from '../contract/error-table.ts'
import type { StartProgress } from '../contract/start-progress.ts'
import { startApi } from '../hosting/api-part.ts'
import { type Host, startHost } from '../hosting/host.ts'
import { listenForStop, runUntilStopped } from '../hosting/up.ts'
import { note, paintError, sayJson } from '../terminal/output.ts'
import { terminalLanguage } from '../terminal/reader.ts'
import { progressLine } from '../terminal/start-progress.ts'
import type { TerminalWords } from '../terminal/words/shape.ts'
import { terminalWords } from '../terminal/words/words.ts'
import type { HostingOptions } from './hosting-options.ts'

/** Starts, says so, runs until it is told to stop. @returns the exit code */
export async function hosting(
  options: HostingOptions & { worker: boolean; api: boolean },
): Promise<number | undefined> {
  const { speed, json, worker, api } = options
  const home = homeOf()
  useFolder(home.folder)
  const config = loadConfig({ home: home.folder })
  // A part of a cluster writes its log to where the container's log is.
  const log = openLog(worker && api ? home.log : undefined)
  const stop = listenForStop()
  const language = terminalLanguage()
  const { host: text } = terminalWords(language)
  const report = (progress: StartProgress): void =>
    note(paintError('dim', `  ${progressLine(progress, language)}`))
  const starting = startHost({
    home,
    config,
    worker,
    log,
    report,
    ...(speed === undefined ? {} : { speed }),
    ...(options.uiWrites ? { uiWrites: true } : {}),
    ...(api ? { api: (ground) => startApi(ground, options) } : {}),
  })
  const host = await Promise.race([starting, stop.asked])
  if (typeof host === 'string') {
    // Told to stop while starting: what is half open is closed once it is whole.
    await starting.then((started) => started.close()).catch(() => undefined)
    note(text.stopped)
    return EXIT.interrupted
  }
  if (json) sayJson(reachedAt(host, home.folder))
  else banner(host, home.folder, text)
  const { code, died } = await runUntilStopped(host, stop)
  if (died !== undefined) throw new RelanceError('part_died', died)
  note(text.stopped)
  return code
}

const reachedAt = (host: Host, home: string): object => ({
  url: host.url ?? null,
  temporalUi: host.uiUrl ?? null,
  inbox: host.inbox ?? null,
  home,
  speed: host.clock.speed,
  pid: process.pid,
})

function banner(host: Host, home: string, text: TerminalWords['host']): void {
  const { heads } = text
  const lines = [
    host.url && [heads.api, host.url],
    host.uiUrl && [heads.temporal, host.uiUrl],
    host.inbox && [heads.inbox, host.inbox],
    [heads.data, home],
    host.clock.speed !== 1 && [heads.speed, text.speed(host.clock.speed)],
  ].filter((line) => Array.isArray(line))
  note('')
  note(paintError('bold', text.isUp) + paintError('dim', `  ${text.stopsIt}`))
  for (const [head, value] of lines) note(`  ${(head as string).padEnd(9)} ${value}`)
}

/** @throws RelanceError `no_cluster` when a part of one is started alone without its shared services. */
export function needsCluster(verb: string): void {
  const missing = [
    !process.env.DATABASE_URL && ('DATABASE_URL' as const),
    resolveTemporal(process.env).kind === 'embedded' && ('TEMPORAL_ADDRESS' as const),
  ].filter((name) => name !== false)
  if (missing.length === 0) return
  throw new RelanceError('no_cluster', { verb, missing })
}

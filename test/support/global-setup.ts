/**
 * Before all tests: builds what is out of date (fresh-build.ts), and finds both Temporal servers once. It names them to
 * the tests' processes in `TEMPORAL_CLI` and `TEMPORAL_TEST_SERVER`, so that no two of them build or download one.
 */
import { findTemporal } from '../../worker/temporal/binary.ts'
import { freshBuild } from './fresh-build.ts'
import { findTestServer } from './test-server.ts'

export default async function globalSetup(): Promise<void> {
  const report = (message: string) => process.stderr.write(`${message}\n`)
  freshBuild(report)
  const temporal = await findTemporal({ report })
  report(`tests run on Temporal's server ${temporal.server} (${temporal.from}: ${temporal.path})`)
  process.env.TEMPORAL_CLI = temporal.path
  process.env.TEMPORAL_TEST_SERVER = await findTestServer({ report })
}

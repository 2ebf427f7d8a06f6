/**
 * Finds both Temporal servers once, before all tests, and names them to the tests' processes in `TEMPORAL_CLI` and
 * `TEMPORAL_TEST_SERVER`, so that no two of them build or download one.
 */
import { findTemporal } from '../../worker/temporal/binary.ts'
import { findTestServer } from './test-server.ts'

export default async function globalSetup(): Promise<void> {
  const report = (message: string) => process.stderr.write(`${message}\n`)
  process.env.TEMPORAL_CLI = (await findTemporal({ report })).path
  process.env.TEMPORAL_TEST_SERVER = await findTestServer({ report })
}

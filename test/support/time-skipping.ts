/** The time-skipping environment of workflow tests. */
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { registerSearchAttributes } from '../../worker/temporal/search-attributes.ts'
import { findTestServer } from './test-server.ts'

/**
 * Starts a test server of its own, on a free port. Call `teardown()` in the end.
 * The program was found once, before all tests (global-setup.ts), which then name it in `TEMPORAL_TEST_SERVER`.
 */
export async function createTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await findTestServer({ report: (message) => console.warn(message) })
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  })
  await registerSearchAttributes(env.connection, env.namespace ?? 'default')
  return env
}

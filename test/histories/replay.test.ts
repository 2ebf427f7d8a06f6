/**
 * Leads that were begun by the code of another day go on under today's: every recorded history is replayed against
 * today's workflow code, and every recorded input begins a run. A change of the order of commands fails here.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { defaultPayloadConverter } from '@temporalio/common'
import proto from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import type { Stored } from '../../cadence/format.ts'
import { workflowBundle } from '../../worker/bundle.ts'
import type { LeadInput } from '../../workflows/contract.ts'
import { explain } from '../../workflows/messages.ts'
import { memoryActivities } from '../support/memory-activities.ts'
import { createTimeSkipping } from '../support/time-skipping.ts'

const { History } = proto.temporal.api.history.v1
type Recorded = ReturnType<typeof History.decode>

const here = fileURLToPath(new URL('.', import.meta.url))

/** `format-1.json.gz` → its histories by the name of the lead's state. */
const recorded = readdirSync(here)
  .filter((file) => file.endsWith('.json.gz'))
  .map((file) => {
    const all = JSON.parse(gunzipSync(readFileSync(`${here}${file}`)).toString()) as Record<string, string>
    const histories = Object.entries(all).map(
      ([name, text]) => [name, History.decode(Buffer.from(text, 'base64'))] as [string, Recorded],
    )
    return [file.replace('.json.gz', ''), histories] as const
  })

/** What to do about a history that today's code can't replay. */
const remedy = (name: string, error: Error): string =>
  `The history "${name}" can't be replayed: ${error.message}
Leads that sleep in such a run would stand still. Either the commands of a turn come in another order than they did:
keep the old order for old runs with patched('…') in workflows/, and deprecatePatch('…') a release later. Or what was
stored is read in another way: a step in cadence/upgrade/ is missing. docs/upgrading.md says how to tell.`

/** Replays one history against some workflow code. @throws Error that says what to do */
async function replay(code: string, name: string, history: Recorded): Promise<void> {
  const workflowBundle = { code }
  await Worker.runReplayHistory({ workflowBundle, replayName: name }, history).catch((error: Error) => {
    throw new Error(remedy(name, error), { cause: error })
  })
}

const code = readFileSync(workflowBundle().codePath, 'utf8')

describe.each(recorded)('histories of %s', (_, histories) => {
  test.each(histories)('%s is replayed', async (name, history) => {
    await replay(code, name, history)
  })

  test('another order of commands fails, and says what to do', async () => {
    const [name, history] = histories.find(([, { events }]) => events.length > 20) as [string, Recorded]
    // A search attribute before the first turn is recorded: a command that no old run has there.
    const broken = code.replace(/await loop\.takeTurn\(\)|await loop\.takeTurn\(\);/, (turn) => {
      return `upsertSearchAttributes([]);${turn}`
    })
    const sleeps = broken === code ? '' : broken
    expect(sleeps).not.toBe('')
    await expect(replay(sleeps, name, history)).rejects.toThrow(
      /patched\('…'\).*deprecatePatch.*upgrading\.md/s,
    )
  })

  describe('their inputs', () => {
    let env: Awaited<ReturnType<typeof createTimeSkipping>>
    beforeAll(async () => {
      env = await createTimeSkipping()
    }, 120_000)
    afterAll(() => env?.teardown())

    test.each(histories)('%s begins a run', async (name, history) => {
      const started = history.events[0]?.workflowExecutionStartedEventAttributes
      const payload = started?.input?.payloads?.[0]
      const input = defaultPayloadConverter.fromPayload<Stored<LeadInput>>(payload as never)
      const { plan } = input as unknown as LeadInput
      const taskQueue = `inputs-${name}`
      const worker = await Worker.create({
        connection: env.nativeConnection,
        taskQueue,
        workflowBundle: { code },
        activities: { ...memoryActivities(plan, () => env.currentTimeMs()) },
      })
      await worker.runUntil(async () => {
        const args = [input]
        const handle = await env.client.workflow.start('lead', { taskQueue, workflowId: taskQueue, args })
        const { format, lead, because } = await handle.query(explain)
        expect(format).toBe(lead.format)
        expect(because.code).not.toBe('quoted')
        await handle.terminate()
      })
    })
  })
})

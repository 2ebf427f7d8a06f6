/**
 * Relance as `up` hosts it: database, clock, mail, worker and services in one process. Arguments: the Temporal
 * server's address, the data folder, the real milliseconds of a day.
 */
import { Client, Connection } from '@temporalio/client'
import { startHost } from '../../client/hosting/host.ts'
import { eachLimit } from '../../client/outbox/each-limit.ts'
import { leadWorkflows, workflowId } from '../../client/outbox/lead-workflows.ts'
import { leadLookout } from '../../client/outbox/lookout.ts'
import { startRelay } from '../../client/outbox/relay.ts'
import type { Deps } from '../../client/services/deps.ts'
import { launch } from '../../client/services/launch.ts'
import { publish } from '../../client/services/publish.ts'
import { type SignalRequest, sendSignal } from '../../client/services/signals.ts'
import { NO_CONFIG } from '../../worker/config.ts'
import { homeAt } from '../../worker/home.ts'
import { openLog } from '../../worker/log.ts'
import { type App, AT_ONCE, eventsOf, type Which } from './app.ts'
import { csv, DAY_MS, NAME, SOURCE, TEMPLATES } from './cadence.ts'
import { serve } from './process.ts'

const SIGNALS: Record<Which, Omit<SignalRequest, 'lead'>> = {
  click: { type: 'link.clicked' },
  interest: { type: 'interest.expressed', fields: { level: 'general' } },
}

await serve(async () => {
  const [address = '', folder = '', dayMs = ''] = process.argv.slice(2)
  const home = homeAt(folder)
  let deps: Deps | undefined
  let client: Client | undefined
  const host = await startHost({
    home,
    config: NO_CONFIG,
    env: {},
    temporal: { kind: 'external', address, namespace: 'default', connectionOptions: { address } },
    speed: DAY_MS / Number(dayMs),
    worker: true,
    log: openLog(home.log, {}),
    report: () => undefined,
    api: async ({ db, clock, log, temporal }) => {
      const connection = await Connection.connect(temporal.connectionOptions)
      client = new Client({ connection })
      const base = { db, clock, log, workflows: leadWorkflows(client), lookout: leadLookout(client) }
      const relay = startRelay(base)
      deps = { ...base, relay }
      return {
        url: '',
        close: async () => {
          await relay.stop()
          await connection.close()
        },
      }
    },
  })
  if (!deps || !client) throw new Error('no services')
  const [services, temporal] = [deps, client]
  await publish(services, { source: SOURCE, templates: TEMPLATES })
  let leads = 0
  /** Of the last launch. */
  let ids: string[] = []
  services.relay.watch(({ started }) => ids.push(...started))

  const app: App = {
    async launch(count) {
      const file = csv(leads, count)
      leads += count
      ids = []
      const began = performance.now()
      const report = await launch(services, { cadence: NAME, csv: file })
      const ms = performance.now() - began
      if (report.launched !== count || report.starting !== 0) throw new Error(JSON.stringify(report))
      return ms
    },
    async signal(which) {
      const all = [...ids]
      const began = performance.now()
      await eachLimit(all, AT_ONCE, async (lead) => {
        const answer = await sendSignal(services, { lead, ...SIGNALS[which] })
        if (!answer.delivered) throw new Error('a signal is late')
      })
      return performance.now() - began
    },
    async live() {
      const all = [...ids]
      await eachLimit(all, all.length, async (id) => {
        await temporal.workflow.getHandle(workflowId(id)).result()
      })
    },
    count: () => eventsOf(temporal, ids.map(workflowId)),
    close: () => host.close(),
  }
  return app
})

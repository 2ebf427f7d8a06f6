/** The API as a part of a process: token, Temporal client, relay, server, and where it can be found. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { RelanceError } from '../../cadence/errors.ts'
import { listInbox } from '../../worker/inbox/mail-files.ts'
import { version } from '../../worker/package.ts'
import { mailboxSender } from '../../worker/senders.ts'
import { serveApi } from '../api/serve.ts'
import { leadWorkflows } from '../outbox/lead-workflows.ts'
import { leadLookout } from '../outbox/lookout.ts'
import { rearmLeads } from '../outbox/rearm.ts'
import { startRelay } from '../outbox/relay.ts'
import { startWatch } from '../outbox/watch.ts'
import { afterRestore } from './after-restore.ts'
import type { ApiPart, Ground } from './host.ts'

/** Where it listens unless it is told otherwise; another program may have it, then a free port is taken. */
const PORT = 7373

/** Starts the API on a host, and says in the data folder where it is. */
export async function startApi(ground: Ground, asked: { host?: string; port?: number }): Promise<ApiPart> {
  const { home, env, config, db, clock, log, report, credit } = ground
  const connection = await Connection.connect(ground.temporal.connectionOptions)
  const client = new Client({ connection, namespace: ground.temporal.namespace })
  const workflows = leadWorkflows(client)
  const lookout = leadLookout(client)
  const restored = await afterRestore({ db, workflows, lookout, clock, log })
  if (restored) report({ kind: 'temporal_older', leads: restored.begunAgain.n, stopped: restored.stopped.n })
  // Before a worker is started: none of them may be woken by a timer of the speed before.
  const told = await rearmLeads({ db, workflows, log })
  if (told) report({ kind: 'clock_changed', speed: clock.speed, leads: told })
  const relay = startRelay({ db, workflows, clock, log })
  const watch = startWatch({ db, workflows, clock, log, lookout })
  const port = asked.port ?? config.api.port
  const serve = (at: number) =>
    serveApi({
      db,
      workflows,
      lookout,
      clock,
      log,
      relay,
      credit,
      senderOf: mailboxSender(config),
      mailboxes: namesOf(config),
      host: asked.host ?? config.api.host,
      port: at,
      token: token(home.token, env),
      version: version(),
      ...(ground.inbox
        ? { listInbox: async () => (await listInbox(home.inbox)).map((entry) => ({ ...entry })) }
        : {}),
    })
  const api = await serve(port ?? PORT).catch((error: unknown) => {
    const taken = error instanceof RelanceError && error.code === 'port_taken'
    if (!taken || port !== undefined) throw error
    return serve(0)
  })
  writeWhole(home.server, `${JSON.stringify({ url: api.url, pid: process.pid })}\n`)
  report({ kind: 'api', url: api.url })
  return {
    url: api.url,
    wake: () => void relay.wake(),
    close: async () => {
      rmSync(home.server, { force: true })
      await api.close()
      await watch.stop()
      await relay.stop()
      await connection.close()
    },
  }
}

/** The configured mailboxes; undefined where there are none: then any name is one of the default server's. */
function namesOf({ mailboxes }: Ground['config']): string[] | undefined {
  const names = Object.keys(mailboxes)
  return names.length > 0 ? names : undefined
}

/** The bearer token of this data folder, or of the environment; made at the first start. */
function token(file: string, env: NodeJS.ProcessEnv): string {
  if (env.RELANCE_TOKEN) return env.RELANCE_TOKEN
  if (!existsSync(file)) writeWhole(file, `${randomBytes(24).toString('base64url')}\n`)
  return readFileSync(file, 'utf8').trim()
}

/** Writes a file that only its owner can read; a rename puts it there all at once. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

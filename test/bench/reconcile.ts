/**
 * `npm run bench:reconcile`: what it costs that no lead sleeps unseen: the state kept with every turn, and a look at all
 * leads, in the database's time and the Temporal server's CPU. `--leads N`: how many are open (10,000; 100,000 take
 * half an hour to start). On PostgreSQL where `TEST_DATABASE_URL` names a server, else on PGlite.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client, Connection } from '@temporalio/client'
import { sql } from 'drizzle-orm'
import { newLead } from '../../cadence/lead.ts'
import { eachLimit } from '../../client/outbox/each-limit.ts'
import { workflowId } from '../../client/outbox/lead-workflows.ts'
import { leadLookout } from '../../client/outbox/lookout.ts'
import { PAGE } from '../../client/outbox/watch.ts'
import { countOfRunning, shouldRunAfter } from '../../store/asleep.ts'
import type { Db } from '../../store/db.ts'
import { openStore } from '../../store/open.ts'
import { writeKeptTurns } from '../../store/turns.ts'
import { findTemporal } from '../../worker/temporal/binary.ts'
import { startDevServer } from '../../worker/temporal/dev-server.ts'
import { MONDAY, turnOf } from '../support/plans.ts'
import { cpuMs } from './process.ts'

const { values } = parseArgs({ options: { leads: { type: 'string', default: '10000' } } })
const LEADS = Number(values.leads)
const report = (text: string): void => void process.stderr.write(`${text}\n`)
const folder = mkdtempSync(join(tmpdir(), 'relance-bench-'))
const url = process.env.TEST_DATABASE_URL
const store = await openStore(url ? { url } : { dataDir: folder })

/** Milliseconds of one of `times` runs, and of the server's CPU where its pid is given. */
async function measure(what: string, times: number, work: (n: number) => Promise<unknown>, pid?: number) {
  const [began, cpu] = [performance.now(), pid === undefined ? 0 : cpuMs(pid)]
  for (let n = 0; n < times; n++) await work(n)
  const ms = ((performance.now() - began) / times).toFixed(1)
  const engine = pid === undefined ? '' : `, server CPU ${((cpuMs(pid) - cpu) / times).toFixed(1)} ms`
  console.log(`${what.padEnd(52)} ${ms} ms${engine}`)
}

async function insertOpenLeads(db: Db): Promise<string[]> {
  await db.execute(sql`insert into leads (id, zone, custom, cadence, version, launched_at, started)
    select lpad(to_hex(n * 7919), 14, '0'), 'Europe/Paris', '{}', 'small', 1, now(), true
    from generate_series(1, ${LEADS}::int) n on conflict do nothing`)
  const ids: string[] = []
  for (let after = ''; ; ) {
    const page = await shouldRunAfter(db, after, PAGE)
    if (page.length === 0) return ids
    ids.push(...page)
    after = page.at(-1) as string
  }
}

/** A turn with, or without, the whole lead: one that has heard `seen` signals. */
async function turns(db: Db, ids: string[], seen: number): Promise<void> {
  const state = {
    ...newLead(ids[0] ?? '', MONDAY),
    seen: Array.from({ length: seen }, (_, n) => `signal-id-${n}`),
  }
  console.log(`state of a lead with ${seen} signals: ${JSON.stringify(state).length} bytes as JSON`)
  const some = ids.slice(0, 200)
  for (const kept of [undefined, state]) {
    const batch = (n: number) =>
      some.map((id) => turnOf(id, n + 1, MONDAY + n, { position: n, ...(kept && { state: kept }) }))
    const times = 20
    const base = (kept ? 1000 : 0) + seen * 10_000
    await measure(`200 turns ${kept ? 'with' : 'without'} state`, times, (n) =>
      writeKeptTurns(db, batch(base + n)),
    )
  }
}

try {
  const { db } = store
  report(`${LEADS} open leads, on ${store.kind}`)
  const ids = await insertOpenLeads(db)
  for (const seen of [5, 300]) await turns(db, ids, seen)
  await measure('database: count of leads that should run', 10, () => countOfRunning(db))
  await measure(`database: a page of ${PAGE}`, 10, (n) => shouldRunAfter(db, ids[n * PAGE] ?? '', PAGE))

  const server = await startDevServer({ temporal: await findTemporal({ report }), dataDir: folder, report })
  try {
    const client = new Client({ connection: await Connection.connect({ address: server.address }) })
    report('starting their workflows')
    await eachLimit(ids, 32, async (lead) => {
      await client.workflow.start('lead', { workflowId: workflowId(lead), taskQueue: 'nobody', args: [{}] })
    })
    const lookout = leadLookout(client)
    await measure('Temporal: closed lately', 10, () => lookout.closedSince(Date.now() - 120_000), server.pid)
    await measure('Temporal: count of those that run', 10, () => lookout.count(), server.pid)
    const page = (n: number) => ids.slice(n * PAGE, (n + 1) * PAGE)
    await measure(`Temporal: whether a page of ${PAGE} runs`, 10, (n) => lookout.running(page(n)), server.pid)
    const one = (n: number) => lookout.look({ lead: ids[n] as string, position: null, taskAt: null })
    await measure('Temporal: a look at one lead', 100, one, server.pid)
  } finally {
    await server.close()
  }
} finally {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}

/** A process that writes to a store until it is killed, and says after each write that it is acknowledged. */
import { insertLeads } from '../../store/leads.ts'
import { openStore } from '../../store/open.ts'
import { insertSignals } from '../../store/signals.ts'

const { db } = await openStore({ dataDir: process.argv[2] as string })
const run = process.pid
for (let n = 0; ; n++) {
  const email = `p${n}@run${run}.example`
  const [lead] = await insertLeads(db, [{ email, zone: 'UTC' }], { cadence: 'c', version: 1, now: n })
  if (lead?.kind !== 'inserted') throw new Error(`${email} was there already`)
  const signal = { id: 's', type: 'unsubscribed' as const, at: n, seen: n, data: {} }
  await insertSignals(db, [{ lead: lead.id, signal }])
  process.stdout.write(`${lead.id}\n`)
}

/**
 * How long a list of leads takes, and what memory: `npm run bench:leads -- 100000`. As CSV and as XLSX; with every letter of an
 * example tried for every row, as they are and with letters that look at values; launched on an embedded database, for
 * trial and in earnest, with Temporal left out.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkFile } from '../../client/check/check.ts'
import { lettersFor, readerOf } from '../../client/check/letters.ts'
import { LeadsFile, type Objection } from '../../client/import/read.ts'
import { launch } from '../../client/services/launch.ts'
import { publishCadence } from '../../store/cadences.ts'
import { openStore } from '../../store/open.ts'
import { apiOn, NOW } from '../support/api.ts'
import { textRow, workbook } from '../support/xlsx.ts'

const rows = Number(process.argv[2] ?? 300_000)
const HEADER =
  'Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Company,Country,Language,Unsubscribed,Renewal,Notes'

/** A row of a CRM's export; one in fifty has opted out. */
const row = (i: number): string =>
  `${i},First${i},Crépin,p${i}@c${i % 40_000}.example,+33 1 99 00 11 ${10 + (i % 90)},NEW,Company ${i % 40_000},France,${i % 2 ? 'fr' : 'en'},${i % 50 === 0},${1 + (i % 28)}/03/2026,met at fair no ${i}`

const print = (line: string): boolean => process.stdout.write(`${line}\n`)

/** Prints how long something took, by the clock and by the processor, and the most heap that it took beside what there was. */
async function timed<T>(what: string, work: (seen: () => void) => Promise<T>): Promise<T> {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  let most = before
  const seen = (): void => {
    most = Math.max(most, process.memoryUsage().heapUsed)
  }
  const came = await work(seen)
  seen()
  const { user, system } = process.cpuUsage(cpu)
  const took = `${((performance.now() - start) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of CPU here)`
  print(`${what.padEnd(42)} ${took}, heap up to ${Math.round((most - before) / 1e6)} MB`)
  return came
}

async function check(bytes: Uint8Array, seen: () => void, objection?: Objection): Promise<string> {
  const file = await LeadsFile.open(bytes)
  const steps = file.check(objection)
  let step = steps.next()
  for (; !step.done; step = steps.next()) seen()
  let handed = 0
  for (const list of file.leads(500)) handed += list.length
  return `${handed} of ${step.value.total}`
}

const csv = Buffer.from([HEADER, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n'))
print(`${rows} rows, ${(csv.length / 1e6).toFixed(0)} MB of CSV`)
await timed('CSV, checked and handed out', (seen) => check(csv, seen))
{
  const lines = csv.toString().split('\n')
  const book = workbook({
    sheets: [{ name: 'Leads', rows: lines.map((line) => textRow(...line.split(','))).join('') }],
  })
  await timed(`XLSX of ${(book.length / 1e6).toFixed(1)} MB, the same`, (seen) => check(book, seen))
}

const example = join(import.meta.dirname, '../../examples/grands-comptes/cadence.yaml')
const { plan, templates } = checkFile(example)
if (!plan) throw new Error('the example has errors')
/** The same letters, each of which looks at what the list says. */
const looking = Object.fromEntries(
  Object.entries(templates).map(([name, text]) => [
    name,
    `${text}\n{{ contact.first_name | upcase }}{% if lead.company == 'x' %}x{% endif %}\n`,
  ]),
)
for (const [what, files] of Object.entries({ 'as they are': templates, 'that look at values': looking })) {
  const wrong = lettersFor({ plan, files }, NOW)
  await timed(`${Object.keys(files).length} letters ${what}`, (seen) =>
    check(csv, seen, (lead) => {
      const found = wrong(readerOf(lead))
      if (found) throw new Error(JSON.stringify(found))
      return undefined
    }),
  )
}

const dataDir = mkdtempSync(join(tmpdir(), 'relance-bench-'))
const store = await openStore({ dataDir })
const api = apiOn(store)
await publishCadence(store.db, { name: 'big', source: '', files: templates, plan, hash: 'x', now: NOW })
for (const dryRun of [true, false]) {
  const { launched, refused } = await timed(`launched, ${dryRun ? 'for trial' : 'in earnest'}`, (seen) =>
    launch(api.deps, { cadence: 'big', csv, dryRun, onProgress: seen }),
  )
  print(`  ${launched} launched, ${refused.length} refused`)
}
await api.stop()
await store.close()
rmSync(dataDir, { recursive: true, force: true })

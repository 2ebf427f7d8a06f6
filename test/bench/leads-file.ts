/** How long a file of leads takes to be checked and handed out, and what memory: `npm run bench:leads -- 300000`. */
import { LeadsFile } from '../../client/import/read.ts'

const rows = Number(process.argv[2] ?? 300_000)
const HEADER =
  'Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Company,Country,Unsubscribed,Renewal,Notes\n'

/** A row of a CRM's export; one in fifty has opted out. */
const row = (i: number): string =>
  `${i},Hélène,Crépin,p${i}@c${i % 40_000}.example,+33 1 99 00 11 ${10 + (i % 90)},NEW,Company ${i % 40_000},France,${i % 50 === 0},${1 + (i % 28)}/03/2026,"met at fair no ${i}, call again in March"\n`

const bytes = Buffer.from(HEADER + Array.from({ length: rows }, (_, i) => row(i)).join(''))
const megabytes = (): string => `heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`
const since = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`
const print = (line: string): boolean => process.stdout.write(`${line}\n`)

print(`${rows} rows, ${(bytes.length / 1e6).toFixed(0)} MB; before: ${megabytes()}`)
let start = performance.now()
const file = await LeadsFile.open(bytes)
const check = file.check()
let most = 0
let step = check.next()
while (!step.done) {
  most = Math.max(most, process.memoryUsage().heapUsed)
  step = check.next()
}
const { leads, refused } = step.value
print(
  `checked in ${since(start)}: ${leads} leads, ${refused.length} refused; most heap ${Math.round(most / 1e6)} MB`,
)
start = performance.now()
let handed = 0
for (const list of file.leads(500)) handed += list.length
print(`handed out ${handed} in ${since(start)}; after: ${megabytes()}`)

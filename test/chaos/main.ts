/**
 * `npm run chaos -- --minutes N --seed S [--embedded]`: leads at speed while everything is killed, frozen, cut and filled
 * at random; then what is left is held against the promises. Ends with 1 where one is broken.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { dice } from '../support/dice.ts'
import { FAULTS, type Roll } from './faults.ts'
import { People } from './people.ts'
import { judge, type Past } from './verdict.ts'
import { openWorld, type World } from './world.ts'

/** Days of the environment that a chaos lasts, however many minutes that takes. */
const DAYS = 60
/** Faults that overlap at most. */
const AT_ONCE = 2
/** A lead is late that many real milliseconds after its moment. */
const LATE_MS = 5000
/** Real milliseconds in which all that is due has to be done once everything is whole. */
const QUIET_MS = 180_000

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    leads: { type: 'string', default: '300' },
    embedded: { type: 'boolean', default: false },
  },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

function rollOf(next: () => number): Roll {
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return { between, of: (list) => list[between(0, list.length - 1)] as (typeof list)[number] }
}

/** Faults one after the other, two at a time, until the time is over. */
async function torment(world: World, roll: Roll, until: number): Promise<Past[]> {
  const past: Past[] = []
  const possible = FAULTS.filter((fault) => fault.possible(world) && fault.longest < (until - Date.now()) / 2)
  const one = async (): Promise<void> => {
    while (Date.now() < until) {
      await pause(roll.between(500, 5000))
      const fault = roll.of(possible)
      const from = Date.now()
      say(`${time(from)}  ${fault.name}`)
      await fault.run(world, roll).catch((error: Error) => say(`          ${fault.name}: ${error.message}`))
      past.push({ name: fault.name, from, to: Date.now() })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return past.sort((a, b) => a.from - b.from)
}

const began = Date.now()
const time = (at: number): string => `${String(Math.round((at - began) / 1000)).padStart(5)} s`

/** Waits until nothing is late any more. @returns how many leads are late all the same, and after how long none was */
async function untilQuiet(world: World, speed: number): Promise<{ late: number; ms: number }> {
  const from = Date.now()
  for (;;) {
    const late = await lateLeads(world, speed).catch(() => undefined)
    const ms = Date.now() - from
    if (late === 0 || ms > QUIET_MS) return { late: late ?? -1, ms }
    await pause(500)
  }
}

async function lateLeads({ api }: World, speed: number): Promise<number> {
  const now = Date.parse((await api.summary()).now)
  const open = await api.leads({ open: 'true' })
  return open.filter(({ next }) => next?.at && Date.parse(next.at) < now - LATE_MS * speed).length
}

async function run(): Promise<number> {
  const kind = values.embedded ? 'embedded' : 'cluster'
  say(`chaos: ${minutes} minutes, seed ${seed}, ${kind}`)
  const speed = Math.round((DAYS * 86_400) / (minutes * 60))
  const world = await openWorld(kind, speed)
  let clean = false
  try {
    const people = new People(world.api, rollOf(dice(seed + 1)))
    const living = people.live(Number(values.leads))
    const until = Date.now() + minutes * 60_000
    const faults = await Promise.race([torment(world, rollOf(dice(seed)), until), living.then(never)])
    people.stop()
    await world.heal()
    await living
    const quiet = await untilQuiet(world, speed)
    const before = Date.parse((await world.api.summary()).now) - LATE_MS * speed
    await world.rest()
    const store = await world.openStore()
    const verdict = await judge(store, { taken: world.taken, people, faults, before })
    await store.close()
    const counts = new Map<string, number>()
    for (const { name } of faults) counts.set(name, (counts.get(name) ?? 0) + 1)
    say('')
    for (const [name, n] of [...counts].sort()) say(`${String(n).padStart(6)}  ${name}`)
    say('')
    for (const [what, n] of Object.entries(verdict.counts)) say(`${what}: ${n}`)
    say(`quiet after ${(quiet.ms / 1000).toFixed(1)} s`)
    say('')
    const broken = { ...verdict.broken, 'leads late': quiet.late }
    for (const [what, n] of Object.entries(broken)) say(`${String(n).padStart(6)}  ${what}`)
    for (const example of verdict.examples) say(`        ${example}`)
    clean = Object.values(broken).every((n) => n === 0)
    say(clean ? '\nall promises kept' : `\nbroken; again with --minutes ${minutes} --seed ${seed}`)
    return clean ? 0 : 1
  } finally {
    await world.close(clean)
  }
}

/** People live until they are told to stop: that they end before is a fault of theirs, which is thrown. */
const never = (): Promise<never> => new Promise(() => undefined)

process.exitCode = await run()

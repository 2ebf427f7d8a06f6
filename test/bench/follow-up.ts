/** What a follow-up costs: leads' whole lives on a fast clock, from the launch to the end. */
import { type Bench, endBoth, inTurn, openBoth } from './bench.ts'
import { cpuMs, quiet } from './process.ts'
import { figure } from './rounds.ts'
import { type Row, row } from './table.ts'

/** Leads of one side in one round. */
const LEADS = 16
/** A day, real milliseconds. */
const DAY_MS = 10
const ROUNDS = 2

export async function followUp(bench: Bench): Promise<Row[]> {
  const apps = await openBoth(bench, 'follow-up', DAY_MS)
  const rounds = await inTurn(bench, 'follow-ups', ROUNDS, async (side) => {
    const before = cpuMs(bench.pid)
    await apps[side].launch(LEADS)
    await apps[side].live()
    await quiet(bench.pid)
    const used = cpuMs(bench.pid) - before
    const { followUps, eventsPerFollowUp } = await apps[side].count()
    return { cpu: used / followUps, events: mean(eventsPerFollowUp) }
  })
  await endBoth(apps)
  const pairs = (of: 'cpu' | 'events') =>
    rounds.map(({ relance, plain }) => ({ relance: relance[of], plain: plain[of] }))
  return [
    row('history events a follow-up', figure(pairs('events')), { atMost: 7 }),
    row("server's CPU a follow-up, ms", figure(pairs('cpu')), { ratioAtMost: 0.8 }),
  ]
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Launches and signals a second: through Relance's services, and by the bare client. Both sides' workers are at work,
 * as in use. What they have begun and not ended is waited for outside of the measured time.
 */
import { type Bench, endBoth, inTurn, openBoth } from './bench.ts'
import { DAY_MS } from './cadence.ts'
import { quiet } from './process.ts'
import { figure, type Pair } from './rounds.ts'
import { type Row, row } from './table.ts'

/** Leads of one side in one round. */
const LEADS = 300
const ROUNDS = 4

export async function throughput(bench: Bench): Promise<Row[]> {
  const apps = await openBoth(bench, 'throughput', DAY_MS)
  const rounds = await inTurn(bench, 'launches and signals', ROUNDS, async (side) => {
    const launched = await apps[side].launch(LEADS)
    await quiet(bench.pid)
    const signalled = await apps[side].signal()
    await quiet(bench.pid)
    return { launched, signalled }
  })
  await endBoth(apps)
  const perSecond = (of: 'launched' | 'signalled'): Pair[] =>
    rounds.map(({ relance, plain }) => ({
      relance: (LEADS * 1000) / relance[of],
      plain: (LEADS * 1000) / plain[of],
    }))
  return [
    row('launches a second', figure(perSecond('launched')), { ratioAtLeast: 0.8 }),
    row('signals a second', figure(perSecond('signalled')), { ratioAtLeast: 0.9 }),
  ]
}

/**
 * Launches and signals a second: through Relance's services, and by the bare client. Both sides' workers are at work,
 * as in use. What they have begun and not ended is waited for outside of the measured time.
 */
import type { Which } from './app.ts'
import { type Bench, endBoth, inTurn, openBoth, type Sides } from './bench.ts'
import { DAY_MS } from './cadence.ts'
import { quiet } from './process.ts'
import { type Figure, figure } from './rounds.ts'
import { type Row, row } from './table.ts'

/** Leads of one side in one round. */
const LEADS = 300
/** Of each kind of signal; many, because one takes a second: four gave medians that were a tenth apart. */
const ROUNDS = 9

export async function throughput(bench: Bench): Promise<Row[]> {
  const apps = await openBoth(bench, 'throughput', DAY_MS)
  const roundsOf = (which: Which) =>
    inTurn(bench, `launches and signals (${which})`, ROUNDS, async (side) => {
      const launched = await apps[side].launch(LEADS)
      await quiet(bench.pid)
      const signalled = await apps[side].signal(which)
      await quiet(bench.pid)
      return { launched, signalled }
    })
  const clicks = await roundsOf('click')
  const interest = await roundsOf('interest')
  await endBoth(apps)
  return [
    row('launches a second', perSecond([...clicks, ...interest], 'launched'), { ratioAtLeast: 0.8 }),
    row('signals a second: clicks', perSecond(clicks, 'signalled'), { ratioAtLeast: 0.9 }),
    row('signals a second: interest', perSecond(interest, 'signalled'), { ratioAtLeast: 0.9 }),
  ]
}

/** Real milliseconds of one side's round. */
type Round = Record<'launched' | 'signalled', number>

const perSecond = (rounds: Sides<Round>[], of: keyof Round): Figure =>
  figure(
    rounds.map(({ relance, plain }) => ({
      relance: (LEADS * 1000) / relance[of],
      plain: (LEADS * 1000) / plain[of],
    })),
  )

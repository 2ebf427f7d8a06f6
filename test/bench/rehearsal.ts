/** Lead-years rehearsed a second: the enterprise example, half of the leads with its signals, the others with none. */
import { readFileSync } from 'node:fs'
import { rehearse } from '../../cadence/rehearsal/rehearse.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import { checkFile } from '../../client/check/check.ts'
import { readSignals } from '../../client/signals/file.ts'

const EXAMPLE = 'examples/grands-comptes'
const ZONE = 'Europe/Paris'
const START = Date.UTC(2026, 10, 23, 8)
const YEAR = 365 * DAY
/** Lead-years before the clock runs, and in it. */
const WARM = 300
const MEASURED = 3000

/** Rehearses them in this process, by the machine's clock. */
export function rehearsal(): { leadYearsPerSecond: number } {
  const { plan } = checkFile(`${EXAMPLE}/cadence.yaml`)
  const file = readFileSync(`${EXAMPLE}/signals.yaml`, 'utf8')
  const { signals } = readSignals(file, 'signals.yaml', { start: START, zone: ZONE })
  if (!plan || !signals) throw new Error('the example has errors')
  const year = (n: number): void => {
    const from = START + n * HOUR
    const happens = n % 2 === 0 ? [] : signals
    rehearse(plan, {
      from,
      until: from + YEAR,
      zone: ZONE,
      signals: happens,
      country: 'FR',
    })
  }
  for (let n = 0; n < WARM; n++) year(n)
  const began = performance.now()
  for (let n = 0; n < MEASURED; n++) year(n)
  return { leadYearsPerSecond: Math.round((MEASURED * 1000) / (performance.now() - began)) }
}

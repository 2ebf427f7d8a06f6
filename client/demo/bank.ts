/** What the local bank of a demo decides on whom, and when: one table. Relance asks it as it would ask any provider. */
import { setTimeout as sleep } from 'node:timers/promises'
import { DAY } from '../../cadence/time.ts'
import type { Clock } from '../../store/clock.ts'
import type { BankDecision, Decide } from '../../worker/bank/bank-decision.ts'
import type { TerminalWords } from '../terminal/words/shape.ts'
import type { Event } from './world.ts'

const approves = (after: number, limit: number): BankDecision => ({
  after,
  status: 'approved',
  limit,
  rating: 'B',
})

/** By company: a decision for each time it is asked. Who isn't here gets no answer. */
const DECISIONS: Record<string, BankDecision[]> = {
  'Groupe Morel': [approves(6, 300_000)],
  'Fonderies Roux': [{ after: 5, status: 'review', then: approves(18, 250_000) }],
  'Lambert Précision': [approves(9, 120_000), approves(6, 120_000)],
  // Not enough for what they need; finance looks again.
  'Peeters Metaal': [{ ...approves(7, 100_000), then: approves(16, 200_000) }],
  // The deal takes longer than an approval lasts.
  'Keller Werkzeuge': [approves(8, 400_000), approves(7, 350_000)],
  'Garnier Emballages': [approves(6, 150_000)],
  'Blanchard Textile': [approves(11, 90_000)],
  // Enough until the proposal is worth more than that.
  'Benali Logistique': [approves(6, 50_000), approves(12, 100_000)],
  'Hughes Castings': [approves(5, 200_000)],
  'Walker Toolworks': [{ after: 6, status: 'review', then: approves(20, 80_000) }],
  'Marchal Fonderies': [approves(8, 150_000)],
  'Fontaine Emballage': [{ after: 7, status: 'refused' }],
  'Mercier Hydraulique': [{ after: 4, status: 'review', then: { after: 15, status: 'refused' } }],
}

/** Decides from the table, and reports each answer to the watcher. */
export function bankOf(
  clock: Pick<Clock, 'now' | 'msUntil'>,
  tell: (event: Event) => void,
  end: AbortSignal,
  say: TerminalWords['story'],
): Decide {
  const words = { refused: say.refusesCredit, review: say.reviewsCredit }
  const asked = new Map<string, number>()
  const announce = async (company: string, from: number, decision: BankDecision): Promise<void> => {
    const { after, status, limit, then } = decision
    const at = from + after * DAY
    await sleep(await clock.msUntil(at), undefined, { signal: end })
    const text = status === 'approved' ? say.approvesCredit(limit ?? 0) : words[status]
    tell({ at, company, kind: 'bank', text })
    if (then) await announce(company, at, then)
  }
  return ({ company = '' }) => {
    const times = asked.get(company) ?? 0
    asked.set(company, times + 1)
    const decision = DECISIONS[company]?.[times]
    // The end of the demo cuts it short.
    if (decision) {
      clock
        .now()
        .then((now) => announce(company, now, decision))
        .catch(() => undefined)
    }
    return decision
  }
}

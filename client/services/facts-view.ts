/** A lead's facts as the API shows them: times in words, never-happened as null, topics by their name. */
import { type Dated, type Facts, openObjections, outBecause, quietUntil } from '../../cadence/facts.ts'
import { demoNow, proposalNow } from '../../cadence/milestones.ts'
import type { Instant } from '../../cadence/time.ts'
import type { FactsView } from '../contract/index.ts'

/** An instant as the API shows it. The rules store 0 for 'never'; the API says null. */
export const iso = (at: Instant | null | undefined): string | null =>
  at === undefined || at === null || at === 0 ? null : new Date(at).toISOString()

const dated = <T>({ value, at }: Dated<T>): { value: T; at: string | null } => ({ value, at: iso(at) })

const mapped = <V, W>(of: Record<string, V>, to: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)]))

/**
 * @param topics - objection token → what it stands for
 * @param people - contact id → what the database knows of them
 */
export function factsView(
  facts: Facts,
  topics: ReadonlyMap<string, string>,
  people: ReadonlyMap<string, Record<string, unknown>>,
): FactsView {
  const open = openObjections(facts)
  const ids = new Set([
    ...people.keys(),
    ...Object.keys(facts.contacts),
    ...Object.keys(facts.out),
    ...Object.keys(facts.bounced),
  ])
  return {
    interest: dated(facts.interest),
    need: dated(facts.need),
    credit: dated(facts.credit),
    demo: dated(demoNow(facts)),
    proposal: dated(proposalNow(facts)),
    deal: dated(facts.deal),
    amount: dated(facts.amount),
    heard: iso(facts.heard),
    replied: iso(facts.replied),
    handled: dated(facts.handled),
    monitored: monitoredView(facts.monitored),
    quiet: Object.fromEntries(
      Object.keys(facts.quiet).map((id) => {
        const { until, why } = quietUntil(facts, id)
        return [id, { until: iso(until), why }]
      }),
    ),
    contacts: [...ids].map((id) => ({
      ...people.get(id),
      id,
      role: facts.contacts[id]?.value.role ?? null,
      stance: facts.contacts[id]?.value.stance ?? null,
      left: iso(facts.left[id]),
      out: outBecause(facts, id) ?? null,
      refused: iso(facts.refused[id]),
    })),
    objections: Object.entries(facts.objections).map(([token, { raised }]) => ({
      topic: topics.get(token) ?? token,
      by: raised.value,
      raised: iso(raised.at),
      open: open.includes(token),
    })),
    extended: mapped(facts.extended, ({ value }) => new Date(value).toISOString()),
    themes: { ...facts.themes } as Record<string, number>,
    named: mapped(facts.named, dated),
  }
}

function monitoredView({ limit, rating }: Facts['monitored']): FactsView['monitored'] {
  const value = { ...(limit && { limit: limit.value }), ...(rating && { rating: rating.value }) }
  return { value, at: iso(Math.max(limit?.at ?? 0, rating?.at ?? 0)) }
}

/** What is left after the chaos, held against the promises: the mail server's list, the ledger, signals and leads. */
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { ms, rows } from '../../store/db.ts'
import { readEnvironment } from '../../store/environment.ts'
import { findings } from '../../store/findings.ts'
import type { Store } from '../../store/open.ts'
import type { Taken } from './mail-server.ts'
import type { People } from './people.ts'

/** A fault that was, in real time. */
export interface Past {
  name: string
  from: number
  to: number
}

export interface Verdict {
  /** What must be 0. */
  broken: Record<string, number>
  /** What may be anything, and is told. */
  counts: Record<string, number | string>
  /** What was wrong, in words, for the first few. */
  examples: string[]
}

interface Touch {
  lead: string
  key: string
  status: string
  id: string | null
  slot: number
  handed: number | null
  settled: number | null
}

const EXITS = new Set(['unsubscribed', 'deal.won', 'deal.lost'])
const NAMED = 5

/**
 * @param faults - in the order in which they began
 * @param before - by the environment's clock: what is younger may still have been under way when all was stopped
 */
export async function judge(
  store: Store,
  {
    taken: file,
    people,
    faults,
    before: whole,
  }: { taken: string; people: People; faults: readonly Past[]; before: number },
): Promise<Verdict> {
  const { db } = store
  const { anchorReal, anchorVirtual, speed } = await readEnvironment(db)
  const real = (at: number): number => anchorReal + (at - anchorVirtual) / speed
  const taken = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Taken)
  const touches = await rows<Touch>(
    db,
    sql`select lead_id as lead, key, status, message_id as id, ${ms(sql`slot`)} as slot,
          ${ms(sql`handed_over_at`)} as handed, ${ms(sql`settled_at`)} as settled
        from touches where kind = 'email'`,
  )
  const signals = await rows<{ lead: string; id: string; type: string; folded: boolean; seen: number }>(
    db,
    sql`select lead_id as lead, id, type, folded, ${ms(sql`seen`)} as seen from signals order by seen`,
  )
  const examples: string[] = []
  const count = (what: string, list: readonly string[]): number => {
    for (const one of list.slice(0, NAMED)) examples.push(`${what}: ${one}`)
    return list.length
  }

  const times = new Map<string, number>()
  for (const { id } of taken) times.set(id, (times.get(id) ?? 0) + 1)
  const known = new Map(touches.flatMap((touch) => (touch.id === null ? [] : [[touch.id, touch] as const])))
  const duplicates = [...times].filter(([id, n]) => n > 1 || !known.has(id)).map(([id]) => id)
  const accepted = touches.filter(({ status }) => status === 'accepted')
  const missing = accepted.filter(({ id }) => !times.has(id ?? '')).map(({ key }) => key)
  const unconfirmed = touches.filter(({ status }) => status === 'unconfirmed')
  const there = unconfirmed.filter(({ id }) => times.has(id ?? ''))

  const inside: Record<'after an exit' | 'within a hold', string[]> = {
    'after an exit': [],
    'within a hold': [],
  }
  for (const { lead, key, handed } of touches) {
    if (handed === null) continue
    const before = people.acknowledged.filter((one) => one.lead === lead && one.at < real(handed))
    if (before.some(({ type }) => EXITS.has(type))) inside['after an exit'].push(key)
    const replies = before.filter(({ type }) => type === 'reply.received').length
    const handled = signals.filter(
      (one) => one.lead === lead && one.type === 'reply.handled' && one.seen <= handed,
    ).length
    // One answer covers all replies that were known when it was given.
    if (replies > 0 && handled === 0) inside['within a hold'].push(key)
  }
  const stored = new Map(signals.map((one) => [`${one.lead}/${one.id}`, one]))
  const lost = people.acknowledged.filter(({ lead, id }) => !stored.has(`${lead}/${id}`))
  const found = await findings(db, whole)

  const recoveries = faults.flatMap(({ name, to }) => {
    const next = accepted
      .filter(({ settled }) => settled !== null && real(settled) >= to)
      .sort((a, b) => (a.settled ?? 0) - (b.settled ?? 0))[0]
    if (!next) return []
    return [{ name, ms: real(next.settled ?? 0) - Math.max(to, real(next.slot)) }]
  })
  const sorted = recoveries.map(({ ms }) => Math.max(0, ms)).sort((a, b) => a - b)
  const seconds = (of: number | undefined): string => `${((of ?? 0) / 1000).toFixed(1)} s`
  const worst = recoveries.reduce((a, b) => (b.ms > a.ms ? b : a), { name: '-', ms: 0 })

  return {
    broken: {
      duplicates: count('twice', duplicates),
      missing: count('missing', missing),
      'after an exit': count('after an exit', inside['after an exit']),
      'within a hold': count('within a hold', inside['within a hold']),
      'signals lost': count(
        'lost',
        lost.map(({ lead, id }) => `${lead}/${id}`),
      ),
      'found by the checker': count(
        'checker',
        found.map((one) => JSON.stringify(one)),
      ),
    },
    counts: {
      'e-mails taken': taken.length,
      'touches accepted': accepted.length,
      unconfirmed: `${unconfirmed.length} (${there.length} were taken and the answer was lost, ${unconfirmed.length - there.length} were cut off between the mark and the dot)`,
      'put off or refused': touches.filter(({ status }) => status === 'refused' || status === 'failed')
        .length,
      'signals acknowledged': people.acknowledged.length,
      'recovery (first touch after its moment)': `median ${seconds(sorted[sorted.length >> 1])}, longest ${seconds(worst.ms)} (${worst.name})`,
    },
    examples,
  }
}

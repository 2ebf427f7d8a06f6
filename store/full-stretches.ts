/** Full stretches: search hints that say where a mailbox was found to have nothing free. */
import type { Instant } from '../cadence/time.ts'

type Stretch = { from: Instant; to: Instant }

/**
 * Stretches of a mailbox that were found full, so that ten thousand leads launched together don't each search them
 * again. Only a hint: a place that becomes free in one of them unseen goes unused until the hints are forgotten.
 */
export class FullStretches {
  private readonly known = new Map<string, { list: Stretch[]; since: number }>()
  private readonly real: () => number

  /** @param real - the machine's time, for tests. */
  constructor(real: () => number = Date.now) {
    this.real = real
  }

  /** The first instant from `from` on that isn't known to be full. */
  skip(mailbox: string, from: Instant): Instant {
    const { list } = this.of(mailbox)
    const stretch = list[upTo(list, from)]
    return stretch && from < stretch.to ? stretch.to : from
  }

  /** From one slot up to another, nothing is free. */
  add(mailbox: string, from: Instant, to: Instant): void {
    const { list } = this.of(mailbox)
    let first = upTo(list, from)
    if (first < 0 || (list[first] as Stretch).to < from) first += 1
    const last = upTo(list, to)
    const merged = list.slice(first, last + 1)
    const start = Math.min(from, ...merged.map((s) => s.from))
    list.splice(first, merged.length, { from: start, to: Math.max(to, ...merged.map((s) => s.to)) })
  }

  /** A slot became free. */
  open(mailbox: string, slot: Instant): void {
    const { list } = this.of(mailbox)
    const index = upTo(list, slot)
    const stretch = list[index]
    if (stretch && slot < stretch.to) list.splice(index, 1)
  }

  private of(mailbox: string): { list: Stretch[]; since: number } {
    const now = this.real()
    let known = this.known.get(mailbox)
    if (!known || now - known.since > KEPT_MS) {
      known = { list: [], since: now }
      this.known.set(mailbox, known)
    }
    return known
  }
}

const KEPT_MS = 60_000

/** The last stretch that begins at or before an instant; -1 when none does. They are sorted and apart. */
function upTo(list: Stretch[], at: Instant): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as Stretch).from <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

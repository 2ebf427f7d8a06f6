/** "Did you mean": the word of a list that somebody most likely meant. */

const LONGEST = 40

/** The nearest of `words` to `word`, or undefined when none is near: a third of its letters may be wrong. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const meant = simple(word)
  if (meant === '' || meant.length > LONGEST) return undefined
  let best: string | undefined
  let least = Math.max(1, Math.floor(meant.length / 3)) + 1
  for (const candidate of words) {
    const distance = edits(meant, simple(candidate))
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

const simple = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[\p{M}\s_-]/gu, '')
    .toLowerCase()

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) between two words. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > LONGEST) return LONGEST
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      )
      row.push(swapped ? Math.min(cost, (before[j - 2] as number) + 1) : cost)
    }
    before = last
    last = row
  }
  return last[b.length] as number
}

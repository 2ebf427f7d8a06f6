/**
 * Concurrency limit: does `work` for every item, at most `limit` at a time. The first error stops what hasn't begun,
 * and is thrown.
 */
export async function eachLimit<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  let failed = false
  const one = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const item = items[next++] as T
      try {
        await work(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const all = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, one))
  const bad = all.find((result) => result.status === 'rejected')
  if (bad) throw bad.reason
}

/** Batching: calls that come at the same time share one statement, so that a hundred cost one transaction. */

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Makes a function whose calls are gathered into batches: those made at the same time, and those made while the batch
 * before is under way.
 * @param work - does a batch; its results are in the order of the items. When it throws, each call's items are done
 *   again in a batch of their own, so that one call's fault doesn't fail another.
 * @param most - items in a batch, unless one call brings more.
 * @param gatherMs - how long a batch waits for more calls while the last batch had several, in real milliseconds; after a
 *   batch of one, the next is flushed at once.
 */
export function batcher<T, R>(
  work: (items: T[]) => Promise<R[]>,
  most: number,
  gatherMs = 0,
): (items: readonly T[]) => Promise<R[]> {
  interface Call {
    items: readonly T[]
    resolve: (results: R[]) => void
    reject: (error: unknown) => void
  }
  const calls: Call[] = []
  let busy = false
  let several = false

  const byItself = ({ items, resolve, reject }: Call): Promise<void> => work([...items]).then(resolve, reject)

  async function run(): Promise<void> {
    while (calls.length > 0) {
      await sleep(several ? gatherMs : 0)
      const batch = [calls.shift() as Call]
      let size = batch[0]?.items.length ?? 0
      while (calls[0] && size + calls[0].items.length <= most) {
        size += calls[0].items.length
        batch.push(calls.shift() as Call)
      }
      several = batch.length > 1
      if (!several) {
        await byItself(batch[0] as Call)
        continue
      }
      try {
        const results = await work(batch.flatMap(({ items }) => items))
        let from = 0
        for (const { items, resolve } of batch) {
          resolve(results.slice(from, from + items.length))
          from += items.length
        }
      } catch {
        for (const call of batch) await byItself(call)
      }
    }
    busy = false
  }

  return (items) =>
    new Promise((resolve, reject) => {
      calls.push({ items, resolve, reject })
      if (busy) return
      busy = true
      void run()
    })
}

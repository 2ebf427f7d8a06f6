/** What many ask for at the same time, done in one go: a transaction for a hundred instead of a hundred. */

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Makes a function that gathers what comes at the same time, and while the work before is under way.
 * @param work - does many; its results are in their order. When it throws, each caller's items are done again by
 *   themselves, so that nobody suffers from another's.
 * @param most - items in one go, unless one caller brings more.
 * @param gatherMs - waits this long for company while there is some, real time; what comes alone doesn't wait.
 */
export function together<T, R>(
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
  let company = false

  const alone = ({ items, resolve, reject }: Call): Promise<void> => work([...items]).then(resolve, reject)

  async function run(): Promise<void> {
    while (calls.length > 0) {
      await sleep(company ? gatherMs : 0)
      const batch = [calls.shift() as Call]
      let size = batch[0]?.items.length ?? 0
      while (calls[0] && size + calls[0].items.length <= most) {
        size += calls[0].items.length
        batch.push(calls.shift() as Call)
      }
      company = batch.length > 1
      if (!company) {
        await alone(batch[0] as Call)
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
        for (const call of batch) await alone(call)
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

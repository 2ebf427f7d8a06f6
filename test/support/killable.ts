/** Processes that can be killed at any step: what they do to the outside happens step by step, and not at all once they are dead. */
import type { Db } from '../../store/db.ts'

/** One process. `step` lets others go first, and throws once it is dead. */
export interface Killable {
  step: () => Promise<void>
  readonly dead: boolean
}

/**
 * @param lifetime - the number of the step at which it dies; it does everything before.
 * @param turn - lets the others have their turn.
 */
export function killable(lifetime: number, turn: () => Promise<void>): Killable {
  let steps = 0
  const self = {
    dead: false,
    step: async (): Promise<void> => {
      await turn()
      steps += 1
      if (steps >= lifetime) self.dead = true
      if (self.dead) throw new Error('killed')
    },
  }
  return self
}

/**
 * A database as such a process sees it: it may die before a statement, or after it and without the answer. A
 * transaction it dies in is rolled back, as a database does when the connection is gone.
 */
export function seenBy({ step }: Killable, db: Db): Db {
  return new Proxy(db, {
    get(target, property) {
      const value = Reflect.get(target, property, target)
      if (property === 'execute') {
        return async (query: never) => {
          await step()
          const result = await target.execute(query)
          await step()
          return result
        }
      }
      if (property === 'transaction') {
        return async (work: (tx: Db) => Promise<unknown>) => {
          await step()
          const result = await target.transaction((tx) => work(seenBy({ step, dead: false }, tx as Db)))
          await step()
          return result
        }
      }
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/**
 * Executions of a lead's loop without a Temporal server, for tests of what is left behind by those that don't stand: a
 * history of workflow tasks, replayed for each task as Temporal does it, of which any may be given up half-way.
 */
import { jest } from '@jest/globals'
import type { Arrival } from '../../cadence/fold.ts'
import type { Change, Lead } from '../../cadence/lead.ts'
import type { Instant } from '../../cadence/time.ts'
import type { AttemptAnswer, LeadActivities, LeadInput, RecordAnswer } from '../../workflows/contract.ts'
import type { LeadLoop as Loop } from '../../workflows/loop.ts'

/** What the workflow code of one execution sees of Temporal. */
interface World {
  length: number
  waiting: { holds: () => boolean; go: () => void }[]
  fire?: () => void
  /** How long the timer that runs was set for, real milliseconds. */
  timer?: number
}
let world: World = { length: 0, waiting: [] }

const settle = (of: World): void => {
  const ready = of.waiting.filter(({ holds }) => holds())
  of.waiting = of.waiting.filter((one) => !ready.includes(one))
  for (const { go } of ready) go()
}

jest.unstable_mockModule('@temporalio/workflow', () => ({
  ApplicationFailure: Error,
  CancellationScope: class {
    run = (work: () => Promise<void>): Promise<void> => work()
    cancel = (): void => undefined
  },
  sleep: (ms: number) =>
    new Promise<void>((fire) => {
      world.fire = fire
      world.timer = ms
    }),
  condition: (holds: () => boolean) =>
    new Promise<void>((go) => {
      world.waiting.push({ holds, go })
      settle(world)
    }),
  workflowInfo: () => ({ historyLength: world.length }),
}))
const { LeadLoop } = await import('../../workflows/loop.ts')

export type HistoryEvent = Arrival[] | 'fired' | 'clock_changed'

interface Task {
  events: HistoryEvent[]
  length: number
  answers: unknown[]
}

/** Where a task is given up: at its activity of this number, whose answer is lost, or which runs only after the retry. */
export interface Fault {
  at: number
  how: 'lost' | 'late'
}

/**
 * The server writes down that the first two tasks were given up; of further ones that found nothing new, it writes down
 * only the last (seen on 1.32.0): the executions of all of these have histories of one length.
 */
const WRITTEN_DOWN = 2

/** One lead's confirmed history, over all its runs. */
export class LeadHistory {
  /** Its timeline, as the executions that stand have it. */
  changes: Change[] = []
  lead: Lead
  over = false
  wake: Instant | undefined
  /** How long the timer that runs was set for, real milliseconds. */
  timer: number | undefined
  /** Activities of executions that were given up, still to run. */
  late: (() => Promise<unknown>)[] = []
  readonly #activities: LeadActivities
  #input: LeadInput
  #before: Change[] = []
  #tasks: Task[] = []
  #length = 1
  /** Tasks given up since one stood, and for how many events that was: without new ones, Temporal writes no more down. */
  #givenUp = 0
  #seen = 0

  constructor(input: LeadInput, activities: LeadActivities) {
    this.#input = input
    this.#activities = activities
    this.lead = input.lead
  }

  /** Works on one workflow task; with a fault, in vain. `renew`: goes on in a fresh run as soon as it may. */
  async task(events: HistoryEvent[], { fault, renew = false }: { fault?: Fault; renew?: boolean } = {}) {
    // Two tasks of a workflow never begin in the same moment.
    for (const before = Date.now(); Date.now() === before; ) await new Promise(setImmediate)
    const mine: World = { length: 0, waiting: [] }
    world = mine
    const live: Task = { events, length: this.#length + events.length + 2, answers: [] }
    let task: Task = live
    let calls = 0
    let running = 0
    let wake = this.wake
    let lost = false
    const call =
      <Input>(activity: (input: Input) => Promise<RecordAnswer | AttemptAnswer>) =>
      (input: Input): Promise<never> => {
        const n = calls++
        if (task !== live) return Promise.resolve(task.answers[n] as never)
        if (fault?.at === n) lost = true
        if (lost && fault?.how === 'late') this.late.push(() => activity(input))
        if (lost && fault?.how === 'late') return new Promise(() => undefined)
        running += 1
        const ran = activity(input).finally(() => {
          running -= 1
        })
        return ran.then((answer) => {
          if (lost) return new Promise<never>(() => undefined)
          live.answers.push(answer)
          const next = 'kind' in answer ? (answer.kind === 'done' ? answer.next : undefined) : answer
          if (next) wake = next.wake
          return answer as never
        })
      }
    const { record, attempt, deliver } = this.#activities
    const changes: Change[] = []
    const loop = new LeadLoop(
      this.#input,
      { local: { record: call(record), attempt: call(attempt) }, regular: { deliver: call(deliver) } },
      ({ record }) => void changes.push(...record.changes),
    )
    let end: 'over' | 'renewed' | undefined
    let broken: unknown
    const quiet = async (): Promise<void> => {
      for (let still = 0; still < 2 && !end; ) {
        await new Promise(setImmediate)
        still = running > 0 ? 0 : still + 1
      }
      if (broken) throw broken
    }
    const confirmed = [...this.#tasks, live]
    for (const [index, one] of confirmed.entries()) {
      task = one
      calls = 0
      mine.length = one.length
      for (const event of one.events) {
        if (event === 'fired') mine.fire?.()
        else if (event === 'clock_changed') loop.rearm()
        else loop.arrive(event)
      }
      await Promise.resolve()
      if (index === 0) {
        drive(loop, () => renew && task === live).then(
          (how) => {
            end = how
          },
          (error) => {
            broken = error
          },
        )
      } else settle(mine)
      await quiet()
    }
    if (fault) {
      this.#givenUp = events.length > this.#seen ? 1 : this.#givenUp + 1
      this.#seen = events.length
      if (this.#givenUp <= WRITTEN_DOWN) this.#length = live.length - events.length + 1
      return
    }
    this.#givenUp = 0
    this.#seen = 0
    this.#tasks.push(live)
    this.#length = live.length + 1 + live.answers.length + 1
    this.changes = [...this.#before, ...changes]
    this.lead = loop.lead
    this.wake = wake
    this.timer = mine.timer
    this.over = end === 'over'
    if (end !== 'renewed') return
    this.#input = loop.input
    this.#before = this.changes
    this.#tasks = []
    this.#length = 1
    await this.task([])
  }
}

/** The loop as `workflows/lead.ts` runs it. */
async function drive(loop: Loop, mustRenew: () => boolean): Promise<'over' | 'renewed'> {
  for (;;) {
    await loop.takeTurn()
    for (let recorded = true; recorded && !loop.hasArrivals; ) {
      if (loop.over) return 'over'
      if (mustRenew()) return 'renewed'
      await loop.rest()
      if (loop.hasArrivals) break
      recorded = await loop.act()
    }
  }
}

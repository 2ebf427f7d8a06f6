/** The activities without an outside: an array for a ledger, the real planner. For tests of the loop itself. */

import { slot } from '../../cadence/calendar/planner.ts'
import { stamped } from '../../cadence/format.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Instant } from '../../cadence/time.ts'
import type {
  AttemptAnswer,
  AttemptInput,
  LeadActivities,
  RecordAnswer,
  RecordInput,
} from '../../workflows/contract.ts'

export interface Memory extends LeadActivities {
  /** Touches carried out, in order. */
  touched: { key: string; at: Instant }[]
  records: RecordInput[]
  /** Answers to give instead of carrying the next attempts out. */
  answers: AttemptAnswer[]
}

/** `now`: the environment's clock; `speed`: how much faster than this machine's it runs. */
export function memoryActivities(plan: Plan, now: () => Promise<Instant>, speed = 1): Memory {
  const touched: Memory['touched'] = []
  const sent: Instant[] = []
  const records: RecordInput[] = []
  const answers: AttemptAnswer[] = []

  const record = async (input: RecordInput): Promise<RecordAnswer> => {
    records.push(input)
    const place = { window: plan.window, limits: plan.limits, zone: 'Europe/Paris' }
    const book = { lead: sent, account: sent }
    const grid = (at: Instant): Instant => Math.ceil(at / 1000) * 1000
    const planned = input.kept
      ? { at: input.kept.slot, ends: input.kept.ends, due: input.kept.due }
      : input.want
        ? slot(input.want, place, book, input.now, 1000, grid)
        : undefined
    const wake = Math.min(planned?.at ?? Number.POSITIVE_INFINITY, input.again ?? Number.POSITIVE_INFINITY)
    const answer: RecordAnswer = {}
    if (planned) answer.slot = planned.at
    if (planned?.ends !== undefined) answer.ends = planned.ends
    if (planned?.due !== undefined) answer.due = planned.due
    if (Number.isFinite(wake)) {
      answer.wake = wake
      answer.waitMs = Math.max(0, wake - (await now())) / speed
    }
    return answer
  }
  const carryOut = async (input: AttemptInput): Promise<AttemptAnswer> => {
    const scripted = answers.shift()
    if (scripted) return scripted
    // A local activity may run twice; the ledger is what makes that safe.
    if (!touched.some((t) => t.key === input.touch.key)) {
      touched.push({ key: input.touch.key, at: input.slot })
      if (input.touch.kind === 'email') sent.push(input.slot)
    }
    return { kind: 'done', key: input.touch.key, next: await record(input.then) }
  }
  const attempt = async (input: AttemptInput): Promise<AttemptAnswer> => stamped(await carryOut(input))
  return {
    ...{ touched, records, answers, attempt, deliver: attempt },
    record: async (input) => stamped(await record(input)),
  }
}

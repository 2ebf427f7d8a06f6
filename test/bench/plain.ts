/** What Relance is measured against: follow-ups as a plain Temporal workflow would be written. */
import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow'

export interface PlainActivities {
  touch(lead: string, n: number): Promise<string>
}

export interface PlainInput {
  lead: string
  followUps: number
  /** Between two follow-ups, real milliseconds. */
  waitMs: number
}

const { touch } = proxyActivities<PlainActivities>({ startToCloseTimeout: '1 minute' })

export const answered = defineSignal('answered')

/** Touches, waits for an answer, touches again. */
export async function plain({ lead, followUps, waitMs }: PlainInput): Promise<void> {
  let heard = false
  setHandler(answered, () => {
    heard = true
  })
  for (let n = 1; n <= followUps && !heard; n++) {
    await touch(lead, n)
    await condition(() => heard, waitMs)
  }
}

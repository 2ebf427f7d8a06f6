/** The channels, one for each kind of step. */
import type { StepKind } from '../cadence/words.ts'
import { creditCheck } from './credit/channel.ts'
import { email } from './mail/channel.ts'
import { notify, task } from './tasks/channel.ts'
import type { Channel } from './touch/channel.ts'

const CHANNELS = [email, task, notify, creditCheck] as unknown as readonly Channel[]

/** The channel of a kind of step. */
export function channelOf(kind: StepKind): Channel {
  const channel = CHANNELS.find((one) => one.kind === kind)
  if (!channel) throw new TypeError(`there is no channel for ${kind}`)
  return channel
}

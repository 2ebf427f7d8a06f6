/** The channels, one for each kind of step. */
import type { StepKind } from '../cadence/words.ts'
import { creditCheck } from './credit/channel.ts'
import { email } from './mail/channel.ts'
import { notify, task } from './tasks/channel.ts'
import type { Channel } from './touch/channel.ts'

const CHANNELS = { email, task, notify, credit_check: creditCheck } satisfies Record<StepKind, unknown>

/** The channel of a kind of step. */
export const channelOf = (kind: StepKind): Channel => CHANNELS[kind] as unknown as Channel

/** One of each reason why a touch can't be made, and of what follows from it, for the tests of words. */
import type { Change, Closing } from '../../cadence/lead.ts'
import type { Flaw, ReasonOf } from '../../cadence/reason.ts'
import type { TaskWording } from '../../cadence/reasons/dictionary.ts'
import { TEXT_FAULTS } from '../../client/contract/template-examples.ts'

export const FLAW_REASONS: { [Code in Flaw['code']]: ReasonOf<Code>[] } = {
  text_unwritable: TEXT_FAULTS.map((why) => ({ code: 'text_unwritable', why })),
  address_missing: ['main', 'anna'].map((contact) => ({ code: 'address_missing', contact })),
}

const flaw = { code: 'address_missing', contact: 'anna' } as const

export const FLAW_CLOSINGS: Closing[] = [
  { code: 'touch_over', step: 'e1' },
  { code: 'other_flaw', step: 'e1' },
]

export const MEND_TASK: Extract<TaskWording, { code: 'mend' }> = {
  ...{ code: 'mend', lead: 'x1', step: 'e1', flaw },
}

type LineOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

export const flawChanges = (
  at: number,
): { put_aside: LineOf<'put_aside'>[]; left_out: LineOf<'left_out'>[] } => ({
  put_aside: [{ at, kind: 'put_aside', step: 'e1', flaw }],
  left_out: [{ at, kind: 'left_out', step: 'e1' }],
})

/** The task list as a channel: tasks, credit checks by hand, and notices. Each is one row, written once. */
import { recipientRulesOf } from '../../cadence/calendar/recipient-rules.ts'
import { addWait } from '../../cadence/calendar/waits.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Touch } from '../../cadence/touch.ts'
import type { TaskKind } from '../../cadence/words.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { insertTask } from '../../store/tasks.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import { MANUAL } from '../credit/provider.ts'
import { type Note, writeNote } from '../texts/write.ts'
import { flawed, slotGivenUp } from '../touch/attempt-answers.ts'
import type { Begun, Carrier, Channel } from '../touch/channel.ts'
import { newClaim, putClaim } from '../touch/claim.ts'
import { answer, prepare, recordIn } from '../touch/record.ts'

/** What is put on the list. */
export interface Listed extends Begun<undefined> {
  note: Note
  context: TouchContext
}

/** A manual touch: written first, then claimed, listed and recorded in one transaction. */
export const manual = (kind: TaskKind): Channel<undefined, Listed> => ({
  async begin(carrier, input, context) {
    const { touch, cadence, version, slot } = input
    const note = writeNote(await carrier.published(cadence, version), touch, context, slot)
    const claim = newClaim(input, context)
    if ('text' in note) {
      const outcome = Promise.resolve(undefined)
      return { claim, note: note.text, context, mayLeaveProcess: false, abandoned: false, outcome }
    }
    const now = await carrier.clock.now()
    if (!(await putClaim(carrier.db, claim, input, context, now))) return undefined
    return flawed(carrier, claim, { code: 'text_unwritable', why: note.fault })
  },

  async settle(carrier, input, { claim, note, context }) {
    const { touch, cadence, version, slot, then } = input
    const { key, lead, due } = touch
    const { plan } = await carrier.published(cadence, version)
    const prepared = await prepare(carrier, then)
    const now = await carrier.clock.now()
    const givenUp = new Error('the execution of this attempt was given up')
    const written = carrier.db.transaction(async (tx) => {
      if (!(await putClaim(tx, claim, input, context, now))) return undefined
      await insertTask(tx, {
        ...{ id: key, lead, kind, ...note, for: forWhom(carrier, touch, context, plan), at: slot },
        due: due ? addWait(slot, due, 1, recipientRulesOf(plan, context)) : null,
      })
      await ledgerIn(tx).settle({ ...claim, status: 'accepted', now })
      const planned = await recordIn(carrier, tx, then, prepared)
      // The lead has gone on without it: nobody is asked for what may not be due any more.
      if (planned.stale) throw givenUp
      return planned
    })
    const planned = await written.catch((error: unknown) => {
      if (error === givenUp) return 'given up' as const
      throw error
    })
    if (planned === 'given up') return slotGivenUp(carrier)
    return planned && { kind: 'done', key, next: await answer(carrier, then, planned) }
  },
})

export const task = manual('task')
export const notify = manual('notify')

/**
 * A task is the lead's owner's, or whoever's the cadence says; a manual credit check finance's, or whoever's relance.yaml
 * says.
 */
function forWhom({ credit }: Carrier, { kind, name }: Touch, { owner }: TouchContext, plan: Plan): string {
  if (kind !== 'credit_check')
    return kind === 'notify' && name === 'manager' ? 'manager' : (owner ?? plan.owner)
  const provider = credit?.(name)
  return provider?.kind === 'manual' ? provider.for : MANUAL.for
}

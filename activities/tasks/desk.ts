/** Touches that people carry out: tasks, credit checks and notices. Each is one row, once. */
import { addWait } from '../../cadence/calendar/calendar.ts'
import { placeOf } from '../../cadence/calendar/place.ts'
import type { TouchOrder } from '../../cadence/decide.ts'
import { newId } from '../../store/ids.ts'
import { claimTouch, settleTouch } from '../../store/ledger.ts'
import { insertTask } from '../../store/tasks.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { MANUAL } from '../credit/provider.ts'
import { writeNote } from '../texts/words.ts'
import { type Carrier, giveUp } from '../touch/outcomes.ts'
import { answer, prepare, recordIn } from '../touch/record.ts'

/** Puts it on the list, and records the next turn with it. Undefined: another attempt was first. */
export async function carryOutAtDesk(
  carrier: Carrier,
  { touch, cadence, version, slot, then }: AttemptInput,
  context: TouchContext,
): Promise<AttemptAnswer | undefined> {
  const { kind, key, lead, due } = touch
  if (kind === 'email') throw new TypeError('an e-mail is not for the desk')
  const { db, clock } = carrier
  const published = await carrier.published(cadence, version)
  const note = writeNote(published, touch, context, slot)
  const prepared = await prepare(carrier, then)
  const token = newId()
  const now = await clock.now()
  const claim = { touch, account: context.account, cadence, version, slot, token, now }
  if ('why' in note) {
    if (!(await claimTouch(db, claim))) return undefined
    return giveUp(carrier, { key, token, deferrals: 0, deferredAt: null }, note.why)
  }
  const planned = await db.transaction(async (tx) => {
    if (!(await claimTouch(tx, claim))) return undefined
    await insertTask(tx, {
      id: key,
      lead,
      kind,
      text: note.text,
      for: forWhom(carrier, touch, context),
      at: slot,
      due: due ? addWait(slot, due, 1, placeOf(published.plan, context)) : null,
    })
    await settleTouch(tx, { key, token, status: 'accepted', now })
    return recordIn(carrier, tx, then, prepared)
  })
  return planned && { kind: 'done', key, next: await answer(carrier, then, planned) }
}

/** A manual credit check is finance's, or whoever's relance.yaml says. */
function forWhom({ credit }: Carrier, { kind, name }: TouchOrder, { owner }: TouchContext): string | null {
  if (kind !== 'credit_check') return name === 'manager' ? 'manager' : owner
  const provider = credit?.(name)
  return provider?.kind === 'manual' ? provider.for : MANUAL.for
}

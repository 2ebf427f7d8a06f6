/** What a workflow knows and the database has lost: touches that were carried out, signals taken in, and who said no. */
import { type Facts, outBecause } from '../../cadence/facts.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { StepKind } from '../../cadence/words.ts'
import { readEnvironment } from '../../store/environment.ts'
import { markFolded, putTouchesBack } from '../../store/lost.ts'
import { suppressContacts } from '../../store/suppressions.ts'
import type { Explanation } from '../../workflows/contract.ts'
import type { WakeDeps } from './begin-again.ts'

/**
 * Puts back what a lead's workflow knows: its touches into the ledger, the signals that it has taken in, its noes on the
 * list of those who must not be written to.
 * @param done - keys of the touches, and when they were carried out, machine time
 * @returns how many touches were put back
 */
export async function putBack(
  { db, clock, published }: WakeDeps,
  { lead, cadence, version }: Pick<Explanation, 'lead' | 'cadence' | 'version'>,
  done: { key: string; at: number }[],
): Promise<number> {
  const noes = noesOf(lead.facts).map((no) => ({ lead: lead.id, ...no }))
  await db.transaction((tx) => suppressContacts(tx, noes, 'signal'))
  await markFolded(db, lead.id, lead.seen)
  if (done.length === 0) return 0
  const { plan } = await published(cadence, version)
  const { speed } = await readEnvironment(db)
  const [now, here] = [await clock.now(), Date.now()]
  const touches = done.map(({ key, at }) => {
    const [, visit = '', ...step] = key.split('/')
    const id = step.join('/')
    return {
      ...{ key, visit: Number(visit), step: id, at: Math.floor(now - (here - at) * speed) },
      ...stepOf(plan, id),
    }
  })
  const { stage, urgency, seq } = lead
  return putTouchesBack(db, lead.id, { cadence, version, stage, urgency, seq }, touches)
}

/** What a step does, by its id; those that Relance adds by itself are known by their names. */
function stepOf(plan: Plan, id: string): { kind: StepKind; name: string } {
  const steps = [...plan.stages, ...plan.plays].flatMap(({ steps }) => steps)
  const found = steps.find((step) => step.id === id)
  if (found) return { kind: found.kind, name: found.name }
  if (id.startsWith('tell-')) return { kind: 'notify', name: id }
  return { kind: /^(find|answer)-/.test(id) ? 'task' : 'email', name: id }
}

/** The contacts who said no, in any way. */
function noesOf(facts: Facts): { contact: string; reason: 'unsubscribed' | 'complained'; at: number }[] {
  return Object.keys(facts.out).flatMap((contact) => {
    const reason = outBecause(facts, contact)
    const at = facts.out[contact]?.at
    return at === undefined || reason === undefined || reason === 'bounced' ? [] : [{ contact, reason, at }]
  })
}

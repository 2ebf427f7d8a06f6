/** Moving leads, and what publishing says of steps that leads have done, by the API. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { fold } from '../../cadence/fold.ts'
import { FORMAT } from '../../cadence/format.ts'
import { type Lead, newLead } from '../../cadence/lead.ts'
import type { Plan, Stage } from '../../cadence/plan.ts'
import { turn } from '../../cadence/turn.ts'
import { insertLeads, markStarted } from '../../store/leads.ts'
import { apiOn, FILES, NOW, PLAN, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'

const email = (id: string, name = id) => ({ id, kind: 'email' as const, name })
const stage = (id: string, ...steps: Stage['steps']): Stage => ({
  id,
  until: { interest: 'general' },
  steps,
  on: {},
})

describe.each(await openDatabases())('moving on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let cadence: string
  let n = 0
  beforeEach(() => {
    n += 1
    cadence = `moving-${n}`
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  /** A lead on version 1 that has done some steps, as its workflow would tell of it. */
  async function leadThatDid(stages: Stage[], done: string[]): Promise<string> {
    const version = await publishPlan(store, cadence, { stages }, FILES)
    const [made] = await insertLeads(
      store.db,
      [{ email: `lea.${n}.${done.length}@atelier.example`, zone: 'UTC' }],
      { cadence, version, now: NOW },
    )
    if (made?.kind !== 'inserted') throw new Error('not launched')
    const { id } = made
    await markStarted(store.db, [id])
    const plan: Plan = { ...PLAN, cadence, version, stages }
    const { lead } = turn(newLead(id, NOW), plan, [])
    const visits = lead.visits.map((visit) => ({ ...visit, done }))
    tells({ ...lead, visits }, version)
    for (const step of done) {
      await store.db.execute(
        sql`insert into touches (key, lead_id, visit, step, kind, name, contact, cadence, version, stage, urgency,
                                 status, token, slot, attempts, claimed_at)
            values (${`${id}/1/${step}`}, ${id}, 1, ${step}, 'email', ${step}, 'main', ${cadence}, ${version},
                    'contact', 'calm', 'accepted', 't', now(), 1, now())`,
      )
    }
    return id
  }
  const tells = (lead: Lead, version: number): void => {
    api.workflows.explanation = {
      ...{ format: FORMAT, lead, cadence, version, kind: 'rest' },
      because: { code: 'every_goal_met' },
    }
  }
  const FIRST = [stage('contact', email('a'), email('b'), email('c'))]
  const publish = (...stages: Stage[]): Promise<number> => publishPlan(store, cadence, { stages })

  test('a stage that was renamed: where the lead is and would be; nothing is moved in a dry run', async () => {
    const lead = await leadThatDid(FIRST, ['a', 'b'])
    await publish(stage('outreach', email('a'), email('b'), email('c')))
    const answer = {
      lead,
      from: { version: 1, stage: 'contact', step: 'c' },
      to: { version: 2, stage: 'outreach', step: 'c' },
      repeats: [],
      skips: [],
    }
    expect(await api.client.move(lead, { dryRun: true })).toEqual({
      ...answer,
      done: 'would be on version 2',
    })
    expect(api.workflows.asked).toEqual([])
    expect(await api.client.move(lead)).toEqual({ ...answer, done: 'moved to version 2' })
    expect(api.workflows.asked).toMatchObject([{ lead, ask: { kind: 'move', plan: { version: 2 } } }])
    expect(await api.client.move(lead, { version: 1 })).toMatchObject({ done: 'is on version 1 already' })
  })

  test('what would be repeated or skipped is refused with its steps, unless told', async () => {
    const lead = await leadThatDid(FIRST, ['a', 'b'])
    await publish(stage('contact', email('a'), email('b', 'other'), email('second', 'b'), email('c')))
    const faults = { repeats: ['second'], skips: ['b'] }
    await expect(api.client.move(lead)).rejects.toMatchObject({
      code: 'move_refused',
      values: { lead, version: 2, ...faults },
      message: expect.stringContaining('do again what was done (second) and leave out what was to come (b)'),
    })
    expect(await api.client.move(lead, { dryRun: true })).toMatchObject(faults)
    expect(api.workflows.asked).toEqual([])
    expect(await api.client.move(lead, { anyway: true })).toMatchObject({
      ...faults,
      done: 'moved to version 2',
    })
    expect(api.workflows.asked).toHaveLength(1)
  })

  test('a touch that only the ledger knows of counts, too', async () => {
    const later = { ...stage('demo', email('b')), until: { demo: 'held' as const } }
    const lead = await leadThatDid([stage('contact', email('a')), later], ['a'])
    // A lead of an older format doesn't remember the steps of stages that are over.
    const data = { level: 'general' }
    const signal = { id: 's', type: 'interest.expressed' as const, at: NOW, seen: NOW, data }
    const plan: Plan = { ...PLAN, cadence, version: 1, stages: [stage('contact', email('a')), later] }
    const folded = fold(newLead(lead, NOW), plan, signal)
    tells(turn(folded.lead, plan, []).lead, 1)
    await publish(stage('contact', email('x')), { ...later, steps: [email('a'), email('b')] })
    expect(await api.client.move(lead, { dryRun: true })).toMatchObject({ repeats: ['a'], skips: [] })
  })

  test('publishing says which steps that open leads have done are renamed, gone, reused or moved', async () => {
    const lead = await leadThatDid(FIRST, ['a', 'b', 'c'])
    const source = (stages: string): string =>
      `cadence: ${cadence}\nfrom: claire\nlocale: en\nstages:\n${stages}`
    const letter = '---\nsubject: Hello\n---\nDear {{ contact.first_name }}\n'
    const templates = Object.fromEntries(['a', 'b', 'other'].map((name) => [`${name}.md`, letter]))
    const published = await api.client.publish({
      source: source(`  - stage: contact
    until: { interest: general }
    steps: [{ id: first, email: a }]
  - stage: later
    until: { demo: held }
    steps: [{ id: b, email: other }]
`),
      templates,
    })
    expect(published.edits.map(({ code, values, leads }) => ({ code, values, leads }))).toEqual([
      { code: 'step_renamed', values: { step: 'a', to: 'first' }, leads: 1 },
      { code: 'step_reused', values: { step: 'b' }, leads: 1 },
      { code: 'step_moved', values: { step: 'b', from: 'contact', to: 'later' }, leads: 1 },
      { code: 'step_vanished', values: { step: 'c' }, leads: 1 },
    ])
    expect(published.edits[0]?.message).toBe(
      'a is called first now, and 1 open lead has done it: moved to this version, they may get it again',
    )
    expect(lead).not.toBe('')
  })
})

/** A clock that is changed is told to every open lead, however often the start that does it is killed. */
import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { environmentClock } from '../../store/clock.ts'
import { readEnvironment } from '../../store/environment.ts'
import { newId } from '../../store/ids.ts'
import { insertLeads } from '../../store/leads.ts'
import { keptLog, NOW, ScriptedWorkflows } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { rearmLeads } from './rearm.ts'

describe.each(await openDatabases())('a changed clock on %s', (_, { db }) => {
  let speed = 1
  async function world() {
    await db.execute(sql`update leads set ended_at = now() where ended_at is null`)
    const people = Array.from({ length: 25 }, () => ({ email: `p@${newId()}.example`, zone: 'UTC' }))
    const made = await insertLeads(db, people, { cadence: 'c', version: 1, now: NOW })
    const ids = made.map((lead) => (lead as { id: string }).id).sort()
    const workflows = new ScriptedWorkflows()
    speed += 1
    await environmentClock(db, { speed })
    const log = keptLog()
    return { ids, workflows, log, rearm: () => rearmLeads({ db, workflows, log }, { page: 10 }) }
  }
  const changed = async (): Promise<boolean> => (await readEnvironment(db)).clockChanged

  test('is told to every open lead, once', async () => {
    const { ids, workflows, rearm } = await world()
    expect(await rearm()).toBe(25)
    expect([...workflows.told].sort()).toEqual(ids)
    expect(await rearm()).toBeUndefined()
    expect(workflows.told).toHaveLength(25)
  })

  test('is told again to all when Temporal went away half-way', async () => {
    const { ids, workflows, rearm } = await world()
    const told = workflows.told.push.bind(workflows.told)
    workflows.told.push = (lead) => {
      if (workflows.told.length === 12) workflows.away = true
      return told(lead)
    }
    await expect(rearm()).rejects.toMatchObject({ code: 'temporal_away' })
    expect(await changed()).toBe(true)
    workflows.away = false
    workflows.told.push = told
    await rearm()
    expect([...new Set(workflows.told)].sort()).toEqual(ids)
    expect(await changed()).toBe(false)
  })

  test('is told to the others when one is gone or refused, who is told at the next start', async () => {
    const { ids, workflows, log, rearm } = await world()
    const [gone = '', refused = '', ...rest] = ids
    workflows.gone.add(gone)
    workflows.refuses.add(refused)
    expect(await rearm()).toBe(23)
    expect([...workflows.told].sort()).toEqual(rest)
    expect(log.lines).toEqual([[{ refused: 1 }, expect.any(String)]])
    workflows.refuses.clear()
    await rearm()
    expect(workflows.told).toContain(refused)
    expect(await changed()).toBe(false)
  })
})

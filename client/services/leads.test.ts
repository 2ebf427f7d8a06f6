import { expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { noFacts } from '../../cadence/facts.ts'
import { DAY } from '../../cadence/time.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended, started } from '../../test/support/leads.ts'
import { show } from './leads.ts'
import { ENGLISH } from './reader.ts'

const [[, store]] = (await openDatabases()) as [Awaited<ReturnType<typeof openDatabases>>[number]]

test('days in a stage are counted when they are read, and no further once the lead has ended', async () => {
  await publishPlan(store)
  const lead = await started(store, 'lea@atelier.example')
  const api = apiOn(store)
  const progress = { spent: { contact: DAY }, since: NOW - DAY, offers: {}, early: false }
  await store.db.execute(
    sql`update leads set stage = 'contact', as_of = ${new Date(NOW).toISOString()}::timestamptz,
          facts = ${JSON.stringify(noFacts())}::jsonb, progress = ${JSON.stringify(progress)}::jsonb
        where id = ${lead}`,
  )
  const days = async () => (await show(api.deps, lead, ENGLISH)).stages
  expect(await days()).toEqual([{ stage: 'contact', days: 2 }])
  api.clock.at = NOW + 3 * DAY
  expect(await days()).toEqual([{ stage: 'contact', days: 5 }])
  await ended(store, lead)
  expect(await days()).toEqual([{ stage: 'contact', days: 2 }])
  api.stop()
})

import { beforeAll, describe, expect, test } from '@jest/globals'
import { NOW, publishPlan } from '../test/support/api.ts'
import { openDatabases } from '../test/support/database.ts'
import { ended, started } from '../test/support/leads.ts'
import { insertLeads } from './leads.ts'
import { findLeads } from './lookup.ts'

describe.each(await openDatabases())('looking up on %s', (_, store) => {
  beforeAll(async () => {
    await publishPlan(store)
  })

  test('an address means the open lead, or else the latest', async () => {
    const email = 'lea@atelier.example'
    const first = await started(store, email)
    await ended(store, first)
    const again = async (cadence: string, now: number): Promise<string> => {
      const [result] = await insertLeads(store.db, [{ email, zone: 'UTC' }], { cadence, version: 1, now })
      return result?.kind === 'inserted' ? result.id : ''
    }
    const second = await again('second', NOW + 1)
    await ended(store, second)
    const names = [email, 'LEA@Atelier.example', first, 'nobody', 'nobody@atelier.example']
    const found = async () => [...(await findLeads(store.db, names))].map(([name, { id }]) => [name, id])
    expect(await found()).toEqual([
      [email, second],
      ['LEA@Atelier.example', second],
      [first, first],
    ])
    const open = await again('third', NOW - 1)
    expect((await findLeads(store.db, names)).get(email)).toEqual({ id: open, ended: false, zone: 'UTC' })
  })
})

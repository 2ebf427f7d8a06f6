/** Cadences in the store: versions, the current one, halts; and the environment they are in. */

import { describe, expect, test } from '@jest/globals'
import { openDatabases } from '../test/support/database.ts'
import { MONDAY, PLAN } from '../test/support/plans.ts'
import { getCadence, listCadences, publishCadence } from './cadences.ts'
import { readEnvironment } from './environment.ts'
import { haltCadence, listHalts, releaseCadence } from './halts.ts'

describe.each(await openDatabases())('cadences on %s', (_, { db }) => {
  test('the environment is made once', async () => {
    const first = await readEnvironment(db)
    expect(first.salt).toHaveLength(64)
    expect(first.speed).toBe(1)
    expect(await readEnvironment(db)).toEqual(first)
  })

  const publish = (hash: string) =>
    publishCadence(db, { name: 'p', source: hash, files: { 'a.md': hash }, plan: PLAN, hash, now: MONDAY })

  test('are numbered; the same content is the same version, and current again', async () => {
    expect(await publish('a')).toEqual({ version: 1, isNew: true })
    expect(await publish('a')).toEqual({ version: 1, isNew: false })
    expect(await publish('b')).toEqual({ version: 2, isNew: true })
    expect((await getCadence(db, 'p'))?.version).toBe(2)
    expect(await publish('a')).toEqual({ version: 1, isNew: false })
    const current = await getCadence(db, 'p')
    expect(current).toMatchObject({ version: 1, source: 'a', files: { 'a.md': 'a' }, publishedAt: MONDAY })
    expect(current?.plan.version).toBe(1)
    expect((await getCadence(db, 'p', 2))?.plan.version).toBe(2)
    expect(await getCadence(db, 'p', 3)).toBeUndefined()
    expect(await getCadence(db, 'q')).toBeUndefined()
  })

  test('published at the same moment, each content is one version', async () => {
    const hashes = ['1', '2', '3', '1', '2', '3']
    const versions = await Promise.all(
      hashes.map((hash) =>
        publishCadence(db, { name: 'race', source: '', files: {}, plan: PLAN, hash, now: MONDAY }),
      ),
    )
    expect(versions.filter((v) => v.isNew)).toHaveLength(3)
    expect(new Set(versions.map((v) => v.version))).toEqual(new Set([1, 2, 3]))
  })

  test('are listed with their leads, and can be halted', async () => {
    await publish('a')
    await haltCadence(db, 'p', 'a wrong price', MONDAY)
    await haltCadence(db, 'p', 'again', MONDAY)
    expect(await listHalts(db)).toEqual([{ cadence: 'p', at: MONDAY, why: 'a wrong price' }])
    expect((await listCadences(db)).find((c) => c.name === 'p')).toMatchObject({
      version: 1,
      versions: 2,
      halted: true,
      open: 0,
    })
    await releaseCadence(db, 'p')
    expect(await listHalts(db)).toEqual([])
  })
})

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openDatabase } from '../test/support/database.ts'
import { environmentClock } from './clock.ts'
import type { Db } from './db.ts'
import { markClockTold, readEnvironment } from './environment.ts'
import type { Store } from './open.ts'

let store: Store
let db: Db
beforeAll(async () => {
  store = await openDatabase()
  db = store.db
}, 120_000)
afterAll(() => store.close())

test('at first it is the machine’s time', async () => {
  const before = Date.now()
  const clock = await environmentClock(db)
  expect(clock.speed).toBe(1)
  expect(await clock.now()).toBeGreaterThanOrEqual(before)
  expect(await clock.now()).toBeLessThanOrEqual(Date.now())
})

test('a new speed neither jumps nor goes back, and stays', async () => {
  const { anchorReal } = await readEnvironment(db)
  let real = anchorReal + 1000
  const machine = { real: () => real }
  const slow = await environmentClock(db, machine)
  expect(await slow.now()).toBe(anchorReal + 1000)

  const fast = await environmentClock(db, { ...machine, speed: 86_400 })
  expect(await fast.now()).toBe(anchorReal + 1000)
  real += 10
  expect(await fast.now()).toBe(anchorReal + 1000 + 864_000)
  expect(await fast.msUntil(anchorReal + 1000 + 86_400_000)).toBe(990)
  expect(await fast.lateMs(anchorReal + 1000)).toBe(10)

  const again = await environmentClock(db, machine)
  expect(again.speed).toBe(86_400)
  expect(await again.now()).toBe(anchorReal + 1000 + 864_000)
  const slower = await environmentClock(db, { ...machine, speed: 2 })
  expect(await slower.now()).toBe(anchorReal + 1000 + 864_000)
  real += 500
  expect(await slower.now()).toBe(anchorReal + 1000 + 864_000 + 1000)
})

test('only another speed is a change of the clock, until all leads were told of it', async () => {
  const changed = async (): Promise<boolean> => (await readEnvironment(db)).clockChanged
  await markClockTold(db)
  const { speed } = await environmentClock(db)
  await environmentClock(db, { speed })
  expect(await changed()).toBe(false)
  await environmentClock(db, { speed: speed * 60 })
  // A start that is killed before it has told them leaves it to the next one.
  await environmentClock(db)
  await environmentClock(db, { speed: speed * 60 })
  expect(await changed()).toBe(true)
  await markClockTold(db)
  expect(await changed()).toBe(false)
  expect((await environmentClock(db)).speed).toBe(speed * 60)
})

test('from fast to slow and back, time goes on without a jump', async () => {
  const { anchorReal } = await readEnvironment(db)
  let real = anchorReal + 60_000
  const at = async (speed: number): Promise<number> =>
    (await environmentClock(db, { real: () => real, speed })).now()
  const first = await at(60)
  real += 1000
  const fast = await at(86_400)
  expect(fast).toBe(first + 60_000)
  real += 1000
  const slow = await at(1)
  expect(slow).toBe(fast + 86_400_000)
  real += 1000
  expect(await at(60)).toBe(slow + 1000)
})

test('what has passed is not waited for, and what is to come is not late', async () => {
  const { anchorReal, anchorVirtual, speed } = await readEnvironment(db)
  const clock = await environmentClock(db, { real: () => anchorReal })
  expect(await clock.msUntil(anchorVirtual - 1)).toBe(0)
  expect(await clock.lateMs(anchorVirtual + 1)).toBe(0)
  // Never woken a moment too early.
  expect(await clock.msUntil(anchorVirtual + 1)).toBe(Math.ceil(1 / speed))
})

test('a machine whose clock is set back does not take the environment along', async () => {
  const { anchorReal, anchorVirtual } = await readEnvironment(db)
  const clock = await environmentClock(db, { real: () => anchorReal - 60_000 })
  expect(await clock.now()).toBe(anchorVirtual)
})

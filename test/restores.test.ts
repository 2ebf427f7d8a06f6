/**
 * Restores: the database or Temporal alone is put back to an earlier day, or is lost. `relance reconcile` mends what can be
 * mended, and no e-mail goes out twice, or to somebody who said no.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import type { Reconciled } from '../client/contract/index.ts'
import type { RelanceClient } from '../client/library/client.ts'
import { csv } from './support/api.ts'
import { until, upProcess } from './support/up-process.ts'

/** Six hours of the cadence in a second. */
const SPEED = 21_600
const LEADS = 8
const MAILS = 4
const SOURCE = `
cadence: restored
from: claire
locale: en
window: { days: mon-sun, hours: "00:00-24:00" }
prospect: { interest: general }
qualified: { interest: comparing }
stages:
  - stage: contact
    until: { deal: won }
    steps:
${Array.from({ length: MAILS }, (_, n) => `      - { id: e${n + 1}, email: letter, wait: 1d }`).join('\n')}
`
const templates = {
  'letter.md': '---\nsubject: A question\n---\nDear {{ contact.first_name }},\n\nhow are you?\n',
}

/** What a backup of one of the two is made of, in the data folder. */
const PART = {
  database: (name: string) => name === 'pg',
  temporal: (name: string) => name.startsWith('temporal.db'),
}
type Part = keyof typeof PART

let tidy: () => Promise<void> = async () => undefined
afterEach(() => tidy(), 60_000)

/** A Relance in a folder of its own, which is stopped, put back, and started again. */
function relanceIn() {
  const folder = mkdtempSync(join(tmpdir(), 'relance-restores-'))
  const backup = `${folder}-backup`
  const { up, stop } = upProcess(folder, SPEED)
  tidy = async () => {
    await stop('SIGKILL')
    for (const one of [folder, backup]) rmSync(one, { recursive: true, force: true })
  }
  const each = (part: Part, from: string, work: (name: string) => void): void => {
    for (const name of readdirSync(from).filter(PART[part])) work(name)
  }
  const lose = (part: Part): void =>
    each(part, folder, (name) => rmSync(join(folder, name), { recursive: true, force: true }))
  return {
    up,
    stop,
    lose,
    /** What its starts have said. */
    said: () => readFileSync(join(folder, 'up.txt'), 'utf8'),
    keep: (part: Part): void =>
      each(part, folder, (name) => cpSync(join(folder, name), join(backup, name), { recursive: true })),
    putBack: (part: Part): void => {
      lose(part)
      each(part, backup, (name) => cpSync(join(backup, name), join(folder, name), { recursive: true }))
    },
  }
}

const person = (n: number): string => `p${n}@firm-${n}.example,P${n},Firm ${n}`
const sentTo = async (relance: RelanceClient, to: string): Promise<number> =>
  (await relance.inbox()).filter((mail) => mail.to.includes(to)).length
const atLeast = (relance: RelanceClient, each: number, leads: number): Promise<unknown> =>
  until(async () => {
    const counts = await Promise.all(Array.from({ length: leads }, (_, n) => sentTo(relance, `p${n}@`)))
    return counts.every((count) => count >= each) ? true : undefined
  })
const noneTwice = async (relance: RelanceClient): Promise<void> => {
  const ids = (await relance.inbox()).map(({ messageId }) => messageId)
  expect(ids.length).toBe(new Set(ids).size)
}
const print = (what: string, { dry, ...counts }: Reconciled): void =>
  void process.stdout.write(`${what}: ${JSON.stringify(counts)}\n`)

/** Everybody has had one e-mail; then a backup is made, and an hour or more goes by in which a lot happens. */
async function anHourApart(part: Part): Promise<ReturnType<typeof relanceIn>> {
  const world = relanceIn()
  let relance = await world.up()
  await relance.publish({ source: SOURCE, templates })
  await relance.launch('restored', csv(...Array.from({ length: LEADS }, (_, n) => person(n))))
  await atLeast(relance, 1, LEADS)
  await world.stop('SIGTERM')
  world.keep(part)
  relance = await world.up()
  await relance.launch('restored', csv(person(LEADS)))
  await relance.signal('p0@firm-0.example', 'unsubscribed')
  await relance.signal('p1@firm-1.example', 'deal.lost')
  await relance.signal('p2@firm-2.example', 'interest.expressed', { level: 'comparing' })
  await until(async () => {
    const [no, lost] = await Promise.all([0, 1].map((n) => relance.show(`p${n}@firm-${n}.example`)))
    return no?.outcome && lost?.outcome ? true : undefined
  })
  await until(async () => ((await sentTo(relance, 'p3@')) >= 3 ? true : undefined))
  await world.stop('SIGTERM')
  return world
}

test('a database that is older than Temporal learns what the workflows know', async () => {
  const world = await anHourApart('database')
  world.putBack('database')
  const relance = await world.up()
  const before = await sentTo(relance, 'p0@')
  // What workflows know, a worker has to say: it is the last part to start.
  const done = await until(async () => {
    const report = await relance.reconcile()
    print('database older', report)
    return report.failed.n === 0 ? report : undefined
  })
  expect(done).toMatchObject({ failed: { n: 0 }, unknown: { n: 0 }, orphans: { n: 1 } })
  await until(async () =>
    (await relance.show('p2@firm-2.example')).facts?.interest.value === 'comparing' ? true : undefined,
  )
  // Who said no in the hour that is lost, and whose deal was lost.
  expect((await relance.show('p0@firm-0.example')).outcome).toBe('opted_out')
  expect((await relance.show('p1@firm-1.example')).outcome).toBe('lost')
  expect(await relance.suppressions.show('p0@firm-0.example')).toMatchObject({
    suppressed: true,
  })
  await until(async () => {
    const counts = await Promise.all([2, 3, 4, 5, 6, 7].map((n) => sentTo(relance, `p${n}@`)))
    return counts.every((count) => count === MAILS) ? true : undefined
  })
  expect(await sentTo(relance, 'p0@')).toBe(before)
  await noneTwice(relance)
  await until(async () => ((await relance.doctor()).ok ? true : undefined))
}, 240_000)

test('a Temporal that is older than the database begins again from the record', async () => {
  const world = await anHourApart('temporal')
  world.putBack('temporal')
  const relance = await world.up()
  const done = await relance.reconcile()
  print('Temporal older', done)
  // Found out at the start, before a worker acted on it.
  expect(world.said()).toMatch(
    /of an earlier day than the database: 7 leads begun again .*, 2 workflows stopped/,
  )
  expect(done).toMatchObject({ failed: { n: 0 }, unknown: { n: 0 }, orphans: { n: 0 }, lines: 0 })
  await until(async () => {
    const counts = await Promise.all([2, 3, 4, 5, 6, 7, 8].map((n) => sentTo(relance, `p${n}@`)))
    return counts.every((count) => count === MAILS) ? true : undefined
  })
  expect((await relance.show('p0@firm-0.example')).outcome).toBe('opted_out')
  expect((await relance.show('p1@firm-1.example')).outcome).toBe('lost')
  expect((await relance.show('p2@firm-2.example')).facts?.interest.value).toBe('comparing')
  const { timeline } = await relance.show('p3@firm-3.example')
  expect(timeline.filter(({ kind }) => kind === 'begun_again')).toHaveLength(1)
  expect(timeline.filter(({ kind }) => kind === 'touch')).toHaveLength(MAILS)
  await noneTwice(relance)
  await until(async () => ((await relance.doctor()).ok ? true : undefined))
}, 240_000)

test('a Temporal that is lost whole begins again from the record', async () => {
  const world = await anHourApart('temporal')
  world.lose('temporal')
  const relance = await world.up()
  const done = await relance.reconcile()
  print('Temporal lost', done)
  expect(done).toMatchObject({ failed: { n: 0 }, unknown: { n: 0 }, orphans: { n: 0 }, lines: 0 })
  await until(async () => {
    const counts = await Promise.all([2, 3, 4, 5, 6, 7, 8].map((n) => sentTo(relance, `p${n}@`)))
    return counts.every((count) => count === MAILS) ? true : undefined
  })
  await noneTwice(relance)
  await until(async () => ((await relance.doctor()).ok ? true : undefined))
}, 240_000)

test('of a database that is lost whole, the workflows that are left are counted, and send nothing', async () => {
  const world = await anHourApart('database')
  world.lose('database')
  const relance = await world.up()
  const before = (await relance.inbox()).length
  const done = await relance.reconcile()
  print('database lost', done)
  expect(done).toMatchObject({ open: 0, begunAgain: { n: 0 }, orphans: { n: LEADS + 1 - 2 } })
  expect((await relance.inbox()).length).toBe(before)
}, 240_000)

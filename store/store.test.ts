import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { noFacts } from '../cadence/facts.ts'
import type { Because, Criterion } from '../cadence/reason.ts'
import type { Signal } from '../cadence/signals.ts'
import { DAY } from '../cadence/time.ts'
import { KINDS, openDatabase } from '../test/support/database.ts'
import { MONDAY, PLAN, touchOf, turnOf } from '../test/support/plans.ts'
import { benefits } from './benefits.ts'
import { getCadence, listCadences, publishCadence } from './cadences.ts'
import { findContact, listContacts } from './contacts.ts'
import type { Db } from './db.ts'
import { readEnvironment } from './environment.ts'
import { haltCadence, listHalts, releaseCadence } from './halts.ts'
import { insertLeads, markStarted, type NewLead, pendingStarts, setPaused } from './leads.ts'
import { ledgerIn } from './ledger.ts'
import { findLeads, signalWords } from './lookup.ts'
import type { Store } from './open.ts'
import { leadDetail, listLeads, readTimeline, summary } from './reads.ts'
import { insertSignals, markSignalsDelivered, pendingSignals } from './signals.ts'
import { listSuppressions, suppress } from './suppressions.ts'
import { doneTask, insertTask, listTasks } from './tasks.ts'
import { openTurn, writeTurn } from './turns.ts'

const into = { cadence: 'small', version: 1, now: MONDAY }
const somebody = (name: string, more: Partial<NewLead> = {}): NewLead => ({
  email: `${name}@${name}.example`,
  zone: 'Europe/Paris',
  ...more,
})
let signalled = 0
const signal = (type: Signal['type'], more: Partial<Signal> = {}): Signal => {
  signalled += 1
  return { id: `s${signalled}`, type, at: MONDAY, seen: MONDAY, data: {}, ...more }
}

const NEED: Criterion = { code: 'need', holds: false, has: 'unknown', wants: 'verified' }

describe.each(KINDS)('the store on %s', (kind) => {
  let store: Store
  let db: Db

  beforeAll(async () => {
    store = await openDatabase(kind)
    db = store.db
  }, 120_000)
  afterAll(() => store.close())

  const launch = async (...people: NewLead[]): Promise<string[]> => {
    const launched = await insertLeads(db, people, into)
    return launched.map((result) => ('id' in result ? result.id : ''))
  }
  const one = async (name: string, more: Partial<NewLead> = {}): Promise<string> =>
    (await launch(somebody(name, more)))[0] as string
  /** Records a turn, as the activity does. */
  const record = (input: ReturnType<typeof turnOf>): Promise<void> =>
    db.transaction(async (tx) => {
      const turn = await openTurn(tx, input)
      if (!turn.stale) await writeTurn(tx, input, turn.account, undefined)
    })
  const end = (lead: string): Promise<void> =>
    record(
      turnOf(lead, 1, MONDAY, {
        changes: [{ at: MONDAY, kind: 'end', outcome: 'lost', cause: { code: 'dropped' } }],
        view: {
          ...turnOf(lead, 1, MONDAY).view,
          outcome: { outcome: 'lost', at: MONDAY, cause: { code: 'dropped' } },
        },
      }),
    )

  test('the environment is made once', async () => {
    const first = await readEnvironment(db)
    expect(first.salt).toHaveLength(64)
    expect(first.speed).toBe(1)
    expect(await readEnvironment(db)).toEqual(first)
  })

  describe('cadences', () => {
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

  describe('launching', () => {
    test('writes the lead and its main contact', async () => {
      const person = somebody('Ines', {
        firstName: 'Inès',
        lastName: "O'Brien; drop table leads",
        title: 'CFO',
        phone: '+33 1',
        company: 'Fonderie “Roux”',
        country: 'FR',
        locale: 'fr',
        owner: 'claire',
        role: 'decision_maker',
        source: 'fair',
        externalId: '00Q1',
        custom: { siret: '123', remark: 'a\nb\t"c"' },
      })
      const id = await one('Ines', person)
      const found = await leadDetail(db, id)
      expect(found).toMatchObject({
        ...{ id, email: 'Ines@Ines.example', firstName: 'Inès', lastName: "O'Brien; drop table leads" },
        ...{ company: 'Fonderie “Roux”', country: 'FR', zone: 'Europe/Paris', locale: 'fr', owner: 'claire' },
        ...{
          source: 'fair',
          externalId: '00Q1',
          custom: person.custom,
          launchedAt: MONDAY,
          standing: 'lead',
        },
        ...{ stage: '', hold: null, outcome: null, endedAt: null, next: null, facts: null },
      })
      expect(await listContacts(db, id)).toEqual([
        {
          ...{ id: 'main', email: 'Ines@Ines.example', firstName: 'Inès', lastName: person.lastName },
          ...{ title: 'CFO', phone: '+33 1', role: 'decision_maker' },
        },
      ])
    })

    test('launches nobody twice: not in one list, not in a second one, not in another case', async () => {
      const first = await insertLeads(db, [somebody('twice'), somebody('TWICE'), somebody('once')], into)
      expect(first.map((r) => r.kind)).toEqual(['inserted', 'already', 'inserted'])
      const again = await insertLeads(db, [somebody('Twice'), somebody('once')], into)
      expect(again).toEqual([
        { kind: 'already', id: (first[0] as { id: string }).id },
        { kind: 'already', id: (first[2] as { id: string }).id },
      ])
    })

    test('an ended lead is not launched again by the same list, but may be by another cadence', async () => {
      const id = await one('ended')
      await end(id)
      expect(await insertLeads(db, [somebody('ended')], into)).toEqual([{ kind: 'already', id }])
      const elsewhere = await insertLeads(db, [somebody('ended')], { ...into, cadence: 'other' })
      expect(elsewhere).toMatchObject([{ kind: 'inserted' }])
      const third = await insertLeads(db, [somebody('ended')], { ...into, cadence: 'third' })
      expect(third).toMatchObject([{ kind: 'elsewhere', cadence: 'other' }])
    })

    test('a suppressed address is not launched', async () => {
      await suppress(db, 'NO@no.example', 'unsubscribed', MONDAY)
      expect(await insertLeads(db, [somebody('no')], into)).toEqual([
        { kind: 'suppressed', reason: 'unsubscribed' },
      ])
    })

    test('launched by ten at the same moment, each is launched once', async () => {
      const people = Array.from({ length: 20 }, (_, i) => somebody(`crowd${i}`))
      const results = await Promise.all(Array.from({ length: 10 }, () => insertLeads(db, people, into)))
      const inserted = results.flat().filter((r) => r.kind === 'inserted')
      expect(inserted).toHaveLength(20)
      const ids = new Set(results.flat().map((r) => 'id' in r && r.id))
      expect(ids.size).toBe(20)
    })

    test('more than fit in one statement keep their order', async () => {
      const people = Array.from({ length: 2100 }, (_, i) => somebody(`many${i}`))
      const results = await insertLeads(db, people, into)
      const ids = results.map((r) => ('id' in r ? r.id : ''))
      expect(new Set(ids).size).toBe(2100)
      expect((await leadDetail(db, ids[1733] as string))?.email).toBe('many1733@many1733.example')
    })

    test('leads wait to be started, with what their workflow needs', async () => {
      const id = await one('starter', { role: 'user' })
      const all = await pendingStarts(db, 100_000)
      expect(all.find((start) => start.id === id)).toEqual({
        ...{ id, cadence: 'small', version: 1, launchedAt: MONDAY, role: 'user' },
      })
      await markStarted(db, [id])
      expect((await pendingStarts(db, 100_000)).some((start) => start.id === id)).toBe(false)
    })

    test('colleagues share an account by domain, or by company where the domain is everybody’s', async () => {
      const ids = await launch(
        { email: 'a@acme.example', zone: 'UTC' },
        { email: 'b@ACME.example', zone: 'UTC', company: 'Something else' },
        { email: 'a1@gmail.com', zone: 'UTC', company: 'Bakery  Ltd' },
        { email: 'a2@gmail.com', zone: 'UTC', company: 'bakery ltd' },
        { email: 'a3@gmail.com', zone: 'UTC' },
      )
      const found = await db.execute(sql`select id, account_id from leads where account_id is not null`)
      const of = new Map(
        (found as unknown as { rows: { id: string; account_id: string }[] }).rows.map((r) => [
          r.id,
          r.account_id,
        ]),
      )
      const [a, b, c, d, e] = ids.map((id) => of.get(id))
      expect(a).toBe(b)
      expect(c).toBe(d)
      expect(a).not.toBe(c)
      expect(e).toBeUndefined()
    })
  })

  describe('signals', () => {
    test('are kept in order, once each, and handed over once their lead is started', async () => {
      const lead = await one('signals')
      const first = signal('interest.expressed', { data: { level: 'general' }, contact: 'main' })
      const second = signal('reply.received')
      const list = [
        { lead, signal: first },
        { lead, signal: second, personal: { message: 'Call me' } },
        { lead, signal: first },
      ]
      expect(await insertSignals(db, list)).toEqual(['inserted', 'inserted', 'duplicate'])
      expect(await insertSignals(db, list)).toEqual(['duplicate', 'duplicate', 'duplicate'])
      const mine = async () => (await pendingSignals(db, 100_000)).filter((p) => p.lead === lead)
      expect(await mine()).toEqual([])
      await markStarted(db, [lead])
      expect(await mine()).toEqual([
        { lead, signal: first },
        { lead, signal: second },
      ])
      await markSignalsDelivered(db, [{ lead, id: first.id }])
      expect(await mine()).toEqual([{ lead, signal: second }])
      expect(await signalWords(db, lead)).toMatchObject([
        { personal: {} },
        { personal: { message: 'Call me' } },
      ])
    })

    test('that a turn took in need not be handed over again', async () => {
      const lead = await one('taken-in')
      const [taken, left] = [signal('link.clicked'), signal('link.clicked')]
      await insertSignals(db, [
        { lead, signal: taken },
        { lead, signal: left },
      ])
      await markStarted(db, [lead])
      const line = { at: MONDAY, kind: 'signal' as const, id: taken.id, type: taken.type }
      await record(turnOf(lead, 1, MONDAY, { changes: [line] }))
      const pending = (await pendingSignals(db, 100_000)).filter((p) => p.lead === lead)
      expect(pending).toEqual([{ lead, signal: left }])
    })

    test('of somebody unknown are refused', async () => {
      await expect(insertSignals(db, [{ lead: 'nobody', signal: signal('deal.won') }])).rejects.toThrow()
    })

    test.each([
      ['unsubscribed', {}, 'unsubscribed'],
      ['email.complained', {}, 'complained'],
      ['email.bounced', { hard: true }, 'bounced'],
    ] as const)('%s suppresses the address at once', async (type, data, reason) => {
      const lead = await one(`out-${reason}`)
      await insertSignals(db, [{ lead, signal: signal(type, { data }) }])
      expect(await listSuppressions(db)).toContainEqual({
        ...{ email: `out-${reason}@out-${reason}.example`, reason, at: MONDAY },
      })
    })

    test('a soft bounce does not', async () => {
      const lead = await one('soft')
      await insertSignals(db, [{ lead, signal: signal('email.bounced', { data: { hard: false } }) }])
      expect((await listSuppressions(db)).some(({ email }) => email.startsWith('soft@'))).toBe(false)
    })

    test('identified contacts get a row, and what is learned later is added', async () => {
      const lead = await one('buyers')
      const contact = 'c1'
      const identified = (personal: Record<string, string>, role: string) =>
        insertSignals(db, [
          { lead, signal: signal('contact.identified', { contact, data: { role } }), personal },
        ])
      await identified({ email: 'Hugo@Buyers.example', first_name: 'Hugo' }, 'influencer')
      await identified({ last_name: 'Morel' }, 'decision_maker')
      expect((await listContacts(db, lead))[0]).toMatchObject({
        ...{
          id: 'c1',
          email: 'Hugo@Buyers.example',
          firstName: 'Hugo',
          lastName: 'Morel',
          role: 'decision_maker',
        },
      })
      expect(await findContact(db, lead, 'hugo@buyers.EXAMPLE')).toBe('c1')
      expect(await findContact(db, lead, 'else@buyers.example')).toBeUndefined()
    })

    test('an opt-out reaches the other leads that have the same person, and only those', async () => {
      const [mine, other] = (await launch(somebody('opt-a'), somebody('opt-b'))) as [string, string]
      const email = 'opt-a@opt-a.example'
      const known = signal('contact.identified', { contact: 'c9', data: { role: 'user' } })
      await insertSignals(db, [{ lead: other, signal: known, personal: { email } }])
      await insertSignals(db, [{ lead: mine, signal: signal('unsubscribed') }])
      const news = async (lead: string) =>
        (await signalWords(db, lead)).filter(({ id }) => id.startsWith('suppressed:'))
      expect(await news(other)).toMatchObject([{ id: 'suppressed:c9:unsubscribed', type: 'unsubscribed' }])
      expect(await news(mine)).toEqual([])
    })

    test('somebody who opted out before they were identified is known to have', async () => {
      const lead = await one('opt-c')
      await suppress(db, 'gone@opt-c.example', 'complained', MONDAY)
      const identified = signal('contact.identified', { contact: 'c2', data: { role: 'user' } })
      await insertSignals(db, [{ lead, signal: identified, personal: { email: 'gone@opt-c.example' } }])
      expect(await signalWords(db, lead)).toMatchObject([{}, { type: 'email.complained' }])
    })

    test('thousands at once keep their order', async () => {
      const ids = await launch(...Array.from({ length: 50 }, (_, i) => somebody(`bulk${i}`)))
      const list = Array.from({ length: 2500 }, (_, i) => ({
        lead: ids[i % 50] as string,
        signal: signal('link.clicked'),
      }))
      expect(new Set(await insertSignals(db, list))).toEqual(new Set(['inserted']))
      await markStarted(db, ids)
      const pending = (await pendingSignals(db, 100_000)).filter((p) => ids.includes(p.lead))
      expect(pending.map((p) => p.signal.id)).toEqual(list.map((l) => l.signal.id))
      await markSignalsDelivered(
        db,
        list.map((l) => ({ lead: l.lead, id: l.signal.id })),
      )
      expect((await pendingSignals(db, 100_000)).filter((p) => ids.includes(p.lead))).toEqual([])
    })
  })

  describe('turns', () => {
    test('write the timeline and what the screens show', async () => {
      const lead = await one('turn')
      const facts = { ...noFacts(), heard: MONDAY }
      const view = {
        ...turnOf(lead, 1, MONDAY).view,
        ...{
          standing: 'prospect' as const,
          missing: [NEED],
          urgency: 'pressing',
          hold: 'reply' as const,
        },
      }
      const changes = [
        { at: MONDAY, kind: 'launched' as const },
        { at: MONDAY + 5, kind: 'urgency' as const, urgency: 'pressing', criteria: [NEED] },
      ]
      await record(turnOf(lead, 1, MONDAY + 5, { changes, view, facts }))
      expect(await readTimeline(db, lead)).toEqual([
        { seq: 1, at: MONDAY, kind: 'launched' },
        { seq: 2, at: MONDAY + 5, kind: 'urgency', urgency: 'pressing', criteria: [NEED] },
      ])
      expect(await leadDetail(db, lead)).toMatchObject({
        ...{ standing: 'prospect', missing: [NEED], urgency: 'pressing', hold: 'reply', facts },
        ...{ because: { code: 'every_goal_met' }, endedAt: null },
      })
    })

    test('recorded twice are recorded once, and an older one changes nothing', async () => {
      const lead = await one('seq')
      const first = turnOf(lead, 1, MONDAY)
      const second = turnOf(lead, 2, MONDAY + DAY, { view: { ...first.view, stage: 'demo' } })
      await record(first)
      await record(second)
      await record(second)
      await record(first)
      expect(await readTimeline(db, lead)).toHaveLength(2)
      expect((await leadDetail(db, lead))?.stage).toBe('demo')
    })

    test('without a change, the one that looked later wins', async () => {
      const lead = await one('looks')
      const look = (now: number, because: Because) =>
        turnOf(lead, 1, now, { changes: [], view: { ...turnOf(lead, 1, now).view, because } })
      await record(look(MONDAY + 2, { code: 'no_nurture' }))
      await record(look(MONDAY + 1, { code: 'every_goal_met' }))
      expect((await leadDetail(db, lead))?.because).toEqual({ code: 'no_nurture' })
    })

    test('an end is final, and frees the address', async () => {
      const lead = await one('final')
      await end(lead)
      await record(turnOf(lead, 2, MONDAY + DAY))
      expect(await leadDetail(db, lead)).toMatchObject({ endedAt: MONDAY })
      expect(await insertLeads(db, [somebody('final')], { ...into, cadence: 'x' })).toMatchObject([
        { kind: 'inserted' },
      ])
    })

    test('note which signals were taken in', async () => {
      const lead = await one('folding')
      const taken = signal('reply.received')
      const left = signal('reply.received')
      await insertSignals(db, [
        { lead, signal: taken },
        { lead, signal: left },
      ])
      await record(
        turnOf(lead, 1, MONDAY, {
          changes: [{ at: MONDAY, kind: 'signal', type: taken.type, id: taken.id }],
        }),
      )
      const found = await db.execute(sql`select id from signals where lead_id = ${lead} and not folded`)
      expect((found as unknown as { rows: unknown[] }).rows).toEqual([{ id: left.id }])
    })

    test('of an unknown lead throw', async () => {
      await expect(record(turnOf('nobody', 1, MONDAY))).rejects.toThrow('there is no lead nobody')
    })
  })

  describe('looking', () => {
    test('finds the open lead of an address, else the latest', async () => {
      const old = await one('finder')
      await end(old)
      const email = 'Finder@finder.example'
      expect((await findLeads(db, [email])).get(email)).toMatchObject({ id: old, ended: true })
      const [fresh] = await insertLeads(db, [somebody('finder')], { ...into, cadence: 'finder2' })
      const found = await findLeads(db, [email, old, 'nobody'])
      expect(found.get(email)).toMatchObject({ id: (fresh as { id: string }).id, ended: false })
      expect(found.get(old)).toMatchObject({ id: old, ended: true })
      expect(found.has('nobody')).toBe(false)
    })

    test('lists by filter, in pages', async () => {
      const list = (
        await insertLeads(
          db,
          Array.from({ length: 7 }, (_, i) => somebody(`page${i}`)),
          { ...into, cadence: 'pages' },
        )
      ).map((r) => ('id' in r ? r.id : ''))
      await end(list[0] as string)
      await db.execute(sql`update leads set cadence = 'pages' where id = ${list[0]}`)
      expect(await listLeads(db, { cadence: 'pages' })).toHaveLength(7)
      expect(await listLeads(db, { cadence: 'pages', open: false })).toMatchObject([{ id: list[0] }])
      expect(await listLeads(db, { cadence: 'pages', outcome: 'lost' })).toHaveLength(1)
      const first = await listLeads(db, { cadence: 'pages', limit: 4 })
      const rest = await listLeads(db, { cadence: 'pages', after: first.at(-1)?.id })
      expect([...first, ...rest].map((l) => l.id)).toEqual([...list].sort())
    })

    test('a pause shows before the workflow has heard of it', async () => {
      const lead = await one('pausing')
      await setPaused(db, lead, MONDAY)
      expect((await leadDetail(db, lead))?.hold).toBe('paused')
      await setPaused(db, lead, undefined)
      expect((await leadDetail(db, lead))?.hold).toBeNull()
    })

    test('counts', async () => {
      const cadence = 'counted'
      const ids = (
        await insertLeads(
          db,
          ['n1', 'n2', 'n3'].map((n) => somebody(n)),
          { ...into, cadence },
        )
      ).map((r) => ('id' in r ? r.id : ''))
      await end(ids[0] as string)
      await db.execute(sql`update leads set cadence = ${cadence} where id = ${ids[0]}`)
      const task = { kind: 'task' as const, wording: null, text: 'Call', for: null, at: MONDAY, due: null }
      await insertTask(db, { ...task, id: 'n/1/a', lead: ids[1] as string })
      await insertTask(db, { ...task, id: 'n/1/b', lead: ids[1] as string })
      await doneTask(db, 'n/1/b', MONDAY)
      expect(await summary(db, cadence)).toEqual({
        ...{ leads: 3, open: 2, ended: 1, standing: { lead: 3 }, outcome: { lost: 1 }, stage: { '': 2 } },
        ...{ touches: {}, tasks: { open: 1, done: 1 } },
      })
      expect((await summary(db)).leads).toBeGreaterThan(3)
    })

    test('which benefit sells', async () => {
      const [lead] = await insertLeads(db, [somebody('benefit')], into)
      const id = lead && 'id' in lead ? lead.id : ''
      for (const [step, theme] of [
        ['one', 'ease'],
        ['two', 'ease'],
        ['three', 'support'],
      ] as const) {
        const touch = touchOf(id, step, { theme })
        await ledgerIn(db).claim({
          touch,
          account: null,
          cadence: 'small',
          version: 1,
          slot: MONDAY,
          token: step,
          now: MONDAY,
        })
        await ledgerIn(db).settle({ key: touch.key, token: step, status: 'accepted', now: MONDAY })
      }
      const likes = signal('interest.expressed', { data: { level: 'general', theme: 'ease' } })
      await insertSignals(db, [{ lead: id, signal: likes }])
      expect(await benefits(db)).toEqual([
        { theme: 'ease', sent: 2, leads: 1, answered: 1, won: 0 },
        { theme: 'support', sent: 1, leads: 1, answered: 0, won: 0 },
      ])
      await db.execute(sql`update leads set standing = 'customer' where id = ${id}`)
      expect((await benefits(db))[0]).toMatchObject({ theme: 'ease', won: 1 })
    })

    test('tasks: to do first; done once; the same touch twice is one', async () => {
      const lead = await one('desk', { company: 'Desk & Co' })
      const task = {
        lead,
        kind: 'task' as const,
        wording: null,
        text: 'Call Zoé',
        for: 'claire',
        due: MONDAY + DAY,
      }
      await insertTask(db, { ...task, id: `${lead}/1/a`, at: MONDAY })
      await insertTask(db, { ...task, id: `${lead}/1/b`, at: MONDAY + 1 })
      await insertTask(db, { ...task, id: `${lead}/1/a`, at: MONDAY })
      expect(await doneTask(db, `${lead}/1/a`, MONDAY + 9)).toBe(true)
      await doneTask(db, `${lead}/1/a`, MONDAY + 99)
      expect(await doneTask(db, 'nothing', MONDAY)).toBe(false)
      const listed = await listTasks(db, { lead })
      expect(listed.map((t) => [t.id, t.doneAt])).toEqual([
        [`${lead}/1/b`, null],
        [`${lead}/1/a`, MONDAY + 9],
      ])
      expect(listed[0]).toMatchObject({ ...task, at: MONDAY + 1, company: 'Desk & Co' })
      expect(await listTasks(db, { lead, open: true })).toHaveLength(1)
    })
  })
})

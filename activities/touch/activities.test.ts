import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Gate } from '../../cadence/reason.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import { publishCadence } from '../../store/cadences.ts'
import { haltCadence, releaseCadence } from '../../store/halts.ts'
import { newId } from '../../store/ids.ts'
import { insertLeads, type NewLead, setPaused } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { Store } from '../../store/open.ts'
import { leadDetail, readTimeline } from '../../store/reads.ts'
import { insertSignals } from '../../store/signals.ts'
import { listSuppressions } from '../../store/suppressions.ts'
import { listTasks } from '../../store/tasks.ts'
import { KINDS, openDatabase } from '../../test/support/database.ts'
import { type FixedClock, fixedClock } from '../../test/support/fixed-clock.ts'
import { FILES, MONDAY, orderOf, PLAN, touchOf, turnOf, want } from '../../test/support/plans.ts'
import { withReservedSlots } from '../../test/support/reserve-slots.ts'
import type { AttemptAnswer, LeadActivities } from '../../workflows/contract.ts'
import { createActivities } from '../index.ts'
import type { SendResult } from '../mail/answers.ts'
import { type FakeMailbox, fakeMailbox } from '../mail/fake-mailbox.ts'
import type { ActivityDeps } from './deps.ts'

const WEEK = 7 * DAY

describe.each(KINDS)('the activities on %s', (kind) => {
  let store: Store
  let clock: FixedClock
  let mailbox: FakeMailbox
  let answers: (SendResult | undefined)[]
  let logged: unknown[]
  let activities: LeadActivities
  let deps: ActivityDeps

  beforeAll(async () => {
    store = await openDatabase(kind)
    await publishCadence(store.db, {
      ...{ name: 'small', source: '', files: FILES, plan: PLAN, hash: '1', now: MONDAY },
    })
  }, 120_000)
  afterAll(() => store.close())
  beforeEach(() => {
    clock = fixedClock(MONDAY)
    answers = []
    logged = []
    mailbox = fakeMailbox(() => answers.shift())
    const log = (...line: unknown[]): void => {
      logged.push(line)
    }
    // A mailbox of its own for each test: no slot is taken yet.
    const name = newId()
    deps = {
      db: store.db,
      clock,
      mailboxes: () => ({ mailbox, spacing: 1000 }),
      log: { info: log, warn: log, error: log },
    }
    activities = carrier(deps)
    plan = { ...PLAN, from: name }
  })

  /** Activities whose e-mails have their slots. */
  const carrier = (of: ActivityDeps): LeadActivities => withReservedSlots(store.db, createActivities(of))
  let plan = PLAN
  /** A lead in a cadence whose mailbox no other test uses. */
  async function launch(more: Partial<NewLead> = {}): Promise<string> {
    const { version } = await publishCadence(store.db, {
      ...{ name: 'small', source: '', files: FILES, plan, hash: plan.from, now: MONDAY },
    })
    versions.set(plan.from, version)
    const id = newId()
    const person = { email: `zoe@${id}.example`, zone: 'Europe/Paris', firstName: 'Zoé', company: 'Acme' }
    const [lead] = await insertLeads(store.db, [{ ...person, ...more }], {
      cadence: 'small',
      version,
      now: MONDAY,
    })
    return (lead as { id: string }).id
  }
  const versions = new Map<string, number>()
  const version = (): number => versions.get(plan.from) as number
  const turn: typeof turnOf = (lead, seq, now, more) => {
    const input = turnOf(lead, seq, now, more)
    return { ...input, view: { ...input.view, version: version() } }
  }
  const order = (touch: Touch, slot = MONDAY, seq = 2) => {
    const input = orderOf(touch, slot, seq)
    const view = { ...input.then.view, version: version() }
    return { ...input, version: version(), then: { ...input.then, view } }
  }
  const ledger = async (lead: string) => ledgerIn(store.db).list({ lead })
  const slotsOf = async (mailboxName: string): Promise<number> => {
    const found = await store.db.execute(sql`select at from slots where mailbox = ${mailboxName}`)
    return (found as unknown as { rows: unknown[] }).rows.length
  }
  const signal = (lead: string, type: 'reply.received' | 'unsubscribed') =>
    insertSignals(store.db, [{ lead, signal: { id: newId(), type, at: MONDAY, seen: MONDAY, data: {} } }])

  describe('record', () => {
    test('reserves the mailbox’s slot, one for each lead', async () => {
      const [a, b] = [await launch(), await launch()]
      const first = await activities.record(turn(a, 1, MONDAY, { want: want('email', MONDAY) }))
      expect(first).toMatchObject({ slot: MONDAY, wake: MONDAY, waitMs: 0 })
      const second = await activities.record(turn(b, 1, MONDAY, { want: want('email', MONDAY) }))
      expect(second).toMatchObject({ slot: MONDAY + 1000, waitMs: 1000 })
      expect((await leadDetail(store.db, b))?.endedAt).toBeNull()
    })

    test('again, or after something else was wanted, gives the slot back first', async () => {
      const lead = await launch()
      const email = turn(lead, 1, MONDAY, { want: want('email', MONDAY) })
      expect(await activities.record(email)).toEqual(await activities.record(email))
      expect(await slotsOf(plan.from)).toBe(1)
      await activities.record(turn(lead, 2, MONDAY, { want: want('task', MONDAY) }))
      expect(await slotsOf(plan.from)).toBe(0)
    })

    test('the same turn at the same moment, by several workers, reserves one slot, and all are told of it', async () => {
      const lead = await launch()
      const email = turn(lead, 1, MONDAY, { want: want('email', MONDAY) })
      const workers = Array.from({ length: 4 }, () => createActivities(deps))
      const answers = await Promise.all([...workers, ...workers].map((worker) => worker.record(email)))
      expect(new Set(answers.map(({ slot }) => slot))).toEqual(new Set([MONDAY]))
      expect(await slotsOf(plan.from)).toBe(1)
    })

    test('shows what comes next', async () => {
      const lead = await launch()
      const base = turn(lead, 1, MONDAY, { want: want('email', MONDAY, { waits: [{ n: 1, unit: 'bd' }] }) })
      const view = { ...base.view, next: { step: 'hello', kind: 'email' as const } }
      const answer = await activities.record({ ...base, view })
      expect(answer.slot).toBe(MONDAY + DAY)
      expect((await leadDetail(store.db, lead))?.next).toMatchObject({
        ...{ step: 'hello', kind: 'email', at: answer.slot, why: answer.why },
      })
      expect(answer.why).toMatchObject([{ code: 'waited', waits: [{ n: 1, unit: 'bd' }] }])
    })

    test('wakes for what is sooner, the slot or another look; for neither when there is neither', async () => {
      const lead = await launch()
      const input = turn(lead, 1, MONDAY, { want: want('email', MONDAY + DAY), again: MONDAY + HOUR })
      expect(await activities.record(input)).toMatchObject({
        ...{ slot: MONDAY + DAY, wake: MONDAY + HOUR, waitMs: HOUR },
      })
      expect(await activities.record(turn(lead, 2, MONDAY, { again: MONDAY + HOUR }))).toMatchObject({
        ...{ wake: MONDAY + HOUR, waitMs: HOUR },
      })
      expect(await activities.record(turn(lead, 3, MONDAY))).toEqual({
        ...{ format: FORMAT, details: "every stage's goal is met; waits for the deal" },
      })
    })

    test('a moment’s noise of the machine changes nothing; an outage is planned again from now', async () => {
      const lead = await launch()
      clock.at = MONDAY + 9000
      const noise = await activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
      expect(noise.slot).toBe(MONDAY)
      clock.at = MONDAY + 2 * DAY
      const outage = await activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
      expect(outage.slot).toBe(MONDAY + 2 * DAY)
    })

    test('being late is judged in real time', async () => {
      const lead = await launch()
      const fast = fixedClock(MONDAY + 9 * DAY, 86_400)
      const sped = carrier({ ...deps, clock: fast })
      const answer = await sped.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
      expect(answer.slot).toBe(MONDAY)
    })

    test('puts nobody over their cap, and counts what was sent', async () => {
      const lead = await launch()
      await activities.attempt(order(touchOf(lead, 'hello'), MONDAY, 1))
      clock.at = MONDAY + DAY
      await activities.attempt(order(touchOf(lead, 'gain'), MONDAY + DAY, 2))
      const third = await activities.record(turn(lead, 3, clock.at, { want: want('email', clock.at) }))
      expect(third.slot).toBe(MONDAY + WEEK)
    })

    test('colleagues that plan at one moment share their account’s cap, and no slot', async () => {
      const company = `${newId()}.example`
      const leads = await Promise.all(
        Array.from({ length: 8 }, (_, i) => launch({ email: `p${i}@${company}` })),
      )
      const planned = await Promise.all(
        leads.map((lead) => activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))),
      )
      const slots = planned.map(({ slot }) => slot as number).sort((a, b) => a - b)
      expect(new Set(slots).size).toBe(8)
      for (const slot of slots) {
        expect(slots.filter((other) => other >= slot && other < slot + WEEK).length).toBeLessThanOrEqual(3)
      }
      expect(slots[2]).toBeLessThan(MONDAY + DAY)
    })

    test('an older turn that comes late is told what is on record', async () => {
      const lead = await launch()
      const now = await activities.record(turn(lead, 2, MONDAY + 5, { want: want('email', MONDAY + DAY) }))
      const late = await activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
      expect(late).toEqual(now)
    })
  })

  describe('an e-mail', () => {
    test('is sent, written down and followed by the next turn', async () => {
      const lead = await launch()
      const answer = await activities.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'done', key: `${lead}/1/hello`, next: { slot: MONDAY + 2 * DAY } })
      expect(mailbox.sent).toMatchObject([
        {
          ...{ subject: 'A question, Zoé', text: 'Hello from Claire.\n', date: MONDAY, references: [] },
          ...{
            from: { email: 'claire@atelier.example' },
            to: { name: 'Zoé', email: (await leadDetail(store.db, lead))?.email },
          },
        },
      ])
      const [row] = await ledger(lead)
      const messageId = mailbox.sent[0]?.messageId as string
      expect(row).toMatchObject({ status: 'accepted', slot: MONDAY, subject: 'A question, Zoé', messageId })
      expect(await readTimeline(store.db, lead)).toHaveLength(1)
    })
    test('is sent once, however often it is attempted, by whichever process', async () => {
      const lead = await launch()
      const first = await activities.attempt(order(touchOf(lead, 'hello')))
      clock.at = MONDAY + 2000
      expect(await activities.attempt(order(touchOf(lead, 'hello')))).toMatchObject({
        ...first,
        next: { ...(first as { next: object }).next, waitMs: 2 * DAY - 2000 },
      })
      expect(await carrier(deps).deliver(order(touchOf(lead, 'hello')))).toMatchObject({
        kind: 'done',
      })
      expect(mailbox.sent).toHaveLength(1)
    })

    test('twice at the same moment, in one process or in two, is sent once', async () => {
      const lead = await launch()
      const other = carrier(deps)
      const it = order(touchOf(lead, 'hello'))
      const came = await Promise.all([activities.attempt(it), activities.attempt(it), other.attempt(it)])
      expect(mailbox.sent).toHaveLength(1)
      const [row] = await ledger(lead)
      expect(row?.status).toBe('accepted')
      // Whoever sent it knows; the other process has lost it, or came between the dot and the server's answer.
      expect(came.map(({ kind: is }) => is)).toContain('done')
      for (const answer of came) {
        if (answer.kind === 'came_out') expect(answer.result).toMatchObject({ kind: 'unconfirmed' })
        else expect(['done', 'slow']).toContain(answer.kind)
      }
      expect((await other.deliver(it)).kind).toBe('done')
    })

    test('answers the one it is threaded to', async () => {
      const lead = await launch()
      await activities.attempt(order(touchOf(lead, 'hello')))
      clock.at = MONDAY + DAY
      await activities.attempt(order(touchOf(lead, 'gain', { thread: 'hello' }), clock.at, 3))
      expect(mailbox.sent[1]?.references).toEqual([mailbox.sent[0]?.messageId])
      expect(mailbox.sent[1]?.subject).toBe('Two hours a week for Acme')
    })

    test('whose slot was given up meanwhile is held back, and planned again', async () => {
      const lead = await launch()
      const others = createActivities(deps)
      const it = order(touchOf(lead, 'hello'))
      const planned = turn(lead, 1, MONDAY, { want: want('email', MONDAY, { notBefore: MONDAY + HOUR }) })
      await others.record(planned)
      const later = { kind: 'later', now: MONDAY, notBefore: MONDAY, delay: { code: 'slot_given_up' } }
      expect(await others.attempt(it)).toMatchObject(later)
      expect(await ledger(lead)).toMatchObject([{ status: 'closed', handedOverAt: null }])
      expect(mailbox.sent).toEqual([])
      clock.at = MONDAY + HOUR
      expect((await others.attempt({ ...it, slot: MONDAY + HOUR })).kind).toBe('done')
      expect(mailbox.sent).toHaveLength(1)
    })

    test('too late for its slot is not claimed, and planned again', async () => {
      const lead = await launch()
      clock.at = MONDAY + HOUR
      const answer = await activities.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'later', now: clock.at, notBefore: clock.at })
      expect(await ledger(lead)).toEqual([])
    })

    test('refused for its address: a hard bounce, and nobody writes there again', async () => {
      const lead = await launch()
      const no = {
        kind: 'refused',
        permanent: true,
        code: 550,
        about: 'address',
        response: '550 no',
      } as const
      answers = [{ ...no, enhanced: '5.1.1' }]
      const answer = await activities.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'came_out', result: { kind: 'refused', hard: true } })
      expect(await activities.attempt(order(touchOf(lead, 'hello')))).toEqual(answer)
      expect(mailbox.tried).toHaveLength(1)
      const email = mailbox.tried[0]?.to.email
      expect(await listSuppressions(store.db)).toContainEqual({ email, reason: 'bounced', at: MONDAY })
    })

    test.each([
      ['for what it says', { about: 'message', enhanced: '5.7.1' }],
      ['for who sends it', { about: 'address', enhanced: '5.1.8' }],
    ] as const)('refused %s says nothing of the address', async (_, how) => {
      const lead = await launch()
      answers = [{ kind: 'refused', permanent: true, code: 550, response: 'no', ...how }]
      expect(await activities.attempt(order(touchOf(lead, 'hello')))).toMatchObject({
        ...{ kind: 'came_out', result: { kind: 'refused', hard: false } },
      })
      const email = mailbox.tried[0]?.to.email
      expect((await listSuppressions(store.db)).some((s) => s.email === email)).toBe(false)
    })

    test('put off by the server is tried again, the waits growing, and given up after five days', async () => {
      const lead = await launch()
      const later = { kind: 'deferred', trouble: 'server', code: 451, enhanced: '4.7.1', response: '451' }
      const waits: number[] = []
      let answer: AttemptAnswer | undefined
      while (answer === undefined || answer.kind === 'later') {
        answers = [later as SendResult]
        answer = await activities.attempt(order(touchOf(lead, 'hello'), clock.at))
        if (answer.kind !== 'later') break
        waits.push((answer.notBefore - clock.at) / 60_000)
        clock.at = answer.notBefore
      }
      expect(waits.slice(0, 6)).toEqual([1, 5, 15, 60, 240, 240])
      expect(clock.at - MONDAY).toBeGreaterThanOrEqual(5 * DAY)
      expect(clock.at - MONDAY).toBeLessThan(5.5 * DAY)
      expect(answer).toMatchObject({ kind: 'came_out', result: { kind: 'failed' } })
      expect(await ledger(lead)).toMatchObject([{ status: 'failed' }])
    })

    test('put off waits in real time, whatever the environment’s speed', async () => {
      const lead = await launch()
      answers = [{ kind: 'deferred', trouble: 'server', code: 451, enhanced: undefined, response: '' }]
      const sped = carrier({ ...deps, clock: fixedClock(MONDAY, 100) })
      expect(await sped.attempt(order(touchOf(lead, 'hello')))).toMatchObject({
        notBefore: MONDAY + 6_000_000,
      })
    })

    test('put off once, it is sent the next time', async () => {
      const lead = await launch()
      answers = [{ kind: 'deferred', trouble: 'network', code: undefined, enhanced: undefined, response: '' }]
      expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('later')
      expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
      expect(await ledger(lead)).toMatchObject([{ status: 'accepted', attempts: 2 }])
    })

    test('without an answer is unconfirmed, and not sent again', async () => {
      const lead = await launch()
      answers = [{ kind: 'unconfirmed', why: 'gone' }]
      const answer = { kind: 'came_out', result: { kind: 'unconfirmed' } }
      expect(await activities.attempt(order(touchOf(lead, 'hello')))).toMatchObject(answer)
      expect(await carrier(deps).attempt(order(touchOf(lead, 'hello')))).toMatchObject(answer)
      expect(mailbox.tried).toHaveLength(1)
      expect(await ledger(lead)).toMatchObject([{ status: 'unconfirmed' }])
    })

    test('that can’t be written fails, and the reason names nobody', async () => {
      const lead = await launch({ firstName: undefined, company: 'Secret Ltd' })
      const answer = await activities.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'came_out', result: { kind: 'failed' } })
      expect(answer).toMatchObject({
        result: { failure: { error: 'variable_without_value', values: { variable: 'contact.first_name' } } },
      })
      expect(await activities.attempt(order(touchOf(lead, 'hello')))).toEqual(answer)
      const unknown = await activities.attempt(order(touchOf(lead, 'nothing')))
      expect(unknown).toMatchObject({
        result: { kind: 'failed', failure: { code: 'no_template', template: 'nothing' } },
      })
      const nobody = await activities.attempt(order(touchOf(lead, 'x', { contact: 'c7', name: 'gain' })))
      expect(nobody).toMatchObject({ result: { kind: 'failed', failure: { code: 'no_address' } } })
      expect(JSON.stringify([answer, unknown, nobody, logged])).not.toMatch(/Secret|zoe@/)
    })

    test('an offer that has ended is not quoted', async () => {
      const lead = await launch()
      const touch = touchOf(lead, 'hello', { offer: { name: 'early', ends: MONDAY - 1 } })
      expect(await activities.attempt(order(touch))).toMatchObject({
        result: { failure: { code: 'offer_over' } },
      })
    })

    test('whose mailbox isn’t configured waits until it is', async () => {
      const lead = await launch()
      const without = carrier({
        ...deps,
        mailboxes: () => {
          throw new RelanceError('mailbox_unknown', { mailbox: 'claire', known: [] })
        },
      })
      expect(await without.attempt(order(touchOf(lead, 'hello')))).toMatchObject({
        ...{ kind: 'later', notBefore: MONDAY + 60_000 },
        delay: { code: 'mailbox_unknown', mailbox: plan.from },
      })
      expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
    })
  })

  describe('the gate', () => {
    const closedBy: [string, (lead: string) => Promise<unknown>, Gate][] = [
      ['a pause', (lead) => setPaused(store.db, lead, MONDAY), 'paused'],
      ['a reply that waits', (lead) => signal(lead, 'reply.received'), 'signal'],
      ['an opt-out', (lead) => signal(lead, 'unsubscribed'), 'signal'],
      ['an erasure', (lead) => set(lead, sql`erased_at = now()`), 'erased'],
      ['an end', (lead) => set(lead, sql`ended_at = now()`), 'ended'],
    ]
    const set = (lead: string, what: ReturnType<typeof sql>): Promise<unknown> =>
      store.db.execute(sql`update leads set ${what} where id = ${lead}`)

    test.each(closedBy)('is closed by %s', async (_, close, gate) => {
      const lead = await launch()
      await close(lead)
      const answer = await activities.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'closed', now: MONDAY, delay: { code: 'gate_closed', gate } })
      expect(mailbox.tried).toEqual([])
      expect(await ledger(lead)).toEqual([])
    })

    test.each(closedBy)('is closed by %s even while the message is on its way', async (_, close, gate) => {
      const lead = await launch()
      const slow: FakeMailbox = {
        ...mailbox,
        send: async (message, hooks) => {
          await close(lead)
          return mailbox.send(message, hooks)
        },
      }
      const racing = carrier({ ...deps, mailboxes: () => ({ mailbox: slow, spacing: 1000 }) })
      const answer = await racing.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'closed', delay: { code: 'gate_closed', gate } })
      expect(mailbox.sent).toEqual([])
    })

    test('is closed by what is acknowledged while the mark is being written', async () => {
      const lead = await launch()
      // The opt-out is committed between the mark and the final dot.
      const db = new Proxy(store.db, {
        get(target, property) {
          if (property !== 'execute') return Reflect.get(target, property, target)
          return async (query: never) => {
            const result = await target.execute(query)
            if (JSON.stringify(query).includes('handed_over_at =')) await signal(lead, 'unsubscribed')
            return result
          }
        },
      })
      const answer = await carrier({ ...deps, db }).attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'closed' })
      expect(mailbox.sent).toEqual([])
      expect(await ledger(lead)).toMatchObject([{ status: 'closed' }])
    })

    test('opens again once the workflow has taken a signal in', async () => {
      const lead = await launch()
      const [id] = [newId()]
      await insertSignals(store.db, [
        { lead, signal: { id, type: 'link.clicked', at: MONDAY, seen: MONDAY, data: {} } },
      ])
      expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('closed')
      await activities.record(
        turn(lead, 1, MONDAY, { changes: [{ at: MONDAY, kind: 'signal', type: 'link.clicked', id }] }),
      )
      expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
    })

    test('is closed for an address that opted out elsewhere, but not for a task', async () => {
      const lead = await launch()
      const email = (await leadDetail(store.db, lead))?.email as string
      await store.db.execute(
        sql`insert into suppressions (email_key, reason, at) values (${email}, 'asked', now())`,
      )
      const answer = await activities.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'closed', again: MONDAY + DAY })
      const task = touchOf(lead, 'call', { kind: 'task', name: 'Call' })
      expect((await activities.attempt(order(task))).kind).toBe('done')
    })

    test('is closed while the cadence is halted', async () => {
      const lead = await launch()
      await haltCadence(store.db, 'small', 'a wrong price', MONDAY)
      const answer = await activities.attempt(order(touchOf(lead, 'hello')))
      expect(answer).toMatchObject({ kind: 'closed', again: MONDAY + HOUR })
      await releaseCadence(store.db, 'small')
      expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
    })
  })

  describe('the desk', () => {
    test.each([
      ['task', 'Call {{ contact.first_name }} of {{ lead.company }}', 'Call Zoé of Acme', 'claire'],
      ['credit_check', 'creditsafe', 'Credit check with creditsafe: Acme', 'finance'],
      ['notify', 'manager', 'Zoé, Acme: stage contact, urgency calm', 'manager'],
      ['notify', 'owner', 'Zoé, Acme: stage contact, urgency calm', 'claire'],
    ] as const)('%s %s', async (what, name, text, who) => {
      const lead = await launch({ owner: 'claire' })
      const touch = touchOf(lead, 'it', { kind: what, name, due: { n: 5, unit: 'bd' } })
      expect(await activities.attempt(order(touch))).toMatchObject({ kind: 'done', key: touch.key })
      expect(await activities.attempt(order(touch))).toMatchObject({ kind: 'done' })
      expect(await listTasks(store.db, { lead })).toMatchObject([
        {
          ...{ id: touch.key, lead, kind: what, text, for: who, at: MONDAY, due: MONDAY + WEEK },
          ...{ doneAt: null, company: 'Acme' },
        },
      ])
      expect(await ledger(lead)).toMatchObject([{ kind: what, status: 'accepted' }])
    })

    test('a task that can’t be written fails', async () => {
      const lead = await launch({ firstName: undefined })
      const touch = touchOf(lead, 'it', { kind: 'task', name: 'Call {{ contact.first_name }}' })
      expect(await activities.attempt(order(touch))).toMatchObject({ result: { kind: 'failed' } })
      expect(await listTasks(store.db, { lead })).toEqual([])
    })
  })

  describe('a slow server', () => {
    /** Sends only when it is told to; `answer` is what it says then. */
    function gated() {
      let open: () => void = () => undefined
      const opened = new Promise<void>((resolve) => {
        open = resolve
      })
      const slow: FakeMailbox = {
        ...mailbox,
        send: async (message, hooks) => {
          await opened
          return mailbox.send(message, hooks)
        },
      }
      const mailboxes = () => ({ mailbox: slow, spacing: 1000 })
      return { open, mailboxes, budget: { attempt: 1, deliver: 60_000 } }
    }

    test('is left to `deliver`, which joins what is on its way', async () => {
      const lead = await launch()
      const { open, ...slow } = gated()
      const patient = carrier({ ...deps, ...slow })
      expect(await patient.attempt(order(touchOf(lead, 'hello')))).toMatchObject({ kind: 'slow' })
      const delivered = patient.deliver(order(touchOf(lead, 'hello')))
      open()
      expect((await delivered).kind).toBe('done')
      expect(mailbox.sent).toHaveLength(1)
    })

    test('that another process takes over from can’t be handed over any more', async () => {
      const lead = await launch()
      const { open, ...slow } = gated()
      const first = carrier({ ...deps, ...slow })
      expect(await first.attempt(order(touchOf(lead, 'hello')))).toMatchObject({ kind: 'slow' })
      expect((await activities.deliver(order(touchOf(lead, 'hello')))).kind).toBe('done')
      open()
      await expect(first.deliver(order(touchOf(lead, 'hello')))).rejects.toMatchObject({ type: 'slow' })
      expect((await first.deliver(order(touchOf(lead, 'hello')))).kind).toBe('done')
      expect(mailbox.sent).toHaveLength(1)
      expect(mailbox.tried).toHaveLength(2)
    })

    test('that answers when nobody waits any more is written down all the same', async () => {
      const lead = await launch()
      let answer: (result: SendResult) => void = () => undefined
      const answered = new Promise<SendResult>((resolve) => {
        answer = resolve
      })
      let handed: () => void = () => undefined
      const handedOver = new Promise<void>((resolve) => {
        handed = resolve
      })
      const slow: FakeMailbox = {
        ...mailbox,
        send: async (_, hooks) => {
          await hooks.handingOver()
          handed()
          return answered
        },
      }
      const budget = { attempt: 1, deliver: 1 }
      const mailboxes = () => ({ mailbox: slow, spacing: 1000 })
      const first = carrier({ ...deps, mailboxes, budget })
      expect(await first.attempt(order(touchOf(lead, 'hello')))).toMatchObject({ kind: 'slow' })
      await expect(first.deliver(order(touchOf(lead, 'hello')))).rejects.toMatchObject({ type: 'slow' })
      await handedOver
      // Another process can't know.
      expect(await activities.deliver(order(touchOf(lead, 'hello')))).toMatchObject({
        ...{ kind: 'came_out', result: { kind: 'unconfirmed' } },
      })
      answer({ kind: 'accepted', response: '250 OK' })
      await new Promise(setImmediate)
      // Behind what the first process has just asked of the one connection there is.
      if (kind === 'pglite') expect(await ledger(lead)).toMatchObject([{ status: 'accepted' }])
      expect((await first.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
      expect(await ledger(lead)).toMatchObject([{ status: 'accepted' }])
    })
  })

  test('what a database says of a failure stays in the process', async () => {
    const lead = await launch()
    const trouble = Object.assign(new Error('Failed query: … params: zoe@acme.example'), { code: '57P01' })
    const db = new Proxy(store.db, {
      get: (target, property) =>
        property === 'execute' ? () => Promise.reject(trouble) : Reflect.get(target, property, target),
    })
    const failing = carrier({ ...deps, db }).attempt(order(touchOf(lead, 'hello')))
    await expect(failing).rejects.toMatchObject({
      message: 'failed with 57P01',
      type: '57P01',
      cause: undefined,
    })
    expect(JSON.stringify(logged)).not.toContain('zoe@')
    expect(JSON.stringify(logged)).toContain(lead)
  })
})

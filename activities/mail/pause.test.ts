/**
 * A fault of ours ends nobody: touches are put off, the mailbox is paused after a few alike, its owner is told once, one
 * e-mail is tried now and then, and its success lets all go on.
 */
import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { DAY, HOUR, MINUTE } from '../../cadence/time.ts'
import { rows } from '../../store/db.ts'
import { newId } from '../../store/ids.ts'
import { endTrouble, listTroubles } from '../../store/mailbox-troubles.ts'
import { listSuppressions } from '../../store/suppression-list.ts'
import { listTasks } from '../../store/tasks.ts'
import { openDatabases } from '../../test/support/database.ts'
import { MONDAY, touchOf } from '../../test/support/plans.ts'
import { REPLIES } from '../../test/support/replies.ts'
import { touchesOn } from '../../test/support/touches.ts'
import type { Refused } from './answers.ts'
import { no } from './fake-mailbox.ts'
import { isOurs } from './replies/classify.ts'

const LOGIN = no('login', {
  stage: 'auth',
  code: 535,
  response: '535 5.7.8 bad login of claire@atelier.example',
})

describe.each(await openDatabases())('a mailbox in trouble on %s', (_, { db }) => {
  /** Leads that are tried one after the other, and what the mailbox is at. */
  function world(server?: string) {
    const touches = touchesOn(db)
    const { deps, carrier, answers, launch, order, clock, plan, mailbox, ledger } = touches
    const use = { mailbox, spacing: 1000, ...(server !== undefined && { server }) }
    const activities = carrier({ ...deps, mailboxes: () => use })
    const attempt = (lead: string) => activities.attempt(order(touchOf(lead, 'hello'), clock.at))
    const refused = async (lead: string, answer: Refused) => {
      answers.push(answer)
      return attempt(lead)
    }
    const trouble = async () => (await listTroubles(db)).find((one) => one.mailbox === plan.from)
    const told = async (leads: string[]) =>
      (await Promise.all(leads.map((lead) => listTasks(db, { lead })))).flat()
    const leads = (n: number) => Promise.all(Array.from({ length: n }, () => launch({ owner: 'tom' })))
    return {
      ...touches,
      attempt,
      refused,
      trouble,
      told,
      leads,
      status: async (lead: string) => (await ledger(lead))[0]?.status,
    }
  }

  test('is paused after three refusals alike, and its owner is told once', async () => {
    const { clock, plan, leads, refused, attempt, trouble, told, mailbox, logged } = world()
    const all = await leads(6)
    const [a, b, c, d] = all as [string, string, string, string]
    for (const lead of [a, b]) {
      expect(await refused(lead, LOGIN)).toEqual({
        ...{ format: 3, kind: 'later', now: clock.at, notBefore: clock.at + 5 * MINUTE },
        delay: { code: 'mailbox_refused', mailbox: plan.from, fault: 'login' },
      })
    }
    expect(await trouble()).toMatchObject({ count: 2, pausedAt: null })
    const paused = { code: 'mailbox_paused', mailbox: plan.from, fault: 'login' }
    const closed = { kind: 'closed', again: clock.at + 15 * MINUTE, delay: paused }
    expect(await refused(c, LOGIN)).toMatchObject(closed)
    // Nobody else is tried.
    expect(await attempt(d)).toMatchObject(closed)
    expect(mailbox.tried).toHaveLength(3)
    expect(await told(all)).toMatchObject([
      { kind: 'notify', for: 'tom', lead: c, wording: { ...paused, says: LOGIN.response } },
    ])
    // The server's words are in the log, and nobody's address.
    expect(JSON.stringify(logged)).toContain('535 5.7.8 bad login of <…>')
    expect(JSON.stringify(logged)).not.toContain('claire@')
  })

  test('is paused by faults of one class, however each is called', async () => {
    const faults = {
      paused: [
        ['login', 'relay', 'sender'],
        ['block_list', 'authentication', 'block_list'],
      ],
      not: [
        ['login', 'block_list', 'relay', 'authentication'],
        ['login', 'letter', 'login', 'unknown', 'login'],
      ],
    } as const
    for (const verdicts of [...faults.paused, ...faults.not]) {
      const { leads, refused, trouble, told } = world()
      const all = await leads(verdicts.length)
      for (const [i, verdict] of verdicts.entries()) await refused(all[i] as string, no(verdict))
      const isPaused = faults.paused.some((one) => one === verdicts)
      expect({ verdicts, paused: (await trouble())?.pausedAt !== null }).toEqual({
        verdicts,
        paused: isPaused,
      })
      const notices = (await told(all)).filter(({ wording }) => wording?.code === 'mailbox_paused')
      expect(notices).toHaveLength(isPaused ? 1 : 0)
    }
  })

  test('is tried now and then, the waits growing; what it says then is no matter of the recipient', async () => {
    const { clock, leads, refused, attempt, trouble, told, mailbox, status } = world()
    const all = await leads(8)
    for (const lead of all.slice(0, 3)) await refused(lead, LOGIN)
    const tries: number[] = []
    const begun = clock.at
    while (clock.at < begun + 2 * DAY) {
      clock.at = (await trouble())?.probeAt as number
      const before = mailbox.tried.length
      const [first, ...rest] = all as [string, ...string[]]
      const unknown = tries.length % 2 === 1
      expect((await refused(first, unknown ? no('unknown') : LOGIN)).kind).toBe('closed')
      for (const lead of rest) expect((await attempt(lead)).kind).toBe('closed')
      expect(mailbox.tried).toHaveLength(before + 1)
      tries.push(clock.at - begun)
    }
    expect(tries.slice(0, 4).map((ms) => ms / MINUTE)).toEqual([15, 75, 315, 555])
    expect(await told(all)).toHaveLength(1)
    for (const lead of all) expect(['deferred', undefined]).toContain(await status(lead))
  })

  test('goes on when one is taken: its leads hear of it', async () => {
    const { clock, plan, leads, refused, attempt, trouble } = world()
    const all = await leads(5)
    for (const lead of all.slice(0, 3)) await refused(lead, LOGIN)
    const waiting = all[4] as string
    await db.execute(
      sql`update leads set reason = ${JSON.stringify({ code: 'put_off', what: {}, delay: { code: 'mailbox_paused', mailbox: plan.from, fault: 'login' } })}::jsonb
          where id = ${waiting}`,
    )
    clock.at = (await trouble())?.probeAt as number
    expect((await attempt(all[0] as string)).kind).toBe('done')
    expect(await trouble()).toBeUndefined()
    const heard = await rows<{ lead: string; data: object }>(
      db,
      sql`select lead_id as lead, data from signals where type = 'mailbox.resumed' and lead_id in (${sql.join(all, sql`, `)})`,
    )
    expect(heard).toEqual([{ lead: waiting, data: { mailbox: plan.from } }])
    expect((await attempt(all[1] as string)).kind).toBe('done')
  })

  test('is let go by hand, too', async () => {
    const { clock, plan, leads, refused, attempt } = world()
    const all = await leads(4)
    for (const lead of all.slice(0, 3)) await refused(lead, LOGIN)
    expect(await endTrouble(db, plan.from, clock.at)).toBe(true)
    expect(await endTrouble(db, plan.from, clock.at)).toBe(false)
    expect((await attempt(all[3] as string)).kind).toBe('done')
  })

  test('what is taken in between begins the count anew, and so does an hour', async () => {
    const { clock, leads, refused, attempt, trouble } = world()
    const [a, b, c, d] = (await leads(4)) as [string, string, string, string]
    await refused(a, LOGIN)
    await refused(b, LOGIN)
    expect((await attempt(c)).kind).toBe('done')
    expect(await trouble()).toBeUndefined()
    await refused(a, LOGIN)
    await refused(b, LOGIN)
    clock.at += HOUR + 1
    await refused(d, LOGIN)
    expect(await trouble()).toMatchObject({ count: 1, pausedAt: null })
  })

  test('of a server whose other mailbox is paused for the same stops them all', async () => {
    const server = `smtp.${newId()}.example`
    const [one, two, three] = [world(server), world(server), world(server)]
    for (const { leads, refused } of [one, two]) {
      for (const lead of await leads(3)) await refused(lead, LOGIN)
    }
    expect(await two.trouble()).toMatchObject({ serverWide: true })
    const [lead] = (await three.leads(1)) as [string]
    expect(await three.attempt(lead)).toMatchObject({ kind: 'closed', delay: { mailbox: three.plan.from } })
    // One of them sends again: the others are their own matter.
    two.clock.at = three.clock.at = (await two.trouble())?.probeAt as number
    expect((await three.attempt(lead)).kind).toBe('done')
    expect(await two.trouble()).toMatchObject({ serverWide: false })
  })

  test('three letters, or ten unknown addresses in a row are about us; a full mailbox never is', async () => {
    const letters = world()
    const [x, y, z] = (await letters.leads(3)) as [string, string, string]
    const spam = no('letter', { stage: 'dot', response: '554 spam' })
    for (const lead of [x, y]) expect(await letters.refused(lead, spam)).toMatchObject({ kind: 'came_out' })
    expect(await letters.refused(z, spam)).toMatchObject({ kind: 'closed', delay: { fault: 'all_refused' } })
    const unknown = world()
    const many = await unknown.leads(10)
    for (const lead of many.slice(0, 9))
      expect(await unknown.refused(lead, no('unknown'))).toMatchObject({ result: { hard: true } })
    expect(await unknown.refused(many[9] as string, no('unknown'))).toMatchObject({ kind: 'closed' })
    const full = world()
    for (const lead of await full.leads(12)) {
      expect(await full.refused(lead, no('full'))).toMatchObject({ kind: 'later', delay: { why: 'full' } })
    }
    expect(await full.trouble()).toBeUndefined()
  })

  test('that refuses one lead for days, and sends to others, tells its owner, and goes on', async () => {
    const { clock, leads, refused, attempt, told, status } = world()
    const [a] = (await leads(1)) as [string]
    const others = await leads(12)
    const blocked = no('block_list', { response: '554 5.7.1 blocked using x' })
    for (const other of others) {
      const answer = await refused(a, blocked)
      expect(answer).toMatchObject({ kind: 'later', delay: { fault: 'block_list' } })
      expect((await attempt(other)).kind).toBe('done')
      clock.at = (answer as { notBefore: number }).notBefore
    }
    expect(await told([a])).toMatchObject([{ wording: { code: 'letter_held_back', fault: 'block_list' } }])
    expect(await status(a)).toBe('deferred')
  })

  test('trouble that everybody has for days is not the recipient’s', async () => {
    const { clock, leads, refused, attempt, status } = world()
    const [a, b] = (await leads(2)) as [string, string]
    let answer = await refused(a, no('trouble', { code: 451 }))
    while (clock.at < MONDAY + 7 * DAY) {
      clock.at = (answer as { notBefore: number }).notBefore
      answer = await refused(a, no('trouble', { code: 451 }))
      expect(answer).toMatchObject({ kind: 'later' })
    }
    expect((await attempt(b)).kind).toBe('done')
    clock.at += HOUR
    expect(await refused(a, no('trouble', { code: 451 }))).toMatchObject({ result: { kind: 'failed' } })
    expect(await status(a)).toBe('failed')
  })

  test('trouble that many have for days pauses the mailbox, and is told as that', async () => {
    const { clock, answers, leads, refused, attempt, trouble, told, status } = world()
    const all = await leads(5)
    const busy = no('trouble', { code: 451, response: '451 4.3.0 not now' })
    const next = new Map<string, number>()
    while (clock.at < MONDAY + 6 * DAY) {
      const due = all.filter((lead) => (next.get(lead) ?? 0) <= clock.at)
      for (const lead of due) {
        const answer = await refused(lead, busy)
        expect(['later', 'closed']).toContain(answer.kind)
        next.set(lead, answer.kind === 'later' ? answer.notBefore : (answer as { again: number }).again)
      }
      clock.at += 4 * HOUR
    }
    expect(await trouble()).toMatchObject({ fault: 'all_refused', says: '451 4.3.0 not now' })
    const codes = (await told(all)).map(({ wording }) => wording?.code).sort()
    expect(codes).toEqual(['letter_held_back', 'letter_held_back', 'mailbox_paused'])
    for (const lead of all) expect(await status(lead)).toBe('deferred')
    answers.splice(0)
    clock.at = (await trouble())?.probeAt as number
    expect((await attempt(all[0] as string)).kind).toBe('done')
    expect(await trouble()).toBeUndefined()
  })

  test('whatever of the table is about us, nobody ends, and nobody is suppressed', async () => {
    const { leads, refused, answers, clock, trouble, mailbox, told } = world()
    const ours = REPLIES.filter(({ verdict }) => isOurs(verdict))
    const all = await leads(3)
    const before = (await listSuppressions(db, { limit: 10_000 })).length
    for (const { stage, verdict, text } of ours) {
      for (const lead of all) {
        const probeAt = (await trouble())?.probeAt
        if (probeAt) clock.at = probeAt
        expect(['later', 'closed']).toContain(
          (await refused(lead, no(verdict, { stage, response: text }))).kind,
        )
        answers.splice(0)
      }
    }
    expect(mailbox.sent).toEqual([])
    expect((await listSuppressions(db, { limit: 10_000 })).length).toBe(before)
    expect((await told(all)).filter(({ wording }) => wording?.code === 'mailbox_paused')).toHaveLength(1)
  })
})

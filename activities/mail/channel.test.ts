/** An e-mail as a touch: sent once, put off, refused, unconfirmed, given up. */

import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { RelanceError } from '../../cadence/errors.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import { editLead } from '../../store/edit.ts'
import { leadDetail, readTimeline } from '../../store/reads.ts'
import { listSuppressions } from '../../store/suppression-list.ts'
import { listTasks } from '../../store/tasks.ts'
import { openDatabases } from '../../test/support/database.ts'
import { fixedClock } from '../../test/support/fixed-clock.ts'
import { MONDAY, touchOf, want } from '../../test/support/plans.ts'
import { touchesOn } from '../../test/support/touches.ts'
import type { AttemptAnswer } from '../../workflows/contract.ts'
import { createActivities } from '../index.ts'
import { no } from './fake-mailbox.ts'

describe.each(await openDatabases())('an e-mail on %s', (_, { db }) => {
  test('is sent, written down and followed by the next turn', async () => {
    const { mailbox, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    const answer = await activities.attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'done', key: `${lead}/1/hello`, next: { slot: MONDAY + 2 * DAY } })
    expect(mailbox.sent).toMatchObject([
      {
        ...{ subject: 'A question, Zoé', text: 'Hello from Claire.\n', date: MONDAY, references: [] },
        ...{
          from: { email: 'claire@atelier.example' },
          to: { name: 'Zoé', email: (await leadDetail(db, lead))?.email },
        },
      },
    ])
    const [row] = await ledger(lead)
    const messageId = mailbox.sent[0]?.messageId as string
    expect(row).toMatchObject({ status: 'accepted', slot: MONDAY, subject: 'A question, Zoé', messageId })
    expect(await readTimeline(db, lead)).toHaveLength(1)
  })
  test('is sent once, however often it is attempted, by whichever process', async () => {
    const { clock, mailbox, deps, carrier, activities, launch, order } = touchesOn(db)
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
    const { mailbox, deps, carrier, activities, launch, order, ledger } = touchesOn(db)
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
    const { clock, mailbox, activities, launch, order } = touchesOn(db)
    const lead = await launch()
    await activities.attempt(order(touchOf(lead, 'hello')))
    clock.at = MONDAY + DAY
    await activities.attempt(order(touchOf(lead, 'gain', { thread: 'hello' }), clock.at, 3))
    expect(mailbox.sent[1]?.references).toEqual([mailbox.sent[0]?.messageId])
    expect(mailbox.sent[1]?.subject).toBe('Re: A question, Zoé')
  })

  test('whose slot was given up meanwhile is held back, and planned again', async () => {
    const { clock, mailbox, deps, launch, turn, order, ledger } = touchesOn(db)
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
    const { clock, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    clock.at = MONDAY + HOUR
    const answer = await activities.attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'later', now: clock.at, notBefore: clock.at })
    expect(await ledger(lead)).toEqual([])
  })

  test('refused for its address: a hard bounce, and nobody writes there again', async () => {
    const { answers, mailbox, activities, launch, order } = touchesOn(db)
    const lead = await launch()
    answers.push(no('unknown', { enhanced: '5.1.1' }))
    const answer = await activities.attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'came_out', result: { kind: 'refused', hard: true } })
    expect(await activities.attempt(order(touchOf(lead, 'hello')))).toEqual(answer)
    expect(mailbox.tried).toHaveLength(1)
    const email = mailbox.tried[0]?.to.email
    expect(await listSuppressions(db)).toContainEqual(
      expect.objectContaining({ email, reason: 'bounced', at: MONDAY, source: 'mail' }),
    )
  })

  test('refused for what it says: nothing is said of the address, and the owner is told', async () => {
    const { answers, mailbox, activities, launch, order } = touchesOn(db)
    const lead = await launch({ owner: 'tom' })
    answers.push(no('letter', { stage: 'dot', response: '554 5.7.1 spam' }))
    expect(await activities.attempt(order(touchOf(lead, 'hello')))).toMatchObject({
      ...{ kind: 'came_out', result: { kind: 'refused', hard: false } },
    })
    const email = mailbox.tried[0]?.to.email
    expect((await listSuppressions(db)).some((s) => s.email === email)).toBe(false)
    expect(await listTasks(db, { lead })).toMatchObject([
      {
        kind: 'notify',
        for: 'tom',
        wording: { code: 'letter_refused', says: '554 5.7.1 spam' },
        contact: { email },
      },
    ])
  })

  test('put off by the server is tried again, the waits growing, and given up after five days', async () => {
    const { clock, answers, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    const later = no('full', { code: 452, response: '452 4.2.2 full' })
    const waits: number[] = []
    let answer: AttemptAnswer | undefined
    while (answer === undefined || answer.kind === 'later') {
      answers.push(later)
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
    expect(await listTasks(db, { lead })).toMatchObject([{ wording: { code: 'letter_given_up' } }])
  })

  test('put off waits in real time, whatever the environment’s speed', async () => {
    const { answers, deps, carrier, launch, order } = touchesOn(db)
    const lead = await launch()
    answers.push(no('trouble', { code: 451 }))
    const sped = carrier({ ...deps, clock: fixedClock(MONDAY, 100) })
    expect(await sped.attempt(order(touchOf(lead, 'hello')))).toMatchObject({
      notBefore: MONDAY + 6_000_000,
    })
  })

  test('put off once, it is sent the next time', async () => {
    const { answers, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    answers.push(no('connection', { stage: 'connect', code: undefined }))
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('later')
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
    expect(await ledger(lead)).toMatchObject([{ status: 'accepted', attempts: 2 }])
  })

  test('without an answer is unconfirmed, and not sent again', async () => {
    const { answers, mailbox, deps, carrier, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    answers.push({ kind: 'unconfirmed', why: 'gone' })
    const answer = { kind: 'came_out', result: { kind: 'unconfirmed' } }
    expect(await activities.attempt(order(touchOf(lead, 'hello')))).toMatchObject(answer)
    expect(await carrier(deps).attempt(order(touchOf(lead, 'hello')))).toMatchObject(answer)
    expect(mailbox.tried).toHaveLength(1)
    expect(await ledger(lead)).toMatchObject([{ status: 'unconfirmed' }])
  })

  test('that can’t be written waits to be mended, and what is said of it names nobody', async () => {
    const { logged, mailbox, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch({ firstName: undefined, company: 'Secret Ltd' })
    const hello = order(touchOf(lead, 'hello'))
    const answer = await activities.attempt(hello)
    const text = { template: 'hello.md' }
    expect(answer).toMatchObject({
      ...{ kind: 'flawed' },
      flaw: { code: 'text_unwritable', why: { text, kind: 'value', variable: 'contact.first_name' } },
    })
    expect(await activities.attempt(hello)).toEqual(answer)
    expect(await ledger(lead)).toMatchObject([{ status: 'deferred', attempts: 2, handedOverAt: null }])
    const unknown = await activities.attempt(order(touchOf(lead, 'nothing')))
    const language = { text: { template: 'nothing' }, kind: 'language', language: 'en' }
    expect(unknown).toMatchObject({ kind: 'flawed', flaw: { code: 'text_unwritable', why: language } })
    const nobody = await activities.attempt(order(touchOf(lead, 'x', { contact: 'c7', name: 'gain' })))
    expect(nobody).toMatchObject({ kind: 'flawed', flaw: { code: 'address_missing', contact: 'c7' } })
    expect(JSON.stringify([answer, unknown, nobody, logged])).not.toMatch(/Secret|zoe@/)
    expect(mailbox.tried).toEqual([])

    await editLead(db, {
      ...{ lead, contact: 'main', fields: { first_name: 'Zoé' } },
      now: MONDAY,
      by: 'tom',
    })
    await db.execute(sql`update signals set folded = true where lead_id = ${lead}`)
    expect((await activities.attempt(hello)).kind).toBe('done')
    expect(mailbox.sent).toMatchObject([{ subject: 'A question, Zoé' }])
  })

  test('an offer that has ended is not quoted', async () => {
    const { activities, launch, order } = touchesOn(db)
    const lead = await launch()
    const touch = touchOf(lead, 'hello', { offer: { name: 'early', ends: MONDAY - 1 } })
    expect(await activities.attempt(order(touch))).toMatchObject({
      result: { failure: { code: 'offer_over' } },
    })
  })

  test('whose mailbox isn’t configured waits until it is', async () => {
    const { deps, carrier, activities, plan, launch, order } = touchesOn(db)
    const lead = await launch()
    const without = carrier({
      ...deps,
      mailboxes: () => {
        throw new RelanceError('mailbox_unknown', { mailbox: 'claire', known: [] })
      },
    })
    expect(await without.attempt(order(touchOf(lead, 'hello')))).toMatchObject({
      ...{ kind: 'later', notBefore: MONDAY + 300_000 },
      delay: { code: 'mailbox_unknown', mailbox: plan.from },
    })
    await without.attempt(order(touchOf(await launch(), 'hello')))
    // Told once, whoever's letter found it.
    const tell = { code: 'mailbox_missing', mailbox: plan.from, cadence: 'small' }
    expect((await listTasks(db)).filter(({ text }) => text.includes(plan.from))).toMatchObject([
      { kind: 'notify', lead, for: plan.owner, wording: tell },
    ])
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
  })
})

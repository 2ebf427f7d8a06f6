import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { leadDetail } from '../../store/reads.ts'
import { suppress } from '../../store/suppressions.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended, started } from '../../test/support/leads.ts'
import { referrals } from './referrals.ts'
import { sendSignal } from './signals.ts'

describe.each(await openDatabases())('referrals on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let n = 0
  let lead: string

  beforeAll(async () => {
    await publishPlan(store)
    await publishPlan(
      store,
      'friends',
      {},
      {
        'hello.md':
          '---\nsubject: Hello\n---\n{% if referrer.first_name %}{{ referrer.first_name }} sent me.{% endif %} {{ contact.first_name }}!\n',
      },
    )
  })
  beforeEach(async () => {
    n += 1
    lead = await started(store, `lea@customer-${n}.example`, {
      country: 'FR',
      region: 'FR-57',
      locale: 'fr',
      owner: 'Claire',
    })
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  /** Somebody named. */
  const names = (who: string, more: Record<string, string> = {}, by = lead, id = `of-${who}`) =>
    sendSignal(api.deps, {
      lead: by,
      id,
      type: 'referral.given',
      fields: { email: `${who}@friend-${n}.example`, first_name: 'Inès', ...more },
    })
  const settled = async (): Promise<void> => {
    const since = api.relay.wake()
    await new Promise<void>((resolve) => {
      const stop = api.relay.watch(({ n, idle }) => {
        if (n < since || !idle) return
        stop()
        resolve()
      })
    })
  }

  test('somebody new becomes a lead of the referrer’s cadence, who remembers who sent them', async () => {
    const { referral } = await names('ines', { company: 'Fonderie Roux' })
    expect(referral?.became).toBe('started')
    const made = await leadDetail(store.db, referral?.lead ?? '')
    expect(made).toMatchObject({
      cadence: 'first',
      referrer: lead,
      company: 'Fonderie Roux',
      source: 'referral',
    })
    // What nobody said is as with who sent them.
    expect(made).toMatchObject({
      country: 'FR',
      region: 'FR-57',
      locale: 'fr',
      owner: 'Claire',
      zone: 'Europe/Paris',
    })
    await settled()
    expect(api.workflows.started.map((input) => input.lead.id)).toEqual([referral?.lead])
    expect(JSON.stringify([api.workflows.started, api.workflows.arrived])).not.toMatch(/friend|Inès|Fonderie/)
  })

  test('of any cadence; one that is not there, or whose texts can not be filled, is said before anything is kept', async () => {
    expect((await names('ines', { cadence: 'friends' })).referral?.became).toBe('started')
    await expect(names('max', { cadence: 'nowhere' })).rejects.toMatchObject({ code: 'cadence_unknown' })
    const nameless = sendSignal(api.deps, {
      lead,
      type: 'referral.given',
      fields: { email: `noname@friend-${n}.example` },
    })
    await expect(nameless).rejects.toMatchObject({
      code: 'unfillable_template',
      message: expect.stringMatching(/first_name/),
    })
    await expect(names('x', { email: `lea@customer-${n}.example` })).rejects.toMatchObject({
      code: 'self_referral',
    })
    expect((await referrals(api.deps, lead)).referred).toHaveLength(1)
  })

  test('somebody who is a lead already is linked; a signal twice is one referral', async () => {
    const known = await started(store, `ines@friend-${n}.example`)
    expect((await names('ines')).referral).toEqual({ lead: known, became: 'linked' })
    expect(await names('ines')).toMatchObject({
      duplicate: true,
      referral: { lead: known, became: 'linked' },
    })
    const { referred } = await referrals(api.deps, lead)
    expect(referred.map(({ lead, became }) => [lead, became])).toEqual([[known, 'linked']])
  })

  test('an address that must not be written to stays unwritten', async () => {
    await suppress(store.db, `ines@friend-${n}.example`, 'unsubscribed', NOW)
    expect((await names('ines')).referral).toEqual({ lead: null, became: 'suppressed' })
  })

  test('a customer whose lead has ended still refers', async () => {
    await ended(store, lead)
    expect(await names('ines')).toMatchObject({ ended: true, referral: { became: 'started' } })
  })

  test('chains can be asked for from both ends, also when they come round', async () => {
    const ines = (await names('ines')).referral?.lead ?? ''
    const max = (await names('max', {}, ines)).referral?.lead ?? ''
    const zoe = (await names('zoe')).referral?.lead ?? ''
    await names('lea', { email: `lea@customer-${n}.example` }, max)
    const from = await referrals(api.deps, lead)
    expect(from.referred.map(({ lead, depth }) => [lead, depth])).toEqual([
      [ines, 1],
      [max, 2],
      [zoe, 1],
    ])
    expect((await referrals(api.deps, max)).referredBy.map(({ by, depth }) => [by, depth])).toEqual([
      [ines, 1],
      [lead, 2],
    ])
  })

  test('five at once name the same person: one lead, five links', async () => {
    const customers = await Promise.all(
      [1, 2, 3, 4, 5].map((i) => started(store, `lea@customer-${n}-${i}.example`)),
    )
    const answers = await Promise.all(customers.map((by) => names('ines', {}, by)))
    expect(new Set(answers.map(({ referral }) => referral?.lead)).size).toBe(1)
    expect(answers.filter(({ referral }) => referral?.became === 'started')).toHaveLength(1)
  })
})

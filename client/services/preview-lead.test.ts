/** What `preview` shows of a running lead is what its mailbox is given. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import { DAY } from '../../cadence/time.ts'
import { apiOn } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended } from '../../test/support/leads.ts'
import { MONDAY, touchOf } from '../../test/support/plans.ts'
import { touchesOn } from '../../test/support/touches.ts'

describe.each(await openDatabases())('a preview on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let it: ReturnType<typeof touchesOn>
  beforeEach(() => {
    it = touchesOn(store.db)
    const senderOf = (name: string) =>
      name === it.plan.from ? it.mailbox.from : { email: 'nobody@x.example' }
    api = apiOn(store, { senderOf })
  })
  afterEach(() => api.stop())

  const begun = async (): Promise<string> => {
    const id = await it.launch()
    const { version } = it.turn(id, 1, MONDAY).view
    api.workflows.explanation = {
      ...{ format: FORMAT, lead: newLead(id, MONDAY), cadence: 'small', version, kind: 'rest' },
      because: { code: 'every_goal_met' },
    }
    return id
  }

  test('letters go out as they were shown', async () => {
    const lead = await begun()
    const { activities, order, mailbox, clock } = it
    const hello = (await api.client.preview(lead, 'hello')).letters
    await activities.attempt(order(touchOf(lead, 'hello')))
    clock.at = MONDAY + DAY
    const gain = (await api.client.preview(lead, 'gain')).letters
    await activities.attempt(order(touchOf(lead, 'gain', { thread: 'hello' }), clock.at, 3))
    const sent = mailbox.sent.map(({ subject, text, html, from, to }) => ({
      subjects: [{ subject }],
      ...{ text, html, from: `${from.name} <${from.email}>`, to: `${to.name} <${to.email}>` },
    }))
    expect([...hello, ...gain]).toMatchObject(sent)
    expect(gain[0]?.subjects).toEqual([{ subject: 'Re: A question, Zoé', variant: null, of: 'thread' }])
  })

  test('without a template, all of the cadence', async () => {
    const { letters, cadence, version } = await api.client.preview(await begun())
    expect({ cadence, version }).toMatchObject({ cadence: 'small', version: expect.any(Number) })
    expect(letters.map(({ step, file }) => [step, file])).toEqual([
      ['hello', 'hello.md'],
      ['gain', 'gain.md'],
    ])
  })

  test('an ended lead, an unknown template, an unknown lead', async () => {
    const lead = await begun()
    await expect(api.client.preview(lead, 'helo')).rejects.toMatchObject({
      ...{ code: 'template_unknown', values: { meant: 'hello', known: ['hello', 'gain'] } },
    })
    await expect(api.client.preview('nobody')).rejects.toMatchObject({ code: 'lead_unknown' })
    await ended(store, lead)
    await expect(api.client.preview(lead)).rejects.toMatchObject({ code: 'lead_ended' })
  })
})

import { describe, expect, test } from '@jest/globals'
import { problems } from './findings.ts'

const mail = (messageId: string, to: string, date: string) => ({ messageId, to, date })
const touch = (at: string) => ({
  at,
  kind: 'touch',
  channel: 'email',
  result: 'done',
  step: 'hello',
  text: '',
})
const lead = (email: string, timeline: { at: string; kind: string; text: string }[]) => ({
  id: email.slice(0, 1),
  lead: {
    id: email.slice(0, 1),
    email,
    company: null,
    firstName: null,
    lastName: null,
    launchedAt: '2026-01-01T00:00:00Z',
  },
  timeline,
})

describe('what a demo must not show', () => {
  const ana = lead('ana@a.example', [
    touch('2026-01-05T09:00:00Z'),
    touch('2026-01-08T09:00:00Z'),
    { at: '2026-01-09T00:00:00Z', kind: 'end', text: '' },
  ])
  const bo = lead('bo@b.example', [touch('2026-01-05T09:00:01Z')])
  const mails = [
    mail('<1>', 'ana@a.example', '2026-01-05T09:00:00Z'),
    mail('<2>', 'ana@a.example', '2026-01-08T09:00:00Z'),
    mail('<3>', 'bo@b.example', '2026-01-05T09:00:01Z'),
  ]

  test('all is well', () => {
    expect(problems([ana, bo], mails, { emails: { accepted: 3 } })).toEqual([])
  })

  test('an e-mail twice', () => {
    expect(problems([ana, bo], [...mails, mails[0] as (typeof mails)[0]])).toEqual([
      '<1> to ana@a.example came twice',
    ])
  })

  test('an e-mail after the end', () => {
    const late = mail('<4>', 'ana@a.example', '2026-01-09T00:00:01Z')
    expect(problems([ana, bo], [...mails, late])).toEqual(['<4> to lead a was sent after its end'])
  })

  test('an e-mail that is not on record, or a record without its e-mail', () => {
    expect(problems([ana, bo], mails.slice(1), { emails: { accepted: 3 } })).toHaveLength(2)
    expect(problems([ana, bo], mails, { emails: { accepted: 2, unconfirmed: 1 } })).toEqual([
      '2 e-mails are accepted in the ledger, and 3 are in the inbox',
    ])
  })
})

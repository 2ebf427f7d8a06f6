import { afterAll, describe, expect, test } from '@jest/globals'
import { NO_CONFIG } from './config.ts'
import { type Mailboxes, openMailboxes } from './mailboxes.ts'

const opened: Mailboxes[] = []
afterAll(() => Promise.all(opened.map((mailboxes) => mailboxes.close())))

function open(...args: Parameters<typeof openMailboxes>): Mailboxes {
  const mailboxes = openMailboxes(...args)
  opened.push(mailboxes)
  return mailboxes
}

const claire = {
  from: { name: 'Claire Vasseur', email: 'claire@atelier.example' },
  spacing: 45_000,
  perDay: { count: 9, zone: 'Europe/Paris' },
}
const config = { ...NO_CONFIG, mailboxes: { claire } }

describe('mailboxes', () => {
  test('as configured', () => {
    const { mailbox, spacing, perDay } = open(config, { url: 'smtp://127.0.0.1:1', anyName: false }).get(
      'claire',
    )
    expect({ from: mailbox.from, spacing, perDay }).toEqual(claire)
  })

  test('without a configuration every name is a mailbox of the one server', () => {
    const mailboxes = open(NO_CONFIG, { url: 'smtp://127.0.0.1:1', anyName: true })
    expect(mailboxes.get('paul').mailbox.from).toEqual({ name: 'Paul', email: 'paul@relance.example' })
    expect(mailboxes.get('paul')).toBe(mailboxes.get('paul'))
  })

  test('a name that is not configured is refused, and so is a mailbox without a server', () => {
    expect(() => open(config, { url: 'smtp://127.0.0.1:1', anyName: false }).get('paul')).toThrow(
      expect.objectContaining({ code: 'mailbox_unknown', values: { mailbox: 'paul', known: ['claire'] } }),
    )
    expect(() => open(config, { url: undefined, anyName: false }).get('claire')).toThrow(
      expect.objectContaining({ code: 'mailbox_without_smtp', values: { mailbox: 'claire' } }),
    )
  })

  test('logins are tried at real servers, of configured mailboxes', () => {
    const own = { ...claire, smtp: 'smtps://claire:x@mail.example' }
    const both = { ...NO_CONFIG, mailboxes: { claire: own, tom: claire } }
    const url = 'smtp://127.0.0.1:1'
    const real = { name: 'claire', url: own.smtp }
    expect(open(both, { url, anyName: false }).servers()).toEqual([real, { name: 'tom', url }])
    expect(open(both, { url, anyName: false, isInbox: true }).servers()).toEqual([real])
    expect(open(NO_CONFIG, { url, anyName: true }).servers()).toEqual([])
  })
})

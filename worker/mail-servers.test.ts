import { expect, test } from '@jest/globals'
import { type MailboxSetting, NO_CONFIG } from './config.ts'
import { checkMailServers, mailServerOf } from './mail-servers.ts'

const box = (email: string, smtp?: string): MailboxSetting => ({
  ...{ from: { email }, spacing: 1000 },
  ...(smtp !== undefined && { smtp }),
})
const check = (mailboxes: Record<string, MailboxSetting>, url?: string) => () =>
  checkMailServers({ ...NO_CONFIG, mailboxes }, url)

test.each(['mail.invalid:587', 'smtp://', 'http://mail.atelier.test', 'smtp:///x', 'x'])(
  '%s is no server',
  (url) => {
    expect(check({}, url)).toThrow(
      expect.objectContaining({ code: 'smtp_url_invalid', values: { setting: 'SMTP_URL' } }),
    )
    expect(check({ claire: box('claire@atelier.test', url) })).toThrow(
      expect.objectContaining({ code: 'smtp_url_invalid', values: { setting: 'mailboxes.claire.smtp' } }),
    )
  },
)

test('a server is named with its port', () => {
  expect(mailServerOf('smtps://a:b@mail.atelier.test')?.server).toBe('mail.atelier.test:465')
  expect(mailServerOf('smtp://mail.atelier.test:25')?.server).toBe('mail.atelier.test:25')
})

test('nothing leaves through a real server under an address that nobody has', () => {
  const real = 'smtp://a:b@mail.atelier.test:587'
  expect(check({}, real)).toThrow(
    expect.objectContaining({ code: 'mailbox_unreal', values: { mailboxes: [] } }),
  )
  expect(check({ claire: box('claire@relance.example'), tom: box('tom@atelier.test') }, real)).toThrow(
    expect.objectContaining({ code: 'mailbox_unreal', values: { mailboxes: ['claire'] } }),
  )
  expect(check({ tom: box('tom@atelier.test') }, real)).not.toThrow()
  // This machine's own server, for trials.
  expect(check({}, 'smtp://127.0.0.1:2525')).not.toThrow()
  expect(check({ claire: box('claire@atelier.example', 'smtp://localhost:25') })).not.toThrow()
})

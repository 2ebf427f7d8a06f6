/** Replies as text: what is stored of them, and what goes to the log. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cleaned, readReply, withoutAddresses } from './reply.ts'

test('a reply of several lines is one, with its code once', () => {
  expect(cleaned('550-5.1.1 No such user.\r\n550 5.1.1 Try another - gsmtp')).toBe(
    '550 5.1.1 No such user. Try another - gsmtp',
  )
})

test('what no database takes is gone, and what nobody reads is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (said) => {
      const clean = cleaned(`550 \0${said}\ud800`)
      expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\ufffd]/u)
      expect(clean.length).toBeLessThanOrEqual(500)
      expect(clean.startsWith('550')).toBe(true)
    }),
  )
  expect(cleaned(`550 ${'x'.repeat(5000)}`)).toMatch(/^550 x{495}…$/)
})

test('addresses are no matter of a log, nor of the words', () => {
  const said = '550 5.1.1 <zoe@moulin.example>: no spam@full.example here'
  expect(withoutAddresses(said)).toBe('550 5.1.1 <…>: no <…> here')
  expect(readReply(said)).toEqual({ code: 550, enhanced: '5.1.1', words: '<…>: no <…> here' })
})

test.each([
  ['550 sorry (#5.1.1)', 550, '5.1.1'],
  ['550 #5.1.0 Address rejected.', 550, '5.1.0'],
  ['550 192.0.2.1 is listed', 550, undefined],
  ['550-5.7.1 one\n550 5.7.1 two', 550, '5.7.1'],
  ['what?', undefined, undefined],
  ['250 fine', undefined, undefined],
])('%j is read', (text, code, enhanced) => {
  expect(readReply(text)).toMatchObject({ code, enhanced })
})

import { expect, test } from '@jest/globals'
import { emailKey } from './email-key.ts'

test('capitals and blanks around it make no other address', () => {
  expect(emailKey(' HELENE@b.example\n')).toBe(emailKey('helene@B.example'))
  expect(emailKey('helene@b.example')).not.toBe(emailKey('helene@c.example'))
})

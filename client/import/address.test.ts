import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import addressparser from 'nodemailer/lib/addressparser'
import { errorPhrases } from '../../cadence/reasons/error-words.ts'
import { parseAddress } from './address.ts'

describe('parseAddress', () => {
  test.each([
    ['Jean.Dupont+crm@Atelier.EXAMPLE', 'Jean.Dupont+crm@atelier.example'],
    ["o'neil@b.example", "o'neil@b.example"],
    [' a@b.example\u200b\n', 'a@b.example'],
    ['zoe@exemple-très-long.example', 'zoe@xn--exemple-trs-long-2pb.example'],
    ['a@b．example', 'a@b.example'],
    [`${'a'.repeat(64)}@b.example`, `${'a'.repeat(64)}@b.example`],
  ])('reads %j', (cell, address) => expect(parseAddress(cell)).toEqual({ address }))

  test.each([
    ['not-an-address', 'no @'],
    ['@b.example', 'before the @'],
    ['a@b.example, c@d.example', 'more than one'],
    ['a@b@c.example', 'more than one'],
    ['a@b.example\r\nBcc: all@victim.example', 'line break'],
    ['a\0@b.example', 'control character'],
    ['"quoted local"@odd.example', 'quoted'],
    ['"x@evil.example"@b.example', 'quoted'],
    ['Jean <a@b.example>', 'bare address'],
    ['a@b.example(c)', 'bare address'],
    ['a@[192.0.2.1]', 'bare address'],
    ['=HYPERLINK("a@b.example")', 'formula'],
    ['a b@c.example', 'space'],
    ['é@b.example', 'without accents'],
    ['a..b@c.example', 'a dot'],
    ['mailto:a@b.example', 'character'],
    ['a@localhost', 'domain'],
    ['a@192.0.2.1', 'domain'],
    ['a@1.2.3', 'domain'],
    ['a@ex%41mple.example', 'domain'],
    ['a@ex_ample.example', 'domain'],
    ['a@-b.example', 'domain'],
    ['a@b..example', 'domain'],
    ['a@b.example.', 'domain'],
    [`a@${'x'.repeat(64)}.example`, 'domain'],
    [`${'a'.repeat(65)}@b.example`, '64'],
    [`a@${'long-label.'.repeat(25)}example`, '254'],
  ])('refuses %j', (cell, why) => {
    const parsed = parseAddress(cell)
    expect('fault' in parsed && errorPhrases('en').address(parsed.fault)).toContain(why)
  })
})

describe('what is accepted', () => {
  const local = fc.string({ unit: fc.constantFrom(...'abzAZ09.!#$%&\'*+/=?^_`{|}~- "(),:;<>@[\\]é\r\n\0') })
  const domain = fc.string({ unit: fc.constantFrom(...'abz09.-_ %()<>@:;,"é。ß\u00ad\r\n') })

  test('is read by nodemailer as this one address', () => {
    let accepted = 0
    fc.assert(
      fc.property(
        local,
        fc.oneof(
          domain,
          fc.domain(),
          domain.map((d) => `${d}.example`),
          domain.map((d) => `xn--${d}.example`),
        ),
        (before, after) => {
          const parsed = parseAddress(`${before}@${after}`)
          if (!('address' in parsed)) return
          accepted++
          expect(addressparser(parsed.address)).toEqual([{ address: parsed.address, name: '' }])
          expect(addressparser(`"A, B" <${parsed.address}>`)).toEqual([
            { address: parsed.address, name: 'A, B' },
          ])
        },
      ),
      { numRuns: 2000 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  test('is accepted again as it is', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (cell) => {
        const parsed = parseAddress(cell)
        if ('address' in parsed) expect(parseAddress(parsed.address)).toEqual(parsed)
      }),
    )
  })
})

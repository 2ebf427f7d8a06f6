/** A letter's parts that are read the other way stand apart, and a letter is laid out by its template's words. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { inner } from '../../test/support/templates.ts'
import { parseTemplate, type Rendered, renderTemplate } from './template.ts'

const render = (body: string, company: string, language: string): Rendered =>
  renderTemplate(
    parseTemplate(`---\nsubject: x\n---\n${body}`, 'a.md'),
    { lead: { company } },
    { reading: { language, zone: 'UTC' } },
  )
const html = (body: string, company = '', language = 'ar'): string | undefined =>
  inner(render(body, company, language).html)?.trim()

test.each<[string, string, string, string, string]>([
  [
    'a Latin name in Arabic',
    'من {{ lead.company }}!',
    'Acme (Ltd.)',
    'ar',
    '<p>من <span dir="ltr">Acme (Ltd.)</span>!</p>',
  ],
  ['an Arabic name in Arabic', 'من {{ lead.company }}!', 'مصنع 3', 'ar', '<p>من مصنع 3!</p>'],
  [
    'an Arabic name in English',
    'Of {{ lead.company }} (3)',
    'مصنع (3)',
    'en',
    '<p>Of <span dir="rtl">مصنع (3)</span> (3)</p>',
  ],
  ['a Latin name in English', 'Of {{ lead.company }}', 'Acme', 'en', '<p>Of Acme</p>'],
  [
    'a telephone number',
    'هاتف +33 1 99 00 12 00',
    '',
    'ar',
    '<p>هاتف <span dir="ltr">+33 1 99 00 12 00</span></p>',
  ],
  ['another', 'טלפון (03) 555-12-34', '', 'he', '<p>טלפון <span dir="ltr">(03) 555-12-34</span></p>'],
  ['a date', 'يوم 2027-01-02', '', 'ar', '<p>يوم <span dir="ltr">2027-01-02</span></p>'],
  ['numbers', 'من 10 إلى 100 و 3/4', '', 'ar', '<p>من 10 إلى 100 و 3/4</p>'],
  ['a telephone number in English', 'Call +33 1 99 00 12 00', '', 'en', '<p>Call +33 1 99 00 12 00</p>'],
  [
    'a bare address',
    'هنا https://a.example/',
    '',
    'ar',
    '<p>هنا <a href="https://a.example/" dir="ltr">https://a.example/</a></p>',
  ],
])('%s', (_, body, company, language, wanted) => {
  expect(html(body, company || 'x', language)).toBe(wanted)
})

test('a long name in another script does not turn a letter round', () => {
  const { html } = render('Hi {{ lead.company }}', 'مصنع النور للمعادن والآلات', 'en')
  expect(html).toContain('<html lang="en" dir="ltr">')
})

test('nothing of it is in a picture, an address or the text part, whatever the value', () => {
  const body = 'مرحبا {{ lead.company }} ![{{ lead.company }}](https://x.example/?q={{ lead.company }})'
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), (value) => {
      const company = `x${value}\uFDD0`
      const sent = render(body, company, 'ar')
      expect(sent.html + sent.text).not.toMatch(/[\uFDD0\uFDD1]/)
      expect(sent.text).not.toContain('<span')
      for (const [tag] of sent.html.matchAll(/<img [^>]*>/g)) expect(tag).not.toContain('<span')
    }),
  )
})

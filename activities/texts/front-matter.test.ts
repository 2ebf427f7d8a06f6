/** A subject is what stands behind `subject:`, whatever signs are in it; what may be meant otherwise is refused. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failure } from '../../test/support/templates.ts'
import { parseTemplate, renderTemplate } from './template.ts'

const parsed = (front: string) => parseTemplate(`---\n${front}\n---\nx`, 'hello.md')
const subjectOf = (front: string, variant?: string) =>
  renderTemplate(parsed(front), { lead: { company: 'C' } }, { variant }).subject

test.each([
  ['subject: Your quote #4711 is ready', 'Your quote #4711 is ready'],
  ['subject: Re: your quote', 'Re: your quote'],
  ['subject: Offer: 20% off: today', 'Offer: 20% off: today'],
  ['subject: #1 in Lyon', '#1 in Lyon'],
  ['subject: 2026', '2026'],
  ['subject: yes', 'yes'],
  ['subject: [Atelier] Your quote', '[Atelier] Your quote'],
  ['subject: *Important* & urgent!', '*Important* & urgent!'],
  ['subject: @{{ lead.company }}: a question', '@C: a question'],
  ['subject: {{ lead.company }}', 'C'],
  ['subject: {{ lead.company | default: "x" }}: #1', 'C: #1'],
  ['subject: {% if lead.company %}{{ lead.company }}{% endif %}', 'C'],
  ['subject: It\'s "quoted"', 'It\'s "quoted"'],
  ['subject: - a dash', '- a dash'],
  ['subject: 1 > 0 | x', '1 > 0 | x'],
  ['subject: "Quoted"   # a comment', 'Quoted'],
  ["subject: 'It''s'", "It's"],
  ['subject: >\n  folded\n  text', 'folded text'],
  ['subject: Two\n  lines', 'Two lines'],
])('%s', (front, subject) => {
  expect(subjectOf(front)).toBe(subject)
})

test('variants and the preheader are read so, too', () => {
  const front =
    'variants:\n  number: Your quote #4711\n  answer: Re: {{ lead.company }}\npreheader: Quote #1: new'
  expect(subjectOf(front, 'number')).toBe('Your quote #4711')
  expect(subjectOf(front, 'answer')).toBe('Re: C')
  expect(renderTemplate(parsed(front), { lead: { company: 'C' } }).html).toContain('>Quote #1: new</div>')
})

test('what may be a comment is refused', () => {
  for (const front of ['subject: Hello # first try', 'variants:\n  a: Hello # x']) {
    expect(failure(() => parsed(front)).message).toMatch(
      /hello\.md:\d:\d+ {2}what stands behind # in \w+ may be a comment/,
    )
  }
  expect(failure(() => parsed('subject: # only a comment')).message).toContain('subject has to be a text')
})

test('a fault in a plain subject has its own place', () => {
  expect(failure(() => parsed('subject: Re: {{ x | nope }}')).message).toBe(
    'hello.md:2:14  there is no filter "nope"',
  )
})

test('a plain line of words is read as it is written', () => {
  const words = fc.string({
    unit: fc.constantFrom(...'aé9 #:,.!?@&*%-[]()|>"\'€/\\~`=+;'),
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(words, (written) => {
      const text = written.trim().replace(/ +/g, ' ')
      if (!/[aé9]/.test(text) || /^["'{]|^[|>][-+0-9]*( #.*)?$|(^| )#( |$)/.test(text)) return
      expect(subjectOf(`subject: ${text}`)).toBe(text)
    }),
  )
})

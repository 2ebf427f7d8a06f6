/** What a template needs, and where it says so. */

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failure, render, template, zoe } from '../../test/support/templates.ts'
import type { Variables } from './liquid.ts'
import { mentionsOf, missingFrom, parseTemplate, renderTemplate, variablesOf } from './template.ts'
import { isKnownVariable } from './variables.ts'

describe('what a template needs', () => {
  test.each([
    ['{{ contact.first_name }} {{ lead.company | upcase }}', ['contact.first_name', 'lead.company']],
    ["{{ contact.title | default: 'x' }}", []],
    ["{{ contact.title | upcase | default: 'x' }}", ['contact.title']],
    ['{{ contact.title | default: lead.company }}', ['lead.company']],
    ['{% if contact.title %}{{ contact.title }}{% endif %}', []],
    ['{% if contact.title %}{{ contact.phone }}{% endif %}', ['contact.phone']],
    ['{% if contact.title %}x{% else %}{{ contact.title }}{% endif %}', ['contact.title']],
    ['{% unless contact.title %}x{% else %}{{ contact.title }}{% endunless %}', []],
    ['{% if contact.title and contact.phone %}{{ contact.title }}{{ contact.phone }}{% endif %}', []],
    ['{% if contact.title or contact.phone %}{{ contact.title }}{% endif %}', ['contact.title']],
    [
      "{% if contact.title != blank and contact.phone == 'x' %}{{ contact.title }}{{ contact.phone }}{% endif %}",
      [],
    ],
    [
      '{% unless contact.title == nil or contact.phone == nil %}{{ contact.title }}{{ contact.phone }}{% endunless %}',
      [],
    ],
    ['{% if contact.title == blank %}x{% else %}{{ contact.title }}{% endif %}', []],
    ['{% if contact.title != nil %}{{ contact.title }}{% endif %}', []],
    ["{% if urgency == 'calm' %}x{% elsif contact.title %}{{ contact.title }}{% endif %}", []],
    [
      "{% case contact.title %}{% when 'boss' %}{{ contact.title }}{% else %}{{ contact.title }}{% endcase %}",
      ['contact.title'],
    ],
    ["{% case contact.title %}{% when 'boss' %}{{ contact.title }}{% endcase %}", []],
    ['{% assign n = contact.first_name %}{{ n }}', ['contact.first_name']],
    ["{% assign n = contact.title | default: '' %}{{ n }}", []],
    ['{% capture n %}{{ contact.title }}{% endcapture %}{{ n }}', ['contact.title']],
    ['{% for x in lead.sites %}{{ x }}{{ forloop.index }}{% endfor %}', ['lead.sites']],
    ['{{ fact["renewal"] }}', ['fact.renewal']],
    ['{% comment %}{{ contact.title }}{% endcomment %}{% raw %}{{ contact.phone }}{% endraw %}', []],
  ])('%s', (body, needed) => {
    expect(variablesOf(template(body))).toEqual(needed)
  })

  test('with all that is needed, rendering never fails', () => {
    const paths = ['contact.title', 'contact.phone', 'urgency']
    const path = fc.constantFrom(...paths)
    const test = fc.oneof(
      path,
      path.map((p) => `${p} == 'x'`),
      path.map((p) => `${p} != blank`),
      fc.tuple(path, fc.constantFrom('and', 'or'), path).map((parts) => parts.join(' ')),
    )
    const { body } = fc.letrec<{ body: string }>((tie) => ({
      body: fc.oneof(
        { depthSize: 'small' },
        path.map((p) => `{{ ${p} }}`),
        path.map((p) => `{{ ${p} | default: '-' }}`),
        fc
          .tuple(test, tie('body'), tie('body'))
          .map(([t, a, b]) => `{% if ${t} %}${a}{% else %}${b}{% endif %}`),
        fc
          .tuple(test, tie('body'), tie('body'))
          .map(([t, a, b]) => `{% unless ${t} %}${a}{% else %}${b}{% endunless %}`),
        fc.tuple(tie('body'), tie('body')).map((both) => both.join(' ')),
      ),
    }))
    fc.assert(
      fc.property(body, fc.subarray(paths), fc.constantFrom('x', 'y'), (source, has, value) => {
        const variables: Variables = { contact: {} }
        for (const p of has) {
          if (p === 'urgency') variables.urgency = value
          else (variables.contact as Record<string, string>)[p.slice('contact.'.length)] = value
        }
        const parsed = template(`t${source}`)
        if (missingFrom(parsed, variables).length === 0) renderTemplate(parsed, variables)
      }),
      { numRuns: 500 },
    )
  })

  test('a missing value is refused, by name and place', () => {
    const hello = template('Hello\n\n  {{ contact.title }}')
    expect(missingFrom(hello, zoe)).toEqual(['contact.title'])
    expect(failure(() => renderTemplate(hello, zoe))).toMatchObject({
      code: 'variable_without_value',
      message: 'hello.md:6:6  contact.title has no value',
    })
    expect(failure(() => render('{{ offer.ends }}')).message).toContain('offer.ends has no value')
    expect(failure(() => render('{% assign n = contact.title %}{{ n }}')).code).toBe('variable_without_value')
  })

  test('every mention has its place, and the catalogue knows the names', () => {
    const found = mentionsOf(
      template('a\n{{ contact.frist_name | default: "x" }}', 'subject: "{{ lead.company }}"'),
    )
    expect(found).toEqual([
      { path: 'lead.company', required: true, file: 'hello.md', line: 2, column: 14 },
      { path: 'contact.frist_name', required: false, file: 'hello.md', line: 5, column: 4 },
    ])
    expect(found.map(({ path }) => isKnownVariable(path))).toEqual([true, false])
    expect(
      ['fact.x', 'lead.sector', 'urgency', 'fact', 'contact', 'fact.a.b', 'x'].map(isKnownVariable),
    ).toEqual([true, true, true, false, false, false, false])
  })
})

describe('errors name the place', () => {
  test.each([
    ['Hello', 'hello.md:1:1  a template begins with its front matter'],
    ['---\nsubject: x\n', 'hello.md:1:1  a template begins with its front matter'],
    ['---\n---\nx', 'hello.md:1:1  the front matter has no subject'],
    ['---\nsubjekt: x\n---\nx', 'hello.md:2:1  the front matter has no key "subjekt"'],
    ['---\npreheader: x\nsubject: { a: b }\n---\nx', 'hello.md:3:1  subject has to be a text'],
    ['---\nsubject: a\nsubject: b\n---\nx', 'hello.md:3:1  Map keys must be unique'],
    ['---\nsubject: "{{ a"\n---\nx', 'hello.md:2:11  output "{{ a" not closed'],
    ['---\nsubject: a\n---\nx\n\n  {% if a %}', 'hello.md:6:3  tag {% if a %} not closed'],
    ['---\nsubject: a\n---\n{{ a | nope }}', 'hello.md:4:1  there is no filter "nope"'],
    ['---\nsubject: a\nvariants: [a]\n---\nx', 'hello.md:3:1  variants are names with a subject each'],
  ])('%j', (source, message) => {
    expect(failure(() => parseTemplate(source, 'hello.md'))).toMatchObject({
      code: 'invalid_template',
      message,
    })
  })
})

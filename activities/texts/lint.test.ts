/** What a template does that its author can't mean: found when it is checked, with its place. */
import { expect, test } from '@jest/globals'
import { template } from '../../test/support/templates.ts'
import { lintInline, lintTemplate } from './template.ts'

/** A tag as scripts write it. */
const DOLLAR_TAG = '$'.concat('{company}')

const found = (body: string, front?: string): string[] =>
  lintTemplate(template(body, front)).map(
    ({ fault, line, column }) => `${line}:${column} ${fault.kind}${'text' in fault ? ` ${fault.text}` : ''}`,
  )

test.each([
  ["{{ contact.first_name or 'there' }}", ["4:1 condition_printed contact.first_name or 'there'"]],
  ['{{ contact.title == "x" }}', ['4:1 condition_printed contact.title == "x"']],
  ['{% assign n = lead.a or lead.b %}{{ n }}', ['4:1 condition_printed lead.a or lead.b']],
  ["x\n{{ 'Hello' if contact.title }}", ['5:1 not_read if contact.title']],
  ['{{ lead.a, lead.b }}', ['4:1 not_read , lead.b']],
  ['{% if lead.a is defined %}x{% endif %}', ['4:1 not_read is defined']],
  ['{% if lead.machines == 10 %}x{% endif %}', ['4:1 never_equal']],
  ['{% unless lead.vip == true %}x{% endunless %}', ['4:1 never_equal']],
  ['{% if lead.a != "" %}x{% elsif lead.b == "" %}y{% endif %}', ['4:1 never_equal', '4:23 never_equal']],
  ['{% if lead.a and lead.b or lead.c %}x{% endif %}', ['4:1 and_with_or']],
  ["{{ lead.day | default: 'today' | date: '%d' }}", ['4:1 no_clock']],
  [
    '{% if fact.n == 10 %}x{% endif %} {% if lead.n > 9 %}y{% endif %} {% if lead.a == "b" %}z{% endif %}',
    [],
  ],
  ['{% if lead.a == blank %}x{% endif %}{{ "now" | upcase }}{{ lead.a | default: "or" }}', []],
  ['Hi %FIRSTNAME%, *|FNAME|*', ['4:4 foreign_tag %FIRSTNAME%', '4:17 foreign_tag *|FNAME|*']],
  [
    `{firstName} ${DOLLAR_TAG} {!Lead.Name} {{ urgency }} {contactfield=x}`,
    [
      '4:1 foreign_tag {firstName}',
      `4:13 foreign_tag ${DOLLAR_TAG}`,
      '4:24 foreign_tag {!Lead.Name}',
      '4:51 foreign_tag {contactfield=x}',
    ],
  ],
  [
    '[First Name] [Prénom] [YOUR COMPANY] <<Name>> <%= name %> %%name%%',
    [
      '4:1 foreign_tag [First Name]',
      '4:14 foreign_tag [Prénom]',
      '4:23 foreign_tag [YOUR COMPANY]',
      '4:38 foreign_tag <<Name>>',
      '4:47 foreign_tag <%= name %>',
      '4:59 foreign_tag %%name%%',
    ],
  ],
  [
    '50% off, 20% more; [sic] [1] [the page](https://a.example) [name](https://x.example) {} a{1} « Nom »',
    [],
  ],
  ['a <b>bold</b> <!-- note -->', ['4:3 html <b>', '4:10 html </b>', '4:15 html <!-- note -->']],
  ['<https://a.example> <a@b.example> 1 < 2 > 0 a<3 `<b>` \\<b> \\{x}\n\n```\n<b>{x}\n```\n<3', []],
  ['{% raw %}{x}{% endraw %}{% comment %}<b>{% endcomment %}', []],
])('%s', (body, faults) => {
  expect(found(body)).toEqual(faults)
})

test('subjects, variants, preheaders and tasks are looked at, too', () => {
  expect(found('x', 'subject: "Hi {name} <b>"')).toEqual(['2:14 foreign_tag {name}'])
  expect(found('x', 'variants: { a: "[[x]]" }\npreheader: "*|X|*"')).toEqual([
    '2:17 foreign_tag [[x]]',
    '3:13 foreign_tag *|X|*',
  ])
  expect(lintInline('Call {first_name}').map(({ fault }) => fault.kind)).toEqual(['foreign_tag'])
})

/** Random letters and random leads, the odd ones among them. */
import fc from 'fast-check'

/** What letters are made of. */
const PIECES = [
  ...[
    'Hello {{ contact.first_name }},',
    '{{ lead.a }}',
    '**{{ lead.a }}**',
    '[x]({{ lead.b }})',
    '[{{ lead.a }}](https://x.example/?q={{ lead.b }})',
  ],
  ...[
    'https://{{ lead.b }}/x',
    'https://x.example/{{ lead.b }}#a={{ lead.a }}',
    '<mailto:{{ lead.a }}@x.example>',
    '![{{ lead.a }}]({{ lead.b }})',
  ],
  ...[
    "{{ lead.b | date: '%d %B' }}",
    '{{ lead.a | upcase | truncate: 3 }}',
    "{{ lead.b | split: '.' | last }}",
    '{{ lead.a | escape }}',
    '{{ lead.a | strip | capitalize }}',
    '{{ lead.b | upcase | default: "x" }}',
    '{{ lead.b | append: "!" }}',
  ],
  ...[
    'https://{{ lead.a }}{{ lead.b }}/x',
    '[x](https://{{ lead.a }}.x.example)',
    '[x](www.x.example/{{ lead.a }})',
    '[x]({{ lead.a }}{{ lead.b }})',
    '[x](mailto:{{ lead.b }})',
    'http{{ lead.a }}',
    "{% if lead.a contains 'x' and not lead.b %}y{% endif %}",
    '{% unless lead.a != "x" or lead.b %}z{% endunless %}',
    "{% if lead.a == 'x' %}{{ lead.b | date: '%d' }}{% endif %}",
  ],
  ...[
    '{% if lead.a %}{{ lead.a }}{% endif %}',
    "{% if lead.b == 'x' %}{% else %}y{% endif %}",
    '{% assign c = lead.b %}[x]({{ c }})',
  ],
  ...[
    '{% capture c %}{{ lead.a }}{% endcapture %}{{ c | strip }}',
    '# {{ lead.a }}',
    '> {{ lead.b }}',
    '-- \n{{ lead.a }}',
    '| a |\n|---|\n| {{ lead.b }} |',
  ],
]
/** What may be in a column. */
export const VALUE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(...'*_`[]()<>!#|-+>~\\\n\r\t {}%&;:/"\'=aA0.@\u202E\u200B\u3164é'),
    maxLength: 12,
  }),
  fc.constantFrom(
    'www.acme.example',
    'https://a.example/#x=1',
    '01/03/2026',
    '2026-03-01',
    'مرحبا',
    '👩‍🏭',
    '{{ lead.a }}',
    '<b>x</b>',
    '\u202E',
    '\uD800',
    'x',
  ),
)
/** A letter's body and subject, and leads whose columns `a` and `b`, and whose first names, may be anything. */
export const LETTERS_AND_LEADS = fc.record({
  body: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n\n')),
  subject: fc.constantFrom(
    'Hi',
    '{{ lead.a }}',
    "{{ lead.b | default: '' }}",
    '{% if lead.b %}{{ lead.b }}{% endif %}',
    '{{ lead.a | escape }}',
  ),
  leads: fc.array(fc.record({ a: VALUE, b: VALUE, first: VALUE }), { minLength: 1, maxLength: 4 }),
})

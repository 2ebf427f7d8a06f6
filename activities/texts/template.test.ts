import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import type { Variables } from './liquid.ts'
import {
  mentionsOf,
  missingFrom,
  parseTemplate,
  renderInline,
  renderTemplate,
  variablesOf,
  variablesOfInline,
} from './template.ts'
import { isKnownVariable } from './variables.ts'

const zoe: Variables = {
  contact: { first_name: 'Zoé', last_name: 'Martin', email: 'zoe@moulin.example', title: '', phone: null },
  lead: { company: 'Moulin & Fils', country: 'FR', locale: 'fr', booking: 'https://book.example/z?a=1&b=2' },
  sender: { name: 'Claire', email: 'claire@atelier.example' },
  urgency: 'calm',
}

const template = (body: string, front = 'subject: Hello') =>
  parseTemplate(`---\n${front}\n---\n${body}`, 'hello.md')
const render = (body: string, variables = zoe) => renderTemplate(template(body), variables)
const inner = (html: string) => /<body>\n([\s\S]*)<\/body>/.exec(html)?.[1]
const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.match(/^<\/?[a-z0-9]*/i)?.[0])

/** An error's code, and what it says in English. */
function failure(run: () => unknown): { code: string; message: string; remedy?: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof RelanceError) return { code: error.code, ...sayError(error, 'en') }
    throw error
  }
  throw new Error('it did not fail')
}

describe('rendering', () => {
  test('gives a subject, a text to read and HTML', () => {
    const { subject, text, html } = renderTemplate(
      template(
        'Hello {{ contact.first_name }},\n\nsee **[the page](https://atelier.example/p)** or <https://atelier.example>:\n\n' +
          '1. one\n2. two\n   > said\n\n- a\n- b\n\nBye\\\n{{ sender.name }}',
        'subject: "{{ contact.first_name }}, a question about {{ lead.company }}"\npreheader: For {{ lead.company }}',
      ),
      zoe,
    )
    expect(subject).toBe('Zoé, a question about Moulin & Fils')
    expect(text).toBe(
      'Hello Zoé,\n\nsee the page (https://atelier.example/p) or https://atelier.example:\n\n' +
        '1. one\n2. two\n   > said\n\n- a\n- b\n\nBye\nClaire\n',
    )
    expect(html).toContain('<a href="https://atelier.example/p">the page</a>')
    expect(html).toContain('>For Moulin &amp; Fils</div>')
    expect(html).toContain('<p>Bye<br>\nClaire</p>')
  })

  test('chooses the subject of a variant', () => {
    const both = template('Hi', 'subject: One\nvariants: { b: "Two, {{ lead.company }}" }')
    expect(renderTemplate(both, zoe).subject).toBe('One')
    expect(renderTemplate(both, zoe, { variant: 'b' }).subject).toBe('Two, Moulin & Fils')
    expect([...both.variants.keys()]).toEqual(['b'])
    expect(failure(() => renderTemplate(both, zoe, { variant: 'c' })).remedy).toBe('Variants: b.')
    expect(renderTemplate(template('Hi', 'variants: { x: First, y: Second }'), zoe).subject).toBe('First')
  })

  test('a table and code are laid out as text', () => {
    expect(render('| a | b |\n|---|---|\n| 1 | {{ urgency }} |\n\n    code\n\n---\nend').text).toBe(
      'a | b\n1 | calm\n\ncode\n\n---\n\nend\n',
    )
  })

  test('knows nothing of the clock, of files and of other templates', () => {
    expect(failure(() => render("{{ 'now' | date: '%Y' }}")).message).toContain('a template has no clock')
    for (const tag of ["include 'x'", "render 'x'", "layout 'x'", 'increment urgency']) {
      expect(failure(() => render(`{% ${tag} %}`))).toMatchObject({
        code: 'invalid_template',
        message: expect.stringContaining('hello.md:4:1  there is no tag'),
      })
    }
    expect(failure(() => render('{{ urgency | raw }}')).message).toBe(
      'hello.md:4:1  there is no filter "raw"',
    )
    expect(render("{{ '2026-03-14' | date: '%-d %B %Y' }}").text).toBe('14 March 2026\n')
  })

  test('stops what would never end', () => {
    expect(failure(() => render('{% for i in (1..10000000) %}x{% endfor %}')).message).toContain(
      'limit exceeded',
    )
    const nested = '{% for i in (1..9000) %}{% for j in (1..9000) %}{{ i }}{% endfor %}{% endfor %}'
    expect(failure(() => render(nested)).message).toContain('limit exceeded')
    expect(failure(() => render('x'.repeat(200_000))).code).toBe('invalid_template')
    const grows = `{% for i in (1..9000) %}${'x'.repeat(900)}{% endfor %}`
    expect(failure(() => render(grows)).message).toContain('grows without bounds')
  })
})

describe('values are data', () => {
  const everywhere =
    'Hello {{ v }},\n\n# {{ v }}\n\n- {{ v }}\n- **{{ v }}** `{{ v }}` [{{ v }}](https://x.example/{{ v }}?q={{ v }} "{{ v }}")\n\n' +
    '> {{ v }}\n\n| a | {{ v }} |\n|---|---|\n| {{ v }} | b |\n\n```{{ v }}\n{{ v }}\n```\n\n    {{ v }}\n\n{{ v }}\n{{ v }}\n\n' +
    '![{{ v }}](https://x.example/{{ v }}.png) <mailto:{{ v }}@x.example> https://x.example/{{ v }}\n\n' +
    '{% capture both %}{{ v }}{{ v }}{% endcapture %}{{ both | upcase }} {% echo v %} {% cycle v, v %} {{ v | append: v }}\n'
  const whole = parseTemplate(
    `---\nsubject: "{{ v }} {{ v }}"\npreheader: "{{ v }}"\n---\n${everywhere}`,
    'everywhere.md',
  )
  const harmless = renderTemplate(whole, { v: 'harmless' })

  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'*_`[]()<>!#|-+>~\\\n\r\t {}%&;:/"\'=aA0.@'), maxLength: 40 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '[x](javascript:alert(1))',
      '{{ contact.email }}{% raw %}',
      '"><img src=x onerror=alert(1)>',
      'x\r\nBcc: all@victims.example\r\n\r\n<b>',
      '\n\n# head\n\n---\n\n| a | b |\n|---|---|\n',
      'relancevalue0z',
      'https://evil.example www.evil.example a@evil.example',
      '```\n~~~',
      '&lt;b&gt; &#60;',
      '\u2028\u202Eevil\u0000\uD800',
    ),
  )

  test('no string becomes markup in the HTML, a line in the subject, or another text in the text part', () => {
    fc.assert(
      fc.property(hostile, (v) => {
        if (v.replace(/\p{Cc}/gu, '').trim() === '') return
        const rendered = renderTemplate(whole, { v })
        expect(tags(rendered.html)).toEqual(tags(harmless.html))
        expect(rendered.html).not.toMatch(/relancevalue(?!0z)/)
        expect(rendered.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        const asWritten = Buffer.from(v.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')).toString()
        const [firstLine = ''] = asWritten.split('\n')
        expect(rendered.text).toContain(`Hello ${firstLine}`.trimEnd())
      }),
      { numRuns: 1000 },
    )
  })

  test('a value in a link is a piece of it', () => {
    const html = render(
      '[x](https://x.example/?q={{ lead.company }}) [m](mailto:{{ sender.email }}?subject={{ lead.company }})',
    ).html
    expect(html).toContain('href="https://x.example/?q=Moulin%20%26%20Fils"')
    expect(html).toContain('href="mailto:claire@atelier.example?subject=Moulin%20%26%20Fils"')
  })

  test('a value that is a whole link has to be a web address', () => {
    expect(render('[book]({{ lead.booking }})').html).toContain('href="https://book.example/z?a=1&amp;b=2"')
    for (const booking of ['javascript:alert(1)', ' JaVaScript:alert(1)', 'data:text/html,x', '//x', 'x']) {
      expect(failure(() => render('[book]({{ lead.booking }})', { lead: { booking } })).code).toBe(
        'link_without_address',
      )
    }
  })

  test('a captured text is a value like any other', () => {
    const { text, html } = render(
      '{% capture c %}{{ lead.company }} {{ urgency }}{% endcapture %}{{ c | upcase }}!',
    )
    expect(text).toBe('MOULIN & FILS CALM!\n')
    expect(inner(html)).toBe('<p>MOULIN &amp; FILS CALM!</p>\n')
  })

  test('a value is not a template', () => {
    const { text, html } = render('{{ lead.company }}', {
      lead: { company: '{{ contact.email }} **b** <i>' },
    })
    expect(text).toBe('{{ contact.email }} **b** <i>\n')
    expect(inner(html)).toBe('<p>{{ contact.email }} **b** &lt;i&gt;</p>\n')
  })
})

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
    ['---\npreheader: x\nsubject: {{ lead.company }}\n---\nx', 'hello.md:3:1  subject has to be a text'],
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

test('a task text is one line', () => {
  expect(renderInline('Call {{ contact.first_name }}', { contact: { first_name: 'Zoé\r\n*x*' } })).toBe(
    'Call Zoé *x*',
  )
  expect(variablesOfInline('Answer: {{ objection.topic }}')).toEqual(['objection.topic'])
})

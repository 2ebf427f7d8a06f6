/** Rendering a template: subject, text and HTML, and values that stay values. */

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failure, inner, render, tags, template, zoe } from '../../test/support/templates.ts'
import { isVisible } from '../mail/clean-text.ts'
import { parseTemplate, renderInline, renderTemplate, variablesOfInline } from './template.ts'

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
        if (!isVisible(v)) return
        const rendered = renderTemplate(whole, { v })
        // A name in another script stands in an element of its own, and changes nothing else.
        expect(tags(rendered.html.replace(/<span dir="...">|<\/span>/g, ''))).toEqual(tags(harmless.html))
        expect(rendered.html).not.toMatch(/relancevalue(?!0z)/)
        expect(rendered.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        const asWritten = Buffer.from(
          v.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}|[\uFDD0\uFDD1]/gu, ''),
        ).toString()
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

  test('what looks like a host is a web address, and nothing else is', () => {
    const hosts = {
      'www.acme.example': 'https://www.acme.example/',
      'acme.example/shop?x=1#a=b': 'https://acme.example/shop?x=1#a=b',
      'http://acme.example/#a=b': 'http://acme.example/#a=b',
      ' moulîn.example ': 'https://xn--mouln-8sa.example/',
    }
    for (const [website, href] of Object.entries(hosts)) {
      expect(render('[site]({{ lead.website }})', { lead: { website } }).html).toContain(`href="${href}"`)
      expect(render('[site](https://{{ lead.website }})', { lead: { website } }).text).toBe(
        `site (${href})\n`,
      )
    }
    for (const link of [
      '/shop',
      'page.',
      'shop',
      '#top',
      '../x',
      'a@b.example',
      'https://%zz/{{ urgency }}',
    ]) {
      const { code } = failure(() => render(`[x](${link})`))
      expect({ link, code }).toEqual({ link, code: 'link_without_address' })
    }
    expect(render('[x](www.acme.example/a) [y](tel:+33199001122)').html).toContain(
      'href="https://www.acme.example/a"',
    )
  })

  test('a bare address is one link in both parts, its fragment as it was written', () => {
    const { text, html } = render(
      'See https://x.example/a%20b?c={{ lead.company }}#d=e&f=%C3%A9 or <{{ urgency }}@x.example>',
    )
    const address = 'https://x.example/a%20b?c=Moulin%20%26%20Fils#d=e&f=%C3%A9'
    expect(text).toBe(`See ${address} or calm@x.example\n`)
    expect(html).toContain(
      `>${address.replace('&f', '&amp;f')}</a> or <a href="mailto:calm@x.example">calm@x.example</a>`,
    )
    expect(inner(render('Total\n= 100 €\n==\n--- x').html)).toBe(
      '<p>Total<br>\n= 100 €<br>\n==<br>\n--- x</p>\n',
    )
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

test('a task text is one line', () => {
  expect(renderInline('Call {{ contact.first_name }}', { contact: { first_name: 'Zoé\r\n*x*' } })).toBe(
    'Call Zoé *x*',
  )
  expect(variablesOfInline('Answer: {{ objection.topic }}')).toEqual(['objection.topic'])
})

test('a blank line before or behind a quotation is outside of it', () => {
  const { text } = render('a\n\n> b\n>\n> - c\n>\n> d\n\n> e\n\nf')
  expect(text).toBe('a\n\n> b\n>\n> - c\n>\n> d\n\n> e\n\nf\n')
})

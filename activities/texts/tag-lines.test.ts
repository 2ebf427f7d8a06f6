/** A line that has nothing but tags is no line of a letter; everything else stays as Liquid has it. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseLiquid, renderLiquid } from './liquid.ts'

const render = (source: string): string => {
  const marked = renderLiquid(parseLiquid(source, 'a.md'), { lead: { a: 'A' } })
  return marked.fill(marked.text)
}

test.each<[string, string]>([
  ['x\n{% if lead.a %}\ny\n{% endif %}\nz', 'x\ny\nz'],
  ['x\n  {% if lead.b %}\ny\n  {% endif %}  \nz', 'x\nz'],
  ['{% assign b = 1 %} {% assign c = 2 %}\n{{ c }}\n', '2\n'],
  ['{% for i in (1..2) %}\n- {{ i }}\n{% endfor %}\nz', '- 1\n- 2\nz'],
  ['x\n{% comment %} a\nb {% endcomment %}\nz', 'x\nz'],
  ['x\n{% liquid\n  assign b = 1\n%}\nz', 'x\n\nz'],
  ['x\n{% # a note %}\nz', 'x\nz'],
  // What prints is a line.
  ['x\n{% echo lead.a %}\nz', 'x\nA\nz'],
  ['x\n{{ lead.a }}\nz', 'x\nA\nz'],
  ['x {% if lead.a %} y{% endif %}\nz', 'x  y\nz'],
  // A dash is Liquid's own way, and takes more.
  ['x\n{% if lead.a -%}\n\n\ny{% endif %}', 'x\ny'],
  ['{% raw %}\n{% if %}\n{% endraw %}', '\n{% if %}\n'],
  ['{% capture c %}\n{% if lead.a %}\ny\n{% endif %}\n{% endcapture %}\n[{{ c | strip }}]', '[y]'],
  ['x\n{% if lead.a %}{% endif %}', 'x\n'],
])('%j', (source, text) => {
  expect(render(source)).toBe(text)
})

test('texts without tags are as they were, and no mark is left', () => {
  const piece = fc.constantFrom('x', ' ', '\n', '{% if lead.a %}', '{% endif %}', '{{ lead.a }}', '\t', '-')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const words = pieces.filter((one) => !one.startsWith('{%')).join('')
      expect(render(words)).toBe(words.replaceAll('{{ lead.a }}', 'A'))
      const opened = pieces.filter((one) => one === '{% if lead.a %}').length
      const whole = pieces.filter((one) => one !== '{% endif %}').join('') + '{% endif %}'.repeat(opened)
      const rendered = render(whole)
      expect(rendered).not.toContain('\uFDD2')
      // Only white space is gone.
      expect(rendered.replace(/\s/g, '')).toBe(words.replaceAll('{{ lead.a }}', 'A').replace(/\s/g, ''))
    }),
    { numRuns: 500 },
  )
})

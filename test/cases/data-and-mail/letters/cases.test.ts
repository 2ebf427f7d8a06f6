/**
 * Templates that once went out otherwise than they were meant: each is found by `check`, or refused for a row, or goes
 * out as its author meant it. What is right is in `expected.md` of the issue these came with, and said below.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parseTemplate, type Rendered, renderTemplate } from '../../../../activities/texts/template.ts'
import { sayProblem } from '../../../../cadence/reasons/problems.ts'
import { checkFile } from '../../../../client/check/check.ts'
import { failure } from '../../../support/templates.ts'

const path = (name: string): string => fileURLToPath(new URL(`${name}/`, import.meta.url))
const found = (name: string): string[] =>
  checkFile(`${path(name)}${name}.yaml`).problems.map((problem) => {
    const { file, line, column } = problem
    return `${file.slice(path(name).length)}:${line}:${column} ${sayProblem(problem, 'en').message}`
  })

const AL = {
  contact: { first_name: 'Al', last_name: 'B', email: 'bareval@bareval.example' },
  lead: { company: 'Groupe Morel & Fils' },
  sender: { name: 'Claire', email: 'claire@atelier.example' },
}
const letter = (name: string, variables = AL, locale = 'en'): Rendered => {
  const file = `letter.${locale}.md`
  const template = parseTemplate(readFileSync(`${path(name)}templates/${file}`, 'utf8'), file)
  return renderTemplate(template, variables, { reading: { language: locale, zone: 'Europe/Paris' } })
}

describe('found by check', () => {
  test.each<[string, string[]]>([
    [
      'colon',
      ['colon.yaml:10:29 there is no template "letter"', 'templates/letter.en.md:1:1 the file is UTF-16'],
    ],
    ['datenow', ["templates/letter.en.md:2:13 a template has no clock: 'now' can't be used"]],
    ['emptyrender2', ['templates/letter.en.md:2:11 the subject came out empty']],
    [
      'html',
      [
        '<p>',
        '<b>',
        '</b>',
        '<br>',
        '</p>',
        '<a href="https://a.example/?a=1&b=2">',
        '</a>',
        '<img src="https://a.example/o.gif" width=1>',
      ].map(
        (tag) => expect.stringContaining(`"${tag}" is HTML, and a template is Markdown`) as unknown as string,
      ),
    ],
    [
      'jinja2',
      [
        "templates/letter.en.md:2:14 {{ contact.first_name or 'there' }} is a condition: it prints true or false",
      ],
    ],
    [
      'mautic',
      [
        '{contactfield=firstname}',
        '%FIRSTNAME%',
        '*|FNAME|*',
        '[First Name]',
        '[[name]]',
        '{first_name}',
      ].map(
        (tag) => expect.stringContaining(`"${tag}" is of another program's templates`) as unknown as string,
      ),
    ],
  ])('%s', (name, problems) => {
    expect(found(name)).toEqual(problems)
  })
})

describe('goes out as it was meant', () => {
  test.each(['bareval', 'datef2', 'filters', 'rtl', 'sig', 'size', 'yamlcomment'])(
    '%s has no faults',
    (name) => {
      expect(found(name)).toEqual([])
    },
  )

  test('bareval: an address with values is one whole link, in both parts the same', () => {
    const { text, html } = letter('bareval')
    const bare =
      'https://cal.example/book?company=Groupe%20Morel%20%26%20Fils&email=bareval%40bareval.example'
    const one = 'https://cal.example/book?c=Groupe%20Morel%20%26%20Fils'
    expect(text).toContain(`Book here: ${bare}\n\nOr ${one}\n\nOr here (${one})\n`)
    const amp = bare.replaceAll('&', '&amp;')
    expect(html).toContain(`<a href="${amp}">${amp}</a>`)
    expect(html).toContain(`Or <a href="${one}">${one}</a>`)
    expect(html).toContain('<a href="https://cal.example/groupe-morel-fils/x">here</a>')
  })

  test('datef2: a French letter has a French date, and one that can be read in two ways is asked about', () => {
    const lead = (renewal: string) => ({ ...AL, lead: { company: 'C', renewal } })
    expect(letter('datef2', lead('2026-03-01'), 'fr').subject).toBe('Le 01 mars 2026')
    expect(failure(() => letter('datef2', lead('01/03/2026'), 'fr'))).toMatchObject({
      code: 'invalid_template',
      remedy: 'Give it 2026-03-01 (01/03/2026 is in January or in March).',
    })
  })

  test('filters: what escapes does so once, and a subject is no HTML', () => {
    const contact = { ...AL.contact, first_name: 'Sean', last_name: "O'Brien" }
    const { subject, text, html } = letter('filters', {
      ...AL,
      contact,
      lead: { company: 'AT&T <b>"X"</b>' },
    })
    expect(subject).toBe('SEAN & AT&T <b>"X"</b>')
    expect(text).toBe('Hello Sean of AT&T <b>"X"</b>\n')
    expect(html).toContain('<p>Hello Sean of AT&amp;T &lt;b&gt;&quot;X&quot;&lt;/b&gt;</p>')
  })

  test('rtl: a letter in Arabic is laid out from the right, whatever its file says', () => {
    const { html } = letter('rtl')
    expect(html).toContain('<html lang="ar" dir="rtl">')
    expect(html).toContain('<div lang="ar" dir="rtl">\n<p>مرحبا بالعالم.</p>')
  })

  test('sig: five lines stay five, under a line that programs know', () => {
    const { text, html } = letter('sig')
    const lines = ['Claire', 'Atelier ERP SAS', '12 rue de la Paix', '75002 Paris', '+33 1 99 00 11 22']
    expect(text).toContain(`I can come by.\n\n-- \n${lines.join('\n')}\n`)
    expect(html).toContain(`<div>-- </div>\n<p style="margin-top:0">${lines.join('<br>\n')}</p>`)
    expect(html).not.toMatch(/<h\d/)
  })

  test("size: a column that has no value isn't how many columns there are", () => {
    expect(letter('size')).toMatchObject({ subject: 'S 0', text: 'Size unknown.\n' })
    const ten = { ...AL, lead: { company: 'C', size: '10' } }
    expect(letter('size', ten)).toMatchObject({ subject: 'S 10', text: 'Size 10. You are 10 people.\n' })
  })

  test('yamlcomment: a number sign stays', () => {
    expect(letter('yamlcomment').subject).toBe('Your quote #4711 is ready')
  })
})

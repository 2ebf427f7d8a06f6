import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Problem } from '../../cadence/language/problem.ts'
import { sayProblem } from '../../cadence/reasons/problems.ts'
import { problemLine } from '../terminal/problems.ts'
import { checkCadence, checkFile } from './check.ts'
import { contentHash, usedTemplates } from './content-hash.ts'

const cadence = `cadence: small
from: claire
locale: fr
stages:
  - stage: contact
    until: { interest: general }
    steps:
      - { id: hello, email: hello }
      - { id: call, task: "Call {{ contact.first_name }}" }
      - { id: deal, email: deal, offer: { name: early, lasts: 14d } }
plays:
  - play: objection
    on: objection.raised
    steps:
      - { id: answer, email: answer }
nurture: { every: 60d, for: 2y, emails: [news], until: { interest: comparing } }
`
const letter = (body: string): string => `---\nsubject: Hello\n---\n${body}\n`
const templates = {
  'hello.fr.md': letter('Bonjour {{ contact.first_name }}'),
  'hello.en.md': letter('Hello {{ contact.first_name }}'),
  'deal.md': letter('Until {{ offer.ends }}'),
  'answer.md': letter('About {{ objection.topic }}'),
  'news.md': letter('News'),
}
const check = (changes: Record<string, string | undefined> = {}, source = cadence) => {
  const all = Object.entries({ ...templates, ...changes }).filter(([, text]) => text !== undefined)
  return checkCadence({
    source,
    file: 'c.yaml',
    templates: Object.fromEntries(all) as Record<string, string>,
  })
}
const brief = ({ file, line, column, code }: Problem): string => `${file}:${line}:${column} ${code}`
const words = (problem: Problem): string => {
  const { message, remedy } = sayProblem(problem, 'en')
  return `${message}, ${remedy}`
}
const lines = (problems: Problem[]): string =>
  problems.map((problem) => problemLine(problem, 'en')).join('\n')

test('a cadence whose templates are all there has no problems', () => {
  expect(check().problems).toEqual([])
  expect(check().plan?.cadence).toBe('small')
})

describe('templates', () => {
  // biome-ignore format: a table
  test.each<[string, Record<string, string | undefined>, string, string, string]>([
    ['a missing one', { 'news.md': undefined }, cadence, 'c.yaml:16:42 unknown_template', 'there is no template "news", add templates/news.fr.md'],
    ['a misspelt one', {}, cadence.replace('email: hello', 'email: helo'), 'c.yaml:8:29 unknown_template', 'there is no template "helo", did you mean hello?'],
    ['one in other languages only', { 'hello.fr.md': undefined }, cadence, 'c.yaml:8:29 unknown_template', 'the template "hello" is there in other languages only (hello.en.md), add hello.fr.md or hello.md'],
    ['one nobody uses', { 'old.fr.md': letter('Old') }, cadence, 'templates/old.fr.md:1:1 unused_template', 'no step uses this template, use it in an email: step, or take it away'],
    ['one with a strange name', { 'Hello FR.md': letter('') }, cadence, 'templates/Hello FR.md:1:1 unused_template', 'no step uses this template, call it NAME.md or NAME.LOCALE.md, in small letters'],
    ['an unknown variable', { 'hello.fr.md': letter('Bonjour\n{{ contact.firstname }}') }, cadence, 'templates/hello.fr.md:5:4 unknown_variable', 'there is no variable "contact.firstname", did you mean contact.first_name?'],
    ['an unknown variable behind an if', { 'hello.fr.md': letter('{% if contct.title %}x{% endif %}') }, cadence, 'templates/hello.fr.md:4:7 unknown_variable', ''],
    ['an unknown variable of a task', {}, cadence.replace('contact.first_name', 'contact.firstname'), 'c.yaml:9:27 unknown_variable', ''],
    ['broken Liquid', { 'hello.fr.md': letter('{% if contact.title %}x') }, cadence, 'templates/hello.fr.md:4:1 invalid_template', ''],
    ['broken Liquid of a task', {}, cadence.replace('{{ contact.first_name }}', '{{ contact.first_name'), 'c.yaml:9:27 invalid_template', ''],
    ['no front matter', { 'hello.fr.md': 'Bonjour' }, cadence, 'templates/hello.fr.md:1:1 invalid_template', 'a template begins with its front matter, begin with  ---, then  subject: "…", then  ---, then the text'],
    ['an offer where none is made', { 'hello.fr.md': letter('{{ offer.ends }}') }, cadence, 'templates/hello.fr.md:4:4 variable_without_value', 'offer.ends has no value in step "hello", which makes no offer, put {% if offer.ends %}…{% endif %} around it, or make an offer there'],
    ['an objection where none is answered', { 'hello.fr.md': letter('{{ objection.topic }}') }, cadence, 'templates/hello.fr.md:4:4 variable_without_value', ''],
    ['a sender of a task', {}, cadence.replace('contact.first_name', 'sender.name'), 'c.yaml:9:27 variable_without_value', 'sender.name has no value in a task, take it out'],
  ])('%s', (_, changes, source, where, says) => {
    const { problems, plan } = check(changes, source)
    expect(problems.map(brief)).toEqual([where])
    expect(plan === undefined).toBe(problems[0]?.severity === 'error')
    if (says !== '') expect(problems.map(words)).toEqual([says])
  })

  test('an offer or an objection that is asked for first is no problem', () => {
    const careful = letter(
      '{% if offer.ends %}{{ offer.ends }}{% endif %}{{ objection.topic | default: "x" }}',
    )
    expect(check({ 'hello.fr.md': careful }).problems).toEqual([])
  })

  test('are checked even where the cadence itself has errors', () => {
    const source = cadence.replace('lasts: 14d', 'lasts: 14 days').replace('email: hello', 'email: helo')
    expect(check({}, source).problems.map(brief)).toEqual([
      'c.yaml:8:29 unknown_template',
      'c.yaml:10:63 impossible_wait',
    ])
  })
})

test('a mailbox that is not configured is a warning, where there is a configuration; an error where it would send', () => {
  const files = { source: cadence, file: 'c.yaml', templates }
  expect(checkCadence(files, { mailboxes: ['claire', 'paul'] }).problems).toEqual([])
  const { problems, plan } = checkCadence(files, { mailboxes: ['clara'] })
  expect(plan).toBeDefined()
  expect(lines(problems)).toBe(
    'c.yaml:2:7  warning: the mailbox "claire" isn\'t configured here, did you mean clara?',
  )
  const sends = checkCadence(files, { mailboxes: ['paul', 'tom'], sends: true })
  expect(sends.plan).toBeUndefined()
  expect(lines(sends.problems)).toBe(
    'c.yaml:2:7  the mailbox "claire" isn\'t configured here, add it to relance.yaml, or name one that is: paul, tom',
  )
})

test('problems are printed as a line each: place, what is wrong, what would be right', () => {
  const { problems } = check({ 'news.md': undefined }, cadence.replace('email: deal', 'email: dael'))
  expect(lines(problems).split('\n')).toEqual([
    'c.yaml:10:28  there is no template "dael", did you mean deal?',
    'c.yaml:16:42  there is no template "news", add templates/news.fr.md',
  ])
})

describe('the fingerprint of the content', () => {
  const { plan } = check()
  if (!plan) throw new Error('no plan')
  const hash = contentHash(plan, templates)

  test('is the same for another version, other comments, line ends and key order, and templates nobody uses', () => {
    const source = cadence.replace('from: claire\nlocale: fr', '# a comment\nlocale: fr\nfrom: claire')
    const other = check({}, source).plan
    if (!other) throw new Error('no plan')
    const crlf = Object.fromEntries(
      Object.entries(templates).map(([k, v]) => [k, v.replaceAll('\n', '\r\n')]),
    )
    expect(contentHash({ ...other, version: 7 }, { ...crlf, 'old.md': letter('Old') })).toBe(hash)
  })

  test('changes with the plan, a template, or a translation more', () => {
    const hashes = [
      contentHash({ ...plan, from: 'paul' }, templates),
      contentHash(plan, { ...templates, 'news.md': letter('Other news') }),
      contentHash(plan, { ...templates, 'news.en.md': letter('News') }),
    ]
    expect(new Set([hash, ...hashes]).size).toBe(4)
  })

  test('covers the templates that the plan uses', () => {
    const used = usedTemplates(plan, { ...templates, 'old.md': '', README: '' })
    expect(Object.keys(used)).toEqual(['answer.md', 'deal.md', 'hello.en.md', 'hello.fr.md', 'news.md'])
  })
})

describe('files', () => {
  const folders: string[] = []
  const write = (source: string | Uint8Array, letters: Record<string, string | Uint8Array>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'relance-check-'))
    folders.push(folder)
    mkdirSync(join(folder, 'templates'))
    for (const [name, text] of Object.entries(letters)) writeFileSync(join(folder, 'templates', name), text)
    writeFileSync(join(folder, 'c.yaml'), source)
    return join(folder, 'c.yaml')
  }
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  const codes = (path: string): string[] => checkFile(path).problems.map(({ code }) => code)

  test('a cadence and its templates are read from beside it', () => {
    const path = write(`\uFEFF${cadence}`, templates)
    const { plan, templates: read, problems } = checkFile(path)
    expect(problems).toEqual([])
    expect(plan?.cadence).toBe('small')
    expect(read).toEqual(templates)
  })

  test('what is no text is a problem, not an exception', () => {
    expect(codes(write(Buffer.from(`\uFEFF${cadence}`, 'utf16le'), templates))).toEqual(['not_text'])
    expect(codes(write(Buffer.from([0x63, 0xe9, 0x80]), templates))).toEqual(['not_text'])
    expect(codes(write(Buffer.alloc(10_000_000, 'x'), templates))).toEqual(['too_big'])
    expect(codes(join(tmpdir(), 'relance-no-such-folder', 'c.yaml'))).toEqual(['unreadable_file'])
    expect(codes(tmpdir())).toEqual(['unreadable_file'])
  })

  test('so is a template that is no text, or no letter any more', () => {
    const path = write(cadence, {
      ...templates,
      'news.md': Buffer.from([0xff, 0xfe, 0x41]),
      'deal.md': 'x'.repeat(200_000),
    })
    expect(codes(path).sort()).toEqual(['not_text', 'too_big', 'unknown_template', 'unknown_template'])
    expect(checkFile(path).plan).toBeUndefined()
  })

  test('without a templates folder, each step says what it misses', () => {
    const path = write(cadence, {})
    rmSync(join(path, '..', 'templates'), { recursive: true })
    expect(codes(path)).toEqual(Array(4).fill('unknown_template'))
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sayProblem } from '../reasons/problems.ts'
import type { Problem } from './problem.ts'
import { readCadence } from './read.ts'

const example = readFileSync(new URL('../../examples/atelier-erp.yaml', import.meta.url), 'utf8')

/** A small cadence to spoil. Line 5 is the first stage, 8 the first step; the tables below count on it. */
const small = `cadence: small
from: claire
locale: fr
stages:
  - stage: contact
    until: { interest: general }
    steps:
      - { id: hello, email: hello, theme: ease }
      - { id: call, task: "Call", wait: 2bd, due: 1bd }
      - { id: proof, email: proof, wait: 3bd, thread: hello }
    otherwise: nurture
  - stage: demo
    until: { demo: held }
    otherwise: { end: lost }
    steps: [{ id: invite, email: invite }]
plays:
  - play: saboteur
    on: objection.raised
    until: { open_objections: 0 }
    steps:
      - { id: brief, task: "Answer" }
nurture: { every: 60d, for: 2y, emails: [news], until: { interest: comparing } }
`

const spoiled = (find: string, replacement: string): string => {
  if (!small.includes(find)) throw new Error(`"${find}" isn't in the file`)
  return small.replace(find, replacement)
}
const read = (source: string) => readCadence(source, 'c.yaml')
const brief = ({ line, column, code }: Problem): string => `${line}:${column} ${code}`
const sentence = (problem: Problem): string => Object.values(sayProblem(problem, 'en')).join(', ')

test('the small cadence has no problems', () => {
  expect(read(small).problems).toEqual([])
})

/** What is spoiled, what it becomes, what is found, and its words. */
// biome-ignore format: a table
const FAULTS: [string, string, string, string][] = [
  // The text itself
  ['cadence: small', 'cadence: sm\0all', '1:12 not_text', 'the file is not text in UTF-8 (it may be UTF-16), save it as UTF-8'],
  ['cadence: small', 'cadence: sm\uFFFDall', '1:12 not_text', 'the file is not text in UTF-8, save it as UTF-8'],
  ['from: claire', '\tfrom: claire', '2:1 tab', 'tabs are not allowed as indentation, indent with spaces'],
  ['plays:', '---\nplays:', '16:1 several_documents', 'a second document begins here, write one cadence a file, without a second ---'],
  ['cadence: small', '%YAML 1.1\n---\ncadence: small', '1:1 yaml_version', 'Relance reads YAML 1.2, take the %YAML line out'],
  ['from: claire', 'from: !!binary claire', '2:7 yaml_tag', 'unresolved tag: tag:yaml.org,2002:binary, leave the ! tag out'],
  ['from: claire', '"from: claire', '2:1 yaml_syntax', ''],
  ['task: "Call"', 'task: Call {{ contact.first_name }}', '9:32 yaml_syntax', ''],
  ['task: "Call"', 'task: {{ contact.first_name }}', '9:28 wrong_key', 'a key has to be a plain word, put texts with {{ }} or [ ] in quotes'],
  ['from: claire', '<<: { from: claire }', '2:1 yaml_merge', 'merge keys (<<) are not read, write the keys themselves'],
  ['from: claire', 'from: *claire', '2:7 yaml_alias', 'there is no anchor &claire before this, write the value itself'],
  ['until: { demo: held }', 'until: &a { not: *a }', '13:22 yaml_alias', '*a contains itself, write the value itself'],
  ['from: claire', 'from: claire\nfrom: paul', '3:1 duplicate_key', 'the key "from" stands twice in one mapping, keep one of the two'],
  ['until: { demo: held }', `until: ${'{ not: '.repeat(40)}{ demo: held }${' }'.repeat(40)}`, '13:222 too_deep', 'this is nested too deeply, nest 32 deep at most'],
  // Keys and values
  ['theme: ease', 'tehme: ease', '8:36 unknown_key', 'a step has no key "tehme", did you mean theme?'],
  ['locale: fr', 'locale: fr\nlang: fr', '4:1 unknown_key', 'a cadence has no key "lang", its keys are about, owner, locales, window, limits, account, prospect, qualified, credit, escalate and urgency'],
  ['on: objection.raised', 'on: objection.rised', '18:9 wrong_value', ''],
  ['otherwise: nurture', 'on: { credit.refuse: { end: lost } }', '11:11 unknown_key', 'the exits of a stage has no key "credit.refuse", did you mean credit.refused?'],
  ['otherwise: nurture', 'otherwise: { end: won_it }', '11:23 wrong_value', 'end can\'t be "won_it", write won, lost, refused_credit, opted_out, unreachable or unresponsive'],
  ['otherwise: nurture', 'otherwise: forget', '11:16 wrong_type', 'otherwise says where the lead goes, write nurture or { end: unresponsive, after: 7d }'],
  ['theme: ease', 'theme: eas', '8:43 wrong_value', 'theme can\'t be "eas", write ease (or support, productivity, upfront_savings, indirect_costs or best)'],
  ['theme: ease', 'theme: fun', '8:43 wrong_value', 'theme can\'t be "fun", write ease, support, productivity, upfront_savings, indirect_costs or best'],
  ['theme: ease', 'theme:', '8:36 wrong_value', 'theme can\'t be empty, write ease, support, productivity, upfront_savings, indirect_costs or best'],
  ['theme: ease', 'wait: 3', '8:42 wrong_type', "wait can't be 3, write a text"],
  ['theme: ease', 'when: today', '8:42 wrong_type', 'when can\'t be "today", write a mapping with need, credit, interest, dialogue, authority or demo'],
  ['theme: ease', 'when: {}', '8:42 wrong_value', 'a condition that asks for nothing always holds, say what must hold'],
  ['theme: ease', 'when: { any: [] }', '8:49 wrong_value', 'any is empty, write at least one'],
  ['theme: ease', 'when: { fact: { a b: 1 } }', '8:52 wrong_name', ''],
  ['theme: ease', 'when: { fact: { seats: { at_least: many } } }', '8:71 wrong_type', 'at_least can\'t be "many", write a number'],
  ['theme: ease', 'when: { fact: { seats: [1] } }', '8:59 wrong_type', 'a fact is compared with a value, write 120, true, a word, or { at_least: 100 }'],
  ['theme: ease', 'when: { unanswered: 100 }', '8:56 wrong_value', "unanswered can't be 100, write at most 60"],
  ['theme: ease', 'when: { authority: [boss] }', '8:56 wrong_value', 'item 1 of authority can\'t be "boss", write decision_maker, influencer, user or saboteur'],
  ['from: claire\n', '', '1:1 missing_key', 'from is missing, add from: …'],
  ['    until: { demo: held }\n', '', '12:5 missing_key', 'until is missing, add until: { … }'],
  ['locale: fr', 'locale: fr_FR', '3:9 wrong_locale', '"fr_FR" is no language tag, write fr-FR'],
  ['cadence: small', 'cadence: Été à Paris', '1:10 wrong_name', '"Été à Paris" can\'t be a name, write ete-a-paris'],
  ['email: hello', 'email: ../hello', '8:29 wrong_name', ''],
  ['cadence: small', 'cadence: constructor', '1:10 wrong_name', ''],
  // Waits, windows, limits
  ['wait: 2bd', 'wait: 2 days', '9:41 impossible_wait', '"2 days" is no wait, write 2d'],
  ['wait: 2bd', 'wait: soon', '9:41 impossible_wait', '"soon" is no wait, write 30m, 4h, 4bh (business hours), 3d, 3bd (business days), 2w, 6mo or 2y'],
  ['wait: 2bd', 'wait: 3 parsecs', '9:41 impossible_wait', ''],
  ['wait: 2bd', 'wait: 11y', '9:41 impossible_wait', '"11y" is longer than ten years, write ten years (10y) at most'],
  ['theme: ease', 'when: { dialogue: 5bd }', '8:54 no_business_days', '"5bd" counts business time, and there is no calendar here to count it, write 7d'],
  ['theme: ease', 'offer: { name: o, lasts: 10bd }', '8:61 no_business_days', ''],
  ['for: 2y', 'for: 20bd', '22:29 no_business_days', ''],
  ['for: 2y', 'for: 0d', '22:29 impossible_wait', '"0d" is no time at all, write at least 1h'],
  ['every: 60d', 'every: 0d', '22:19 impossible_wait', ''],
  ['locale: fr', 'locale: fr\nlimits: { per_lead: 2 per 5bd }', '4:21 no_business_days', ''],
  ['locale: fr', 'locale: fr\nlimits: { per_lead: 0 per week }', '4:21 limit_of_none', '"0 per week" never lets an e-mail out, write at least 1 per week'],
  ['locale: fr', 'locale: fr\nlimits: { per_lead: twice a week }', '4:21 wrong_limit', ''],
  ['locale: fr', 'locale: fr\nlimits: { per_lead: 2 per fortnight }', '4:21 wrong_limit', '"fortnight" is no stretch of time, write per day, week, month or 10d'],
  ['locale: fr', 'locale: fr\nwindow: { hours: "09:00-09:00" }', '4:18 window_never_opens', 'the window 09:00-09:00 ends when it begins, write "00:00-24:00" for the whole day'],
  ['locale: fr', 'locale: fr\nwindow: { hours: "09:00-09:00" }', '4:18 window_never_opens', ''],
  ['locale: fr', 'locale: fr\nwindow: { hours: "09:00-25:00" }', '4:18 wrong_hours', ''],
  ['locale: fr', 'locale: fr\nwindow: { days: "" }', '4:17 window_never_opens', 'the window has no days, write mon-fri'],
  ['locale: fr', 'locale: fr\nwindow: { days: weekdays }', '4:17 wrong_days', ''],
  ['locale: fr', 'locale: fr\nwindow: { holidays: France }', '4:21 unknown_holidays', 'no holidays are known for "France", write FR'],
  ['locale: fr', 'locale: fr\nwindow: { holidays: UK }', '4:21 unknown_holidays', 'no holidays are known for "UK", write GB'],
  ['locale: fr', 'locale: fr\nwindow: { holidays: DE-Bavaria }', '4:21 unknown_holidays', ''],
  // Ids and references
  ['id: proof', 'id: hello', '10:15 duplicate_id', 'two steps are called "hello", call it hello-2'],
  ['id: brief', 'id: hello', '21:15 duplicate_id', 'two steps are called "hello", call it hello-2'],
  ['stage: demo', 'stage: contact', '12:12 duplicate_id', 'two stages are called "contact", call it contact-2'],
  ['nurture: {', '  - { play: saboteur, on: deal.won, steps: [{ id: t, email: t }] }\nnurture: {', '22:13 duplicate_id', 'two plays are called "saboteur", call it saboteur-2'],
  ['stages:', 'urgency: [{ level: calm }, { level: calm, when: { unanswered: 2 } }]\nstages:', '4:37 duplicate_id', 'two levels are called "calm", call it calm-2'],
  ['id: call', 'id: find-boss', '9:15 reserved_name', 'no step can be called "find-boss": Relance makes such steps itself, call it find_boss'],
  ['stage: demo', 'stage: done', '12:12 reserved_name', 'no stage can be called "done": the word has a meaning, give it another name'],
  ['thread: hello', 'thread: helo', '10:55 unknown_step', 'there is no step "helo", did you mean hello?'],
  ['thread: hello', 'thread: call', '10:55 unknown_step', 'step "call" is no e-mail to answer, answer one of hello'],
  ['thread: hello', 'thread: proof', '10:55 unknown_step', 'step "proof" can\'t answer itself, answer one of hello'],
  ['thread: hello', 'thread: invite', '10:55 unknown_step', 'step "invite" doesn\'t come before this one, answer one of hello'],
  // Steps
  ['email: hello, ', '', '8:9 step_kind', 'step "hello" does nothing, add email:, task:, credit_check: or notify:'],
  ['email: hello', 'email: hello, notify: owner', '8:44 step_kind', 'step "hello" is both email and notify, make two steps of it'],
  ['email: hello', 'email: hello, due: 1d', '8:41 misplaced_key', 'email steps have no due, take it out, or use it on task steps'],
  ['task: "Answer"', 'notify: owner, to: user', '21:41 misplaced_key', 'notify steps have no to, take it out, or use it on email and task steps'],
  ['theme: ease', 'offer: { name: o, lasts: 1d }', '8:61 offer_too_short', 'the offer ends after 1d, before the next step comes (2bd), let it last longer than 2bd'],
  // Stages
  ['until: { demo: held }', 'until: { interest: general }', '12:12 unreachable_stage', 'stage "demo" is never reached: the goal of "contact" meets its own, put it before "contact", or let its until ask for more'],
  ['until: { interest: general }', 'until: { interest: convinced, demo: held }', '12:12 unreachable_stage', ''],
  ['until: { interest: general }', 'until: { interest: none }', '5:12 unreachable_stage', ''],
  ['until: { interest: general }', 'until: { any: [{ deal: won }, { deal: lost }] }', '12:12 unreachable_stage', 'stage "demo" is never reached: a lead past "contact" has ended, put it before "contact", or make it a play on deal.won'],
  ['until: { interest: general }', 'until: { demo: missed }', '13:12 conflicting_goals', 'meeting this goal undoes that of "contact", and the lead goes back there, let "contact" have until: { any: [its goal, this goal] }'],
  ['until: { demo: held }', 'until: { all: [{ demo: held }, { demo: missed }] }', '13:12 never_holds', 'this can never hold: its parts exclude each other, use any: […] for one or the other'],
  ['until: { demo: held }', 'until: { stage_age: 9d }', '13:25 asks_itself', ''],
  [small.slice(small.indexOf('nurture: {')), '', '11:16 no_nurture', 'there is no nurture to go to, add nurture: { every: 60d, for: 2y, emails: […], until: { … } }'],
  ['until: { interest: comparing }', 'until: { interest: none }', '11:16 nurture_never_starts', ''],
  ['every: 60d, for: 2y', 'every: 60d, for: 30d', '22:29 nurture_never_writes', ''],
  // Urgency
  ['stages:', 'urgency: [{ level: calm, when: { unanswered: 2 } }]\nstages:', '4:32 urgency_when', 'the first level is where everybody begins, take its when out'],
  ['stages:', 'urgency: [{ level: calm }, { level: late }]\nstages:', '4:28 urgency_when', 'level "late" has no when, so everybody is there at once, add when: { … }'],
  ['stages:', 'urgency: [{ level: calm, pace: 0 }]\nstages:', '4:32 wrong_value', "pace can't be 0, write at least 0.05"],
  ['stages:', 'urgency: [{ level: calm, pace: 1.5 }]\nstages:', '4:32 wrong_value', "pace can't be 1.5, write at most 1"],
  ['stages:', 'urgency: [{ level: a, pace: 0.5 }, { level: b, pace: 0.6, when: { unanswered: 2 } }]\nstages:', '4:54 pace_rises', 'the waits get longer from here (pace 0.5 before), write 0.5 or less'],
  ['stages:', 'urgency: [{ level: a }, { level: b, when: { offer_ends_within: 7d } }]\nstages:', '4:64 never_holds', ''],
  ['stages:', 'urgency: [{ level: a }, { level: b, when: { credit_ends_within: 7d } }]\nstages:', '4:65 never_holds', ''],
  ['stages:', 'qualified: { standing: prospect }\nstages:', '4:24 asks_itself', ''],
  // Plays
  ['on: objection.raised', 'on: objection.raised\n    when: { open_objections: 0 }', '19:11 play_never_starts', 'this play never starts: objection.raised rules this out, ask for something else, or take it out'],
  ['until: { open_objections: 0 }', 'until: { not: { open_objections: 0 } }', '19:12 play_never_starts', ''],
  ['on: objection.raised', 'on: unsubscribed', '18:9 play_never_starts', ''],
]

describe('every kind of problem has its place and says what would be right', () => {
  test.each(FAULTS)('%j → %j: %s', (find, replacement, where, says) => {
    const { problems, plan } = read(spoiled(find, replacement))
    expect(problems.map(brief)).toEqual([where])
    expect(plan === undefined).toBe(problems[0]?.severity === 'error')
    if (says !== '') expect(problems.map(sentence)).toEqual([says])
  })
})

describe('what is hardly a cadence', () => {
  test.each([
    ['nothing', '', '1:1 not_a_mapping'],
    ['a comment', '# nothing but a comment\n', '1:1 not_a_mapping'],
    ['a word', 'hello', '1:1 not_a_mapping'],
    ['a list', '- a\n- b\n', '1:1 not_a_mapping'],
    ['binary', '\u0000\u0001', '1:1 not_text'],
    ['300 KB', `cadence: ${'x'.repeat(300_000)}`, '1:1 too_big'],
    ['10 MB', 'x'.repeat(10_000_000), '1:1 too_big'],
  ])('%s', (_, source, where) => {
    expect(read(source).problems.map(brief)).toEqual([where])
  })

  test.each(['[', '{a: ', '- ', '? '])('%j without end', (opening) => {
    const { problems } = read(opening.repeat(50_000))
    expect(problems[0]?.code).toMatch(/^(too_deep|yaml_syntax)$/)
    expect(problems.map(({ code }) => code)).toContain('too_deep')
  })

  test('a bomb of aliases', () => {
    const levels = 'abcdefghi'.split('').map((name, i, all) => {
      const of =
        i === 0
          ? '"lol"'
          : Array(9)
              .fill(`*${all[i - 1]}`)
              .join(', ')
      return `${name}: &${name} [${of}]`
    })
    expect(read(levels.join('\n')).problems.map(({ code }) => code)).toEqual(['too_many_values'])
  })

  test('many keys, problems and errors end early', () => {
    const keys = Array.from({ length: 15_000 }, (_, i) => `k${i}: 1`).join('\n')
    expect(read(keys).problems).toHaveLength(101)
    expect(read(keys).problems.at(-1)?.code).toBe('too_many_problems')
    expect(read('}'.repeat(20_000)).problems.length).toBeLessThanOrEqual(20)
  })
})

test('all problems come at once, whatever their kind', () => {
  const source = small
    .replace('theme: ease', 'theme: easy, tone: warm')
    .replace('wait: 2bd', 'wait: 2 days')
    .replace('id: proof', 'id: hello')
    .replace('demo: held', 'demo: done')
    .replace('for: 2y', 'for: 30d')
  expect(read(source).problems.map(brief)).toEqual([
    '8:43 wrong_value',
    '8:49 unknown_key',
    '9:41 impossible_wait',
    '10:15 duplicate_id',
    '13:20 wrong_value',
    '22:29 nurture_never_writes',
  ])
})

test('a key called __proto__ is an unknown key like others', () => {
  const { problems } = read(small.replace('theme: ease', '__proto__: { theme: ease }'))
  expect(problems.map(brief)).toEqual(['8:36 unknown_key'])
})

test('aliases within reason are written out', () => {
  const source = small
    .replace('{ demo: held }', '&goal { demo: held }')
    .replace('{ open_objections: 0 }', '*goal')
  expect(read(source).problems).toEqual([])
  expect(read(source).plan?.plays[0]?.until).toEqual({ demo: 'held' })
})

test('a byte order mark and Windows line ends change nothing', () => {
  expect(read(`\uFEFF${small.replaceAll('\n', '\r\n')}`)).toMatchObject({
    problems: [],
    plan: read(small).plan,
  })
  expect(read(`\uFEFF${spoiled('theme: ease', 'theme: eas')}`).problems.map(brief)).toEqual([
    '8:43 wrong_value',
  ])
})

test('any text at all gives a plan or problems, never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 300 })), (source) => {
      const { plan, problems } = read(source)
      expect(plan === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
    }),
  )
})

test('the example, however it is mutated, gives a plan or problems with places in the file', () => {
  const pieces = example.split(/(?<=[\s,:{}[\]"-])/)
  const piece = fc.oneof(
    fc.constantFrom(
      ...pieces,
      '&a ',
      '*a',
      '<<: ',
      '!!set ',
      '? ',
      '---\n',
      '|\n',
      '\t',
      '"',
      "'",
      '#',
      '%YAML 1.1\n',
      '__proto__: ',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  )
  const mutation = fc.record({
    at: fc.nat(pieces.length - 1),
    cut: fc.nat(3),
    put: fc.array(piece, { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const mutated = [...pieces]
      for (const { at, cut, put } of mutations) mutated.splice(at, cut, ...put)
      const source = mutated.join('')
      const { plan, problems } = read(source)
      expect(plan === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
      const lines = source.split('\n').length
      for (const problem of problems) {
        const { line, column } = problem
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines)
        expect(column).toBeGreaterThanOrEqual(1)
        for (const language of ['en', 'fr'] as const) {
          expect(Object.values(sayProblem(problem, language)).join()).not.toMatch(/\n|undefined|\[object/)
        }
      }
    }),
    { numRuns: 300 },
  )
})

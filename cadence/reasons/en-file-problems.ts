/** What makes a file unreadable, or a key or a value of it wrong, in English. */
import type { FileProblems, TypeFault, ValueFault } from '../problem-values.ts'
import {
  countryName,
  didYouMean,
  listed,
  NOUNS,
  quoted,
  shown,
  size,
  subject,
  wantedType,
} from './en-problem-words.ts'
import type { Texts, Told } from './problem-dictionary.ts'

/** What would be right where the YAML parser gave up, by its own codes. */
const YAML_REMEDIES: Record<string, string> = {
  BAD_INDENT: 'begin all keys of a mapping in the same column',
  BLOCK_AS_IMPLICIT_KEY: 'put what follows the colon in quotes, or on lines of its own',
  BAD_DQ_ESCAPE: 'write the backslash twice, or use single quotes',
  BAD_ALIAS: 'put the text in quotes when it begins with *',
  MULTILINE_IMPLICIT_KEY: 'end the line above with a colon, or put the text in quotes',
  MISSING_CHAR: 'close what was opened: quotes, ] or }, and put texts with {{ }} in quotes',
  UNEXPECTED_TOKEN: 'put the text in quotes when it has {, }, [, ], : or # in it',
  BAD_SCALAR_START: 'put the text in quotes',
}

function wrongType(fault: TypeFault): Told {
  switch (fault.kind) {
    case 'wait_for':
      return ['wait_for says what the step waits for', 'write done or { done: true, patience: 2bd }']
    case 'otherwise':
      return ['otherwise says where the lead goes', 'write nurture or { end: unresponsive, after: 7d }']
    case 'fact_test':
      return ['a fact is compared with a value', 'write 120, true, a word, or { at_least: 100 }']
    case 'signal':
      return [`a signal can't be ${shown(fault.value)}`, 'write { at: +9d, type: demo.held }']
    case 'value':
      return [`${subject(fault.subject)} can't be ${shown(fault.value)}`, `write ${wantedType(fault.wanted)}`]
  }
}

function wrongValue(fault: ValueFault): Told {
  const isnt = (what: string): string => `${what} can't be ${'value' in fault ? shown(fault.value) : ''}`
  switch (fault.kind) {
    case 'one_of': {
      const { meant, words } = fault
      const others = words.filter((word) => word !== meant)
      const also = others.length > 0 ? ` (or ${listed(others)})` : ''
      return [isnt(subject(fault.subject)), meant ? `write ${meant}${also}` : `write ${listed(words)}`]
    }
    case 'at_least':
      return [isnt(subject(fault.subject)), `write at least ${fault.bound}`]
    case 'more_than':
      return [isnt(subject(fault.subject)), `write more than ${fault.bound}`]
    case 'at_most':
      return [isnt(subject(fault.subject)), `write at most ${fault.bound}`]
    case 'no_items':
      return [`${subject(fault.subject)} is empty`, 'write at least one']
    case 'no_words':
      return ['it is empty', 'write some words']
    case 'no_condition':
      return ['a condition that asks for nothing always holds', 'say what must hold']
    case 'moment':
      return [isnt('at'), 'write +9d (from the start), 2026-12-03 or 2026-12-03T14:00']
    case 'seen_before':
      return ['it came in before it happened', 'write a seen that is not before at']
    case 'id':
      return [isnt('id'), 'write a short word, as crm-8841']
    case 'contact':
      return [isnt('contact'), 'write main, or a name of your own as hugo']
    case 'other':
      return [isnt(subject(fault.subject)), 'see the schema']
  }
}

export const fileProblemsEn: Texts<FileProblems> = {
  not_text: ({ utf16 }) => {
    if (utf16 === 'surely') return ['the file is UTF-16', 'save it as UTF-8']
    return [`the file is not text in UTF-8${utf16 ? ' (it may be UTF-16)' : ''}`, 'save it as UTF-8']
  },
  too_big: ({ bytes, most }) => [`the file has ${size(bytes)}`, `${Math.floor(most / 1024)} KB are the most`],
  unreadable_file: (fault) => {
    switch (fault.kind) {
      case 'not_a_file':
        return [`${fault.name} is not a file`, 'name a file']
      case 'missing':
        return ['there is no such file', 'check its name and folder']
      case 'error':
        return [`the file can't be read (${fault.says})`, 'check who may read it']
    }
  },
  yaml_syntax: ({ error, says }) => [
    says,
    YAML_REMEDIES[error] ?? 'check quotes, colons and indentation around here',
  ],
  yaml_version: ['Relance reads YAML 1.2', 'take the %YAML line out'],
  yaml_tag: ({ tag }) => [`unresolved tag: ${tag}`, 'leave the ! tag out'],
  yaml_merge: ['merge keys (<<) are not read', 'write the keys themselves'],
  yaml_alias: ({ name, fault }) => [
    fault === 'unknown' ? `there is no anchor &${name} before this` : `*${name} contains itself`,
    'write the value itself',
  ],
  tab: ['tabs are not allowed as indentation', 'indent with spaces'],
  several_documents: ['a second document begins here', 'write one cadence a file, without a second ---'],
  too_deep: ({ most }) => ['this is nested too deeply', `nest ${most} deep at most`],
  too_many_values: ({ most }) => [
    `the file says more than ${most} things, aliases written out`,
    'use fewer aliases',
  ],
  wrong_key: ['a key has to be a plain word', 'put texts with {{ }} or [ ] in quotes'],
  duplicate_key: ({ key }) => [`the key ${quoted(key)} stands twice in one mapping`, 'keep one of the two'],
  too_many_problems: ['there are more problems from here on', 'mend the ones above first'],

  not_a_mapping: ({ empty }) => [
    empty ? 'the file is empty' : 'the file is not a mapping',
    'begin with cadence: NAME',
  ],
  not_a_list: ['the file is not a list', 'begin with - { at: +9d, type: demo.held }'],
  unknown_key: ({ noun, key, known, meant }) => [
    noun ? `${NOUNS[noun]} has no key ${quoted(key)}` : `there is no key ${quoted(key)} here`,
    meant ? didYouMean(meant) : `its keys are ${listed(known, 'and')}`,
  ],
  missing_key: ({ subject: of, add }) => [`${subject(of)} is missing`, `add ${add}`],
  wrong_type: wrongType,
  wrong_value: wrongValue,

  impossible_wait: (fault) => {
    const text = quoted(fault.text)
    switch (fault.kind) {
      case 'no_wait':
        return [
          `${text} is no wait`,
          `write ${fault.meant ?? '30m, 4h, 4bh (business hours), 3d, 3bd (business days), 2w, 6mo or 2y'}`,
        ]
      case 'too_long':
        return [`${text} is longer than ten years`, 'write ten years (10y) at most']
      case 'none':
        return [`${text} is no time at all`, 'write at least 1h']
    }
  },
  no_business_days: ({ text, instead }) => [
    `${quoted(text)} counts business time, and there is no calendar here to count it`,
    `write ${instead}`,
  ],
  window_never_opens: (fault) => {
    if (fault.kind === 'no_days') return ['the window has no days', 'write mon-fri']
    return [`the window ${fault.window} ends when it begins`, 'write "00:00-24:00" for the whole day']
  },
  wrong_moment: ({ text }) => [
    `${quoted(text)} is no moment tied to a date`,
    'write "offer ends - 9d", "demo - 1d 09:00", "credit ends - 14d", 2027-03-01 or "fact renewal - 30d"',
  ],
  wrong_days: ({ text }) => [`${quoted(text)} names no days`, 'write mon-fri, mon,wed,fri or business'],
  wrong_hours: ({ text }) => [`${quoted(text)} names no hours`, 'write "09:00-17:30"'],
  wrong_closed: ({ text }) => [`${quoted(text)} names no days`, 'write 2026-12-24 or 2026-12-28..2026-12-31'],
  wrong_limit: ({ kind, text }) =>
    kind === 'limit'
      ? [`${quoted(text)} is no limit`, 'write 2 per week or 4 per 10d']
      : [`${quoted(text)} is no stretch of time`, 'write per day, week, month or 10d'],
  limit_of_none: ({ text, stretch }) => [
    `${quoted(text)} never lets an e-mail out`,
    `write at least 1 per ${stretch}`,
  ],
  wrong_name: ({ of, text, meant }) =>
    of === 'fact'
      ? [`${quoted(text)} can't be the name of a fact`, 'use letters, digits, "-" and "_", 64 at most']
      : [
          `${quoted(text)} can't be a name`,
          meant ? `write ${meant}` : 'use small letters, digits, "-" and "_", 64 at most',
        ],
  reserved_name: (fault) =>
    fault.of === 'step'
      ? [
          `no step can be called ${quoted(fault.text)}: Relance makes such steps itself`,
          `call it ${fault.instead}`,
        ]
      : [`no stage can be called ${quoted(fault.text)}: the word has a meaning`, 'give it another name'],
  wrong_locale: ({ text, meant }) => [
    `${quoted(text)} is no language tag`,
    `write ${meant ?? 'fr, en or pt-BR'}`,
  ],
  unknown_holidays: ({ text, country, meant }) => [
    `no holidays are known for ${quoted(text)}${country ? ` in ${countryName(country)}` : ''}`,
    `write ${meant ?? 'a country as FR, or a region as DE-BY'}`,
  ],
}

/**
 * An example of every problem in a file, and of every fault that one has kinds of, complete by type: `docs/errors.md`
 * shows the first one's words, and tests say all of them in every language.
 */

import type { InputFault } from '../../cadence/input-fault.ts'
import type {
  Noun,
  OwnProblemValues,
  TypeFault,
  Unreachable,
  ValueFault,
  WantedType,
} from '../../cadence/problem-values.ts'
import { TEMPLATE_FAULTS, TEMPLATE_PROBLEM_EXAMPLES } from './template-examples.ts'

/** One of each kind. */
type Kinds<Fault extends { kind: string }> = { [Kind in Fault['kind']]: Fault & { kind: Kind } }

const all = <Fault extends { kind: string }>(kinds: Kinds<Fault>): Fault[] => Object.values(kinds)

const SUBJECT = { key: 'theme' }

const WANTED: Kinds<WantedType> = {
  keys: { kind: 'keys', keys: ['need', 'credit'] },
  text: { kind: 'text' },
  number: { kind: 'number' },
  whole_number: { kind: 'whole_number' },
  boolean: { kind: 'boolean' },
  list: { kind: 'list' },
  mapping: { kind: 'mapping' },
}

const TYPE: Kinds<TypeFault> = {
  value: { kind: 'value', subject: { key: 'wait' }, value: 3, wanted: { kind: 'text' } },
  otherwise: { kind: 'otherwise' },
  wait_for: { kind: 'wait_for' },
  fact_test: { kind: 'fact_test' },
  signal: { kind: 'signal', value: 'demo.held' },
}

const WORDS = { kind: 'one_of' as const, subject: SUBJECT, words: ['ease', 'support'] }
const VALUE: Kinds<ValueFault> = {
  one_of: { ...WORDS, value: 'eas', meant: 'ease' },
  at_least: { kind: 'at_least', subject: { key: 'pace' }, value: 0, bound: 0.05 },
  more_than: { kind: 'more_than', subject: { key: 'amount' }, value: 0, bound: 0 },
  at_most: { kind: 'at_most', subject: { key: 'pace' }, value: 1.5, bound: 1 },
  no_items: { kind: 'no_items', subject: { key: 'any' } },
  no_words: { kind: 'no_words' },
  no_condition: { kind: 'no_condition' },
  moment: { kind: 'moment', value: 'demain' },
  seen_before: { kind: 'seen_before', value: '+1d' },
  id: { kind: 'id', value: 'a b' },
  contact: { kind: 'contact', value: 'a b' },
  other: { kind: 'other', subject: { item: 2, of: 'authority' }, value: { kind: 'list' } },
}

const UNREACHABLE: Kinds<Unreachable> = {
  implied: { kind: 'implied', by: 'contact' },
  ended: { kind: 'ended', by: 2 },
  always: { kind: 'always' },
  together: { kind: 'together' },
}

const NOUNS: Record<Noun, true> = {
  ...{ step: true, cadence: true, condition: true, credit: true, end: true, exit: true, exits: true },
  ...{ fact_test: true, level: true, limits: true, nurture: true, offer: true, play: true, stage: true },
  ...{ wait_for: true, window: true, escalation: true, escalations: true },
}

const TYPES: (InputFault & { kind: 'type' })['wanted'][] = [
  ...(['number', 'mapping', 'list', 'text', 'whole_number', 'boolean', 'other'] as const),
]
const SETTING: Kinds<InputFault> = {
  smtp_url: { kind: 'smtp_url' },
  type: { kind: 'type', wanted: 'number' },
  one_of: { kind: 'one_of', words: ['http', 'manual', 'local'] },
  at_least: { kind: 'at_least', bound: 1 },
  at_most: { kind: 'at_most', bound: 65_535 },
  longest: { kind: 'longest', bound: 100 },
  pattern: { kind: 'pattern', pattern: '^[A-Z]{3,10}$' },
  liquid: { kind: 'liquid', line: 1, column: 3, fault: TEMPLATE_FAULTS.filter_unknown },
  unknown_variable: { kind: 'unknown_variable', variable: 'sender.name' },
  not_for: { kind: 'not_for', provider: 'manual' },
  empty: { kind: 'empty' },
  not_storable: { kind: 'not_storable' },
  name: { kind: 'name' },
  spacing: { kind: 'spacing' },
  zone: { kind: 'zone' },
  address: { kind: 'address' },
  url: { kind: 'url' },
  path: { kind: 'path' },
  limit_path: { kind: 'limit_path' },
  values: { kind: 'values' },
  timeout: { kind: 'timeout' },
  no_kind: { kind: 'no_kind' },
  only_manual: { kind: 'only_manual' },
  company_twice: { kind: 'company_twice' },
  two_secrets: { kind: 'two_secrets' },
  no_reference: { kind: 'no_reference' },
  other: { kind: 'other' },
}

/** The parser's codes that have French words of their own, and one that hasn't. */
const YAML = [
  ...['MISSING_CHAR', 'ALIAS_PROPS', 'BAD_ALIAS', 'BAD_COLLECTION_TYPE', 'BAD_DIRECTIVE', 'BAD_DQ_ESCAPE'],
  ...['BAD_INDENT', 'BAD_PROP_ORDER', 'BAD_SCALAR_START', 'BLOCK_AS_IMPLICIT_KEY', 'BLOCK_IN_FLOW'],
  ...['DUPLICATE_KEY', 'KEY_OVER_1024_CHARS', 'MULTILINE_IMPLICIT_KEY', 'MULTIPLE_ANCHORS'],
  ...['MULTIPLE_TAGS', 'NON_STRING_KEY', 'UNEXPECTED_TOKEN', 'IMPOSSIBLE'],
]

const THREAD = { step: 'relance-1', emails: ['bonjour'] }

export const PROBLEM_EXAMPLES: {
  [Code in keyof OwnProblemValues]: readonly [OwnProblemValues[Code], ...OwnProblemValues[Code][]]
} = {
  not_text: [{}, { utf16: 'perhaps' }, { utf16: 'surely' }],
  too_big: [
    { bytes: 300 * 1024, most: 256 * 1024 },
    { bytes: 3 * 1024 * 1024, most: 100_000 },
  ],
  unreadable_file: [
    { kind: 'missing' },
    { kind: 'not_a_file', name: 'exemples' },
    { kind: 'error', says: 'EACCES' },
  ],
  yaml_syntax: [
    { error: 'BAD_INDENT', says: 'all mapping items must start at the same column' },
    ...YAML.map((error) => ({ error, says: 'unexpected end' })),
  ],
  yaml_version: [{}],
  yaml_tag: [{ tag: 'tag:yaml.org,2002:binary' }],
  yaml_merge: [{}],
  yaml_alias: [
    { name: 'a', fault: 'unknown' },
    { name: 'a', fault: 'circular' },
  ],
  tab: [{}],
  several_documents: [{}],
  too_deep: [{ most: 32 }],
  too_many_values: [{ most: 20_000 }],
  wrong_key: [{}],
  duplicate_key: [{ key: 'locale' }],
  too_many_problems: [{}],

  not_a_mapping: [{ empty: true }, { empty: false }],
  not_a_list: [{}],
  unknown_key: [
    { noun: 'step', key: 'tehme', known: ['theme', 'thread'], meant: 'theme' },
    { key: 'langue', known: ['from'] },
    ...(Object.keys(NOUNS) as Noun[]).map((noun) => ({ noun, key: 'langue', known: ['about', 'window'] })),
  ],
  missing_key: [
    { subject: { key: 'until' }, add: 'until: { … }' },
    { subject: { kind: 'file' }, add: 'from: …' },
  ],
  wrong_type: [
    ...([TYPE.value] as const),
    ...all(TYPE),
    ...all(WANTED).map((wanted) => ({ ...TYPE.value, wanted })),
  ],
  wrong_value: [
    ...([VALUE.one_of] as const),
    ...all(VALUE),
    { ...WORDS, value: null },
    { ...WORDS, value: { kind: 'mapping' }, subject: { item: 1 } },
  ],

  impossible_wait: [
    { kind: 'no_wait', text: '2 jours', meant: '2d' },
    { kind: 'no_wait', text: 'bientôt' },
    { kind: 'too_long', text: '11y' },
    { kind: 'none', text: '0d' },
  ],
  no_business_days: [{ text: '5bd', instead: '7d' }],
  window_never_opens: [{ kind: 'empty', window: '09:00-09:00' }, { kind: 'no_days' }],
  wrong_moment: [{ text: 'demain' }],
  wrong_days: [{ text: 'semaine' }],
  wrong_hours: [{ text: '9h-17h' }],
  wrong_closed: [{ text: 'Noël' }],
  wrong_limit: [
    { kind: 'limit', text: 'deux' },
    { kind: 'stretch', text: 'an' },
  ],
  limit_of_none: [{ text: '0 per week', stretch: 'week' }],
  wrong_name: [
    { of: 'anything', text: 'Été à Paris', meant: 'ete-a-paris' },
    { of: 'anything', text: '../x' },
    { of: 'fact', text: 'a b' },
  ],
  reserved_name: [
    { of: 'step', text: 'find-chef', instead: 'find_chef' },
    { of: 'stage', text: 'nurture' },
  ],
  wrong_locale: [{ text: 'fr_FR', meant: 'fr-FR' }, { text: '?' }],
  unknown_holidays: [
    { text: 'UK', meant: 'GB' },
    { text: 'XX' },
    { text: 'XX', country: 'DE', meant: 'DE-BY' },
  ],

  duplicate_id: [
    ...(['step', 'stage', 'play', 'level'] as const).map((of) => ({ of, id: 'bonjour', free: 'bonjour-2' })),
    { of: 'signal', id: 'crm-1' },
  ] as [OwnProblemValues['duplicate_id']],
  never_holds: [{ kind: 'excluding' }, { kind: 'no_offer' }, { kind: 'no_stale_credit' }],
  asks_itself: [{ kind: 'stage_age' }, { kind: 'standing' }],
  no_nurture: [{}],
  nurture_never_starts: [{ stage: 'contact' }],
  nurture_never_writes: [{ after: '60d' }],
  unreachable_stage: [
    { stage: 'contact', ...UNREACHABLE.implied },
    ...all(UNREACHABLE).map((why) => ({ stage: 3, ...why })),
  ],
  conflicting_goals: [{ by: 'contact' }],
  proposal_waits: [{}],
  play_never_starts: [
    { kind: 'when', on: 'objection.raised' },
    { kind: 'until', on: 'objection.raised' },
    { kind: 'ending', on: 'unsubscribed' },
  ],
  wait_and_at: [{ step: 'bonjour' }, {}],
  emails_at_once: [{ step: 'bonjour' }, {}],
  waits_unseen: [
    { kind: 'stage', id: 'contact' },
    { kind: 'play', id: 'doute' },
    { kind: 'stage' },
    { kind: 'reply' },
    { kind: 'role' },
  ],
  nothing_to_wait_for: [
    { kind: 'no_task', step: 'bonjour' },
    { kind: 'dated', step: 'bonjour' },
    { kind: 'dated' },
  ],
  step_kind: [{ step: 'bonjour', kinds: [] }, { step: 'bonjour', kinds: ['email', 'notify'] }, { kinds: [] }],
  misplaced_key: [{ key: 'due', kind: 'email', allowed: ['task'] }],
  unknown_step: [
    { kind: 'unknown', ...THREAD, meant: 'relance-2' },
    { kind: 'itself', ...THREAD },
    { kind: 'no_email', ...THREAD },
    { kind: 'later', ...THREAD, emails: [] },
  ],
  offer_too_short: [{ lasts: '1d', wait: '2bd' }],
  urgency_when: [{ kind: 'first' }, { kind: 'later', level: 'pressant' }, { kind: 'later' }],
  pace_rises: [{ before: 0.5 }],
  unknown_mailbox: [
    { mailbox: 'clara', known: ['claire'], meant: 'claire' },
    { mailbox: 'paul', known: ['claire', 'tom'] },
    { mailbox: 'paul', known: [] },
  ],

  ...TEMPLATE_PROBLEM_EXAMPLES,

  variable_not_set: [{ variable: 'CLAIRE_PASSWORD', setting: 'mailboxes.claire.smtp' }],
  missing_setting: [
    { setting: 'mailboxes.claire.from' },
    { setting: 'credit.bureau.request', about: 'request' },
    { setting: 'credit.bureau.answer', about: 'answer' },
    { setting: '' },
  ],
  wrong_setting: [
    { setting: 'mailboxes.claire.smtp', fault: SETTING.smtp_url },
    ...all(SETTING).map((fault) => ({ setting: 'credit.bureau.x', fault })),
    ...TYPES.map((wanted) => ({ setting: '', fault: { kind: 'type' as const, wanted } })),
    { setting: 'credit.bureau.x', fault: { kind: 'not_for' } },
  ],
  unknown_input: [
    { field: 'leed' },
    { field: 'stagge', meant: 'stage' },
    { field: 'owner', known: ['cadence', 'stage'] },
  ],
  missing_input: [{ field: 'type' }],
  wrong_input: [
    { field: 'id', fault: { kind: 'type', wanted: 'text' } },
    ...all(SETTING).map((fault) => ({ field: 'id', fault })),
  ],
}

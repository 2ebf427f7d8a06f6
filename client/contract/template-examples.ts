/** An example of every fault of a template, of every text that can't be written, and of every problem with either. */
import type { TemplateFault, TextFault } from '../../cadence/error-values.ts'
import type { TemplateProblems } from '../../cadence/problem-values.ts'

/** One of each kind. */
type Kinds<Fault extends { kind: string }> = { [Kind in Fault['kind']]: Fault & { kind: Kind } }

/** What can be wrong with a template. */
export const TEMPLATE_FAULTS: Kinds<TemplateFault> = {
  no_subject: { kind: 'no_subject' },
  no_front_matter: { kind: 'no_front_matter' },
  too_long: { kind: 'too_long', characters: 200_000, most: 100_000 },
  boundless: { kind: 'boundless' },
  no_clock: { kind: 'no_clock', word: 'now' },
  tag_unknown: { kind: 'tag_unknown', tag: 'include', tags: ['if', 'unless'] },
  filter_unknown: { kind: 'filter_unknown', filter: 'raw' },
  syntax: { kind: 'syntax', says: '', quotes: true },
  variant_unknown: { kind: 'variant_unknown', variant: 'c', variants: ['a', 'b'] },
  subject_empty: { kind: 'subject_empty' },
  body_empty: { kind: 'body_empty' },
  comment: { kind: 'comment', key: 'subject' },
  date_unclear: { kind: 'date_unclear' },
  condition_printed: { kind: 'condition_printed', text: 'contact.first_name or urgency' },
  not_read: { kind: 'not_read', text: 'zut' },
  never_equal: { kind: 'never_equal', variable: 'lead.machines', with: '10' },
  and_with_or: { kind: 'and_with_or' },
  foreign_tag: { kind: 'foreign_tag', text: '*|FNAME|*' },
  html: { kind: 'html', text: '<b>' },
  no_text: { kind: 'no_text', key: 'variants', variant: 'a' },
  no_variants: { kind: 'no_variants' },
  key_unknown: { kind: 'key_unknown', key: 'subjekt', keys: ['subject', 'variants', 'preheader'] },
}

/** Why a text can't be written for somebody. */
export const TEXT_FAULTS: [TextFault, ...TextFault[]] = [
  {
    text: { template: 'bonjour.fr.md' },
    line: 2,
    column: 11,
    kind: 'template',
    fault: TEMPLATE_FAULTS.subject_empty,
  },
  { text: { template: 'bonjour.fr.md' }, kind: 'link' },
  { text: { step: 'appel' }, kind: 'value' },
  { text: { template: 'bonjour.fr.md' }, line: 5, column: 3, kind: 'value', variable: 'contact.title' },
  { text: { template: 'bonjour' }, kind: 'language', language: 'de' },
]

const NO_TEMPLATE = { template: 'nouvelle', others: [], files: ['nouvelle.fr.md', 'nouvelle.md'] }
const OFFER = { kind: 'no_offer' as const, variable: 'offer.ends' }

/** Problems with templates, complete by type. */
export const TEMPLATE_PROBLEM_EXAMPLES: {
  [Code in keyof TemplateProblems]: readonly [TemplateProblems[Code], ...TemplateProblems[Code][]]
} = {
  unknown_template: [
    { ...NO_TEMPLATE, meant: 'nouvelles' },
    NO_TEMPLATE,
    { ...NO_TEMPLATE, others: ['nouvelle.de.md'] },
  ],
  unused_template: [{ named: true }, { named: false }],
  unknown_variable: [
    { variable: 'contact.prenom', known: ['contact.first_name'], meant: 'contact.first_name' },
    { variable: 'x', known: ['contact.first_name'] },
  ],
  variable_without_value: [
    { ...OFFER, user: { step: 'bonjour' } },
    { ...OFFER, user: { kind: 'nurture' } },
    { kind: 'no_objection', variable: 'objection.topic', user: {} },
    { kind: 'task', variable: 'sender.name' },
  ],
  unknown_column: [
    { variable: 'lead.secteurr', kind: 'list', meant: 'lead.secteur' },
    { variable: 'lead.ville', kind: 'list' },
    { variable: 'lead.ville', kind: 'launched' },
    { variable: 'lead.companny', kind: 'slip', meant: 'lead.company' },
  ],
  unwritable_rows: [
    { row: 2, rows: 1, fault: TEXT_FAULTS[0] },
    { row: 2, rows: 5, gap: { text: { template: 'bonjour.md' }, variables: ['contact.first_name'] } },
  ],
  unwritable_leads: [
    { leads: 1, fault: TEXT_FAULTS[0] },
    { leads: 5, gap: { text: { template: 'bonjour.md' }, variables: ['contact.first_name'] } },
  ],
  unwritable_text: TEXT_FAULTS,
  invalid_template: [TEMPLATE_FAULTS.no_subject, ...Object.values(TEMPLATE_FAULTS)],
}

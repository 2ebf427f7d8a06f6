/**
 * Every problem that is found in a file of the team's (a cadence, a template, signals, relance.yaml), by its code, and
 * the values it is found with. A code is stable: scripts rely on it. Values are data, as those of errors are, and a
 * text of the file among them is short. `reasons/` has the words, a language each.
 */
import type { ErrorValues, Gap, TemplateFault, TextFault } from './error-values.ts'
import type { InputFault } from './input-fault.ts'
import type { SignalType } from './signals.ts'
import type { StepKind } from './words.ts'

/** A problem without values: its code says it all. */
type Nothing = Record<string, never>

/** What a mapping is, for those who wrote a key that it doesn't have. */
export type Noun =
  | 'cadence'
  | 'condition'
  | 'credit'
  | 'end'
  | 'escalation'
  | 'escalations'
  | 'exit'
  | 'exits'
  | 'fact_test'
  | 'level'
  | 'limits'
  | 'nurture'
  | 'offer'
  | 'play'
  | 'stage'
  | 'step'
  | 'wait_for'
  | 'window'

/** What a problem is about: a key, an item of a list, or the whole file. Items are counted from 1. */
export type Subject = { key: string } | { item: number; of?: string } | { kind: 'file' }

/** A value of a file: a short one itself, of others what they are. */
export type Shown = string | number | boolean | null | { kind: 'list' | 'mapping' }

/** What a value has to be. */
export type WantedType =
  | { kind: 'text' | 'number' | 'whole_number' | 'boolean' | 'list' | 'mapping' }
  /** A mapping with these keys, or some of them. */
  | { kind: 'keys'; keys: readonly string[] }

/** Why a value is of the wrong type. */
export type TypeFault =
  | { kind: 'value'; subject: Subject; value: Shown; wanted: WantedType }
  /** What `otherwise:` of a stage is. */
  | { kind: 'otherwise' }
  /** What `wait_for:` of a step is. */
  | { kind: 'wait_for' }
  /** What a fact of a condition is compared with. */
  | { kind: 'fact_test' }
  /** An entry of a signals file. */
  | { kind: 'signal'; value: Shown }

/** Why a value isn't one that can stand there. */
export type ValueFault =
  | { kind: 'one_of'; subject: Subject; value: Shown; words: readonly string[]; meant?: string }
  | { kind: 'at_least' | 'more_than' | 'at_most'; subject: Subject; value: Shown; bound: number }
  | { kind: 'no_items'; subject: Subject }
  /** A text without words. */
  | { kind: 'no_words' }
  /** A condition that asks for nothing. */
  | { kind: 'no_condition' }
  /** Of a signals file: when, its id, who. */
  | { kind: 'moment' | 'seen_before' | 'id' | 'contact'; value: Shown }
  | { kind: 'other'; subject: Subject; value: Shown }

/** Why a stage is never reached; `by`: the stage before it that is to blame. */
export type Unreachable =
  | { kind: 'ended' | 'implied'; by: StageName }
  /** Its goal is always met; the goals before meet it together. */
  | { kind: 'always' | 'together' }

/** A stage by its id, or its number where it has none. */
export type StageName = string | number

/** Who asks for a text: a step, by its id where it has one, or the nurture. */
export type TextUser = { step?: string } | { kind: 'nurture' }

/** A text that can't be read, and YAML that can't be understood. */
interface TextProblems {
  not_text: { utf16?: 'surely' | 'perhaps' }
  too_big: { bytes: number; most: number }
  unreadable_file:
    | { kind: 'not_a_file'; name: string }
    | { kind: 'missing' }
    | { kind: 'error'; says: string }
  /** `error`: the parser's own code; `says`: its message. */
  yaml_syntax: { error: string; says: string }
  yaml_version: Nothing
  yaml_tag: { tag: string }
  yaml_merge: Nothing
  yaml_alias: { name: string; fault: 'unknown' | 'circular' }
  tab: Nothing
  several_documents: Nothing
  too_deep: { most: number }
  too_many_values: { most: number }
  wrong_key: Nothing
  duplicate_key: { key: string }
  too_many_problems: Nothing
}

/** A file whose keys and values aren't those that it should have. */
interface ShapeProblems {
  not_a_mapping: { empty: boolean }
  not_a_list: Nothing
  unknown_key: { noun?: Noun; key: string; known: readonly string[]; meant?: string }
  /** `add`: what to write, in YAML. */
  missing_key: { subject: Subject; add: string }
  wrong_type: TypeFault
  wrong_value: ValueFault
}

/** The short texts of a cadence. */
interface NotationProblems {
  impossible_wait:
    | { kind: 'no_wait'; text: string; meant?: string }
    | { kind: 'too_long' | 'none'; text: string }
  no_business_days: { text: string; instead: string }
  wrong_moment: { text: string }
  window_never_opens: { kind: 'no_days' } | { kind: 'empty'; window: string }
  wrong_days: { text: string }
  wrong_hours: { text: string }
  wrong_closed: { text: string }
  wrong_limit: { kind: 'limit' | 'stretch'; text: string }
  limit_of_none: { text: string; stretch: string }
  wrong_name: { of: 'anything' | 'fact'; text: string; meant?: string }
  reserved_name: { of: 'step'; text: string; instead: string } | { of: 'stage'; text: string }
  wrong_locale: { text: string; meant?: string }
  /** `country`: whose region is looked for, ISO 3166-1. */
  unknown_holidays: { text: string; country?: string; meant?: string }
}

/** What can be wrong with a file by itself. */
export interface FileProblems extends TextProblems, ShapeProblems, NotationProblems {}

/** What the parts of a cadence have to do with each other. */
export interface CadenceProblems {
  duplicate_id:
    | { of: 'step' | 'stage' | 'play' | 'level'; id: string; free: string }
    | { of: 'signal'; id: string }
  never_holds: { kind: 'excluding' | 'no_offer' | 'no_stale_credit' }
  asks_itself: { kind: 'stage_age' | 'standing' }
  no_nurture: Nothing
  nurture_never_starts: { stage: StageName }
  nurture_never_writes: { after: string }
  unreachable_stage: { stage: StageName } & Unreachable
  conflicting_goals: { by: StageName }
  proposal_waits: Nothing
  play_never_starts: { kind: 'when' | 'until' | 'ending'; on: SignalType }
  /** It leaves right behind the e-mail before it. */
  emails_at_once: { step?: string }
  /** Where a lead can wait without end, and nobody is told. */
  waits_unseen: { kind: 'stage' | 'play'; id?: string } | { kind: 'reply' | 'role' }
  wait_and_at: { step?: string }
  /** `wait_for` where no task is before it, or beside `at`. */
  nothing_to_wait_for: { kind: 'no_task' | 'dated'; step?: string }
  step_kind: { step?: string; kinds: readonly StepKind[] }
  misplaced_key: { key: string; kind: StepKind; allowed: readonly StepKind[] }
  unknown_step: {
    kind: 'itself' | 'no_email' | 'later' | 'unknown'
    step: string
    emails: readonly string[]
    meant?: string
  }
  offer_too_short: { lasts: string; wait: string }
  urgency_when: { kind: 'first' } | { kind: 'later'; level?: string }
  pace_rises: { before: number }
  unknown_mailbox: { mailbox: string; known: readonly string[]; meant?: string }
}

/** Templates, and the texts of tasks. */
export interface TemplateProblems {
  /** `others`: its files in other languages; `files`: those that would do. */
  unknown_template: {
    template: string
    others: readonly string[]
    files: readonly string[]
    meant?: string
  }
  unused_template: { named: boolean }
  unknown_variable: { variable: string; known: readonly string[]; meant?: string }
  variable_without_value:
    | { kind: 'task'; variable: string }
    | { kind: 'no_offer' | 'no_objection'; variable: string; user: TextUser }
  invalid_template: TemplateFault
  /** A name of the list's own that is no column: of a list, or of any that was launched. */
  unknown_column: { variable: string; kind: 'list' | 'launched' | 'slip'; meant?: string }
  /** Rows of a list whose letters can't be written: the first, and how many in all. */
  unwritable_rows: { row: number; rows: number } & ({ gap: Gap } | { fault: TextFault })
  /** The same of leads that run. */
  unwritable_leads: { leads: number } & ({ gap: Gap } | { fault: TextFault })
  unwritable_text: TextFault
}

/**
 * relance.yaml; `setting` is a path as `mailboxes.claire.from`, empty for the whole file. And requests; `field` is a
 * path, too, or the part of the request that is meant: `body`.
 */
export interface InputProblems {
  variable_not_set: { variable: string; setting: string }
  missing_setting: { setting: string; about?: 'request' | 'answer' }
  wrong_setting: { setting: string; fault: InputFault }
  unknown_input: { field: string; meant?: string; known?: readonly string[] }
  missing_input: { field: string }
  wrong_input: { field: string; fault: InputFault }
}

/** Errors of a signal that a signals file has its lines for. */
export type SignalFault = 'unknown_signal' | 'unknown_field' | 'missing_field' | 'invalid_field'

/** The problems that have words of their own; the others have those of the error of the same code. */
export interface OwnProblemValues extends FileProblems, CadenceProblems, TemplateProblems, InputProblems {}

export interface ProblemValues extends OwnProblemValues, Pick<ErrorValues, SignalFault> {}

export type ProblemCode = keyof ProblemValues

/** A problem as data. */
export type ProblemData<Code extends ProblemCode = ProblemCode> = {
  [C in Code]: { code: C; values: ProblemValues[C] }
}[Code]

/** A problem as data: its values are those of its code. */
export const problem = <Code extends ProblemCode>(code: Code, values: ProblemValues[Code]): ProblemData =>
  ({ code, values }) as ProblemData

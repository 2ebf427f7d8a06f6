/**
 * Every error there is, by its code, and the values it is thrown with. A code is stable (scripts rely on it) and means
 * one thing. Values are data: names, paths, numbers, instants as ISO 8601; `says` is what another program said. They go
 * over the wire, so no secret is among them. `reasons/` has the words, `client/contract/error-table.ts` status and exit.
 */
import type { SignalType } from './signals.ts'
import type { HoldWord, OutcomeWord, StepKind } from './words.ts'

/** An error without values: its code says it all. */
type Nothing = Record<string, never>

/** What a field or an option takes. `most`: characters. */
export type Wanted =
  | { kind: 'one_of'; values: readonly string[] }
  | { kind: 'number' | 'boolean' | 'instant' | 'code' | 'value' }
  | { kind: 'text' | 'topic' | 'line'; most: number }

/** Why nothing can be kept in a folder. */
export const FOLDER_FAULTS = ['not_a_folder', 'read_only', 'denied', 'full'] as const
export type FolderFault = (typeof FOLDER_FAULTS)[number]

/** What was typed and can't be meant. */
export type UsageFault =
  | { kind: 'zone'; text: string }
  | { kind: 'country'; text: string }
  | { kind: 'date'; option: string; text: string }
  | { kind: 'number'; option: string; text: string; least: number; most: number }
  | { kind: 'field'; text: string }
  | { kind: 'map'; text: string }
  | { kind: 'file_or_lead' }
  | { kind: 'whom' }
  | { kind: 'whom_to_reopen' }
  | { kind: 'leads_or_cadence' }
  | { kind: 'template_or_all' }
  | { kind: 'whose_letters' }

/** What is wrong with a template. */
export type TemplateFault =
  | { kind: 'too_long'; characters: number; most: number }
  | { kind: 'boundless' }
  | { kind: 'no_clock'; word: string }
  | { kind: 'tag_unknown'; tag: string; tags: readonly string[] }
  | { kind: 'filter_unknown'; filter: string }
  /** `quotes`: the text may only lack them. */
  | { kind: 'syntax'; says: string; quotes?: boolean }
  | { kind: 'variant_unknown'; variant: string; variants: readonly string[] }
  | { kind: 'subject_empty' | 'body_empty' }
  | { kind: 'no_front_matter' }
  | { kind: 'no_subject' }
  | { kind: 'no_text'; key: string; variant?: string }
  /** What stands behind a `#` may be a comment or a part of the text. */
  | { kind: 'comment'; key: string }
  | { kind: 'date_unclear' }
  /** Of `{{ … }}` or a condition: what is no value, and what stands behind one and is not read. */
  | { kind: 'condition_printed' | 'not_read'; text: string }
  /** Compared with what it never equals: a text with a number, with true or false, or with ''. */
  | { kind: 'never_equal'; variable: string; with: string }
  | { kind: 'and_with_or' }
  /** What another program's templates have. */
  | { kind: 'foreign_tag'; text: string }
  | { kind: 'html'; text: string }
  | { kind: 'no_variants' }
  | { kind: 'key_unknown'; key: string; keys: readonly string[] }

/** What is wrong with an e-mail address. */
export type AddressFault =
  | { kind: 'control_character' | 'formula' | 'quoted' | 'not_bare' | 'no_at' | 'several' | 'space' }
  | { kind: 'nothing_before_at' | 'accents_before_at' | 'sign_before_at' | 'no_domain' }
  /** Of a whole domain that was named: everybody may have an address there. */
  | { kind: 'everybodys_domain' }
  | { kind: 'long_before_at' | 'too_long'; most: number }

/** Why what a credit provider sent can't be read. */
export type MappingFault =
  | { kind: 'no_json' | 'missing' | 'limit_missing' | 'no_number' | 'no_date' | 'impossible_date' }
  | { kind: 'none_of'; values: readonly string[] }

/** What is wrong with a mapping of columns. */
export type MapFault =
  | { kind: 'no_pair'; text: string }
  | { kind: 'twice' | 'whole_or_last' | 'no_name'; name: string }
  | { kind: 'slip'; name: string; meant: string; fields: readonly string[] }

/** Why a Temporal CLI can't be used. */
export type CliFault =
  | { kind: 'not_temporal' }
  | { kind: 'too_old'; has: string; needs: string }
  | { kind: 'failed'; says: string }

/** How a process ended, or that it doesn't answer. */
export type ProcessEnd =
  | { kind: 'signal'; signal: string }
  | { kind: 'status'; status: number | null }
  | { kind: 'error'; says: string }
  | { kind: 'silent' }

/** A text of a cadence: a letter by its file, a task by its step. */
export type TextPlace = { template: string } | { step: string }

/** A text of a cadence, and the variables that have no value for somebody. */
export interface Gap {
  text: TextPlace
  variables: readonly string[]
}

/** Why a text can't be written for somebody. Names no person, and nothing of theirs. */
export type TextFault = { text: TextPlace; line?: number; column?: number } & (
  | { kind: 'template'; fault: TemplateFault }
  /** A link that leads nowhere. */
  | { kind: 'link' }
  /** A variable without a value; or, without `variable`, a value made of others that came out empty. */
  | { kind: 'value'; variable?: string }
  /** No letter in their language, and none that stands in. */
  | { kind: 'language'; language: string }
)

export interface ErrorValues {
  // The command line
  usage: UsageFault
  not_found: { path: string }
  not_a_file: { path: string }
  no_access: { path: string }
  goes_in_circles: { cadence: string; at: string }
  no_inbox: Nothing
  no_cluster: { verb: string; missing: readonly ('DATABASE_URL' | 'TEMPORAL_ADDRESS')[] }
  part_died: { part: 'worker' | 'temporal'; how: ProcessEnd; log: string }
  bad_example: { file: string }
  not_a_demo: { folder: string }
  unexpected: { says: string }

  // Reaching a Relance
  not_running: { at: { url: string } | { home: string } | { file: string } }
  no_token: Nothing
  not_relance: { status: number }
  connection_lost: Nothing

  // Starting
  config_missing: { file: string }
  config_too_large: { file: string; kilobytes: number }
  bad_config: Nothing
  mailbox_unknown: { mailbox: string; known: readonly string[] }
  mailbox_without_smtp: { mailbox: string }
  mailbox_not_paused: { mailbox: string }
  mailbox_unreal: { mailboxes: readonly string[] }
  smtp_url_invalid: { setting: string }
  no_smtp: Nothing
  bank_needs_up: { provider: string }
  data_folder_in_use: { folder: string; pid?: number }
  data_folder_unusable: { folder: string; fault: FolderFault }
  data_folder_foreign: { path: string }
  /** `missing`: files and folders in it; `says`: the database's own words. */
  database_damaged: { folder: string; missing: readonly string[]; says?: string }
  disk_full: Nothing
  database_unreachable: { says: string }
  /** `n`, `name`: the migration. */
  database_too_new: { n: number; name: string }
  format_too_new: { format: number; known: number }
  port_taken: { host: string; port: number }
  host_unusable: { host: string; port: number; says: string }
  temporal_missing: { path?: string; fault?: CliFault }
  temporal_config: { file: string } | { profile: string } | { says: string }
  temporal_unreachable: { address: string; says: string }
  temporal_not_started: { problem: ProcessEnd; log: string; tail: string }
  temporal_damaged: { file: string; says: string; log: string }
  /** `path`: the older CLI; `wrote`: the version of the server that the data folder had. */
  temporal_older: { path: string; has: string; folder: string; wrote: string }
  port_in_use: { host: string; port: number }
  temporal_left_behind: { pid: number; folder: string }
  namespace_missing: { namespace: string }
  search_attribute_type: { namespace: string; names: readonly string[] }

  // Requests
  unauthorized: { given: boolean }
  host_refused: { host: string }
  origin_refused: { origin: string }
  too_large: { megabytes: number }
  unsupported_media_type: Nothing
  bad_request: { says: string }
  invalid_request: Nothing
  no_file: { field: string }
  no_such_route: { method: string; path: string }
  method_not_allowed: { method: string; path: string; allowed: readonly string[] }
  internal: { reference: string }

  // Leads
  lead_unknown: { lead: string }
  lead_ended: { outcome: OutcomeWord }
  ended_for_good: { outcome: OutcomeWord }
  not_ended: Nothing
  /** `hold`: what keeps it still instead, where something does. */
  not_paused: { hold?: HoldWord }
  suppressed: Nothing
  already_open: { lead: string }
  not_started: Nothing
  lead_not_running: Nothing
  no_worker: Nothing
  temporal_away: Nothing
  bad_outcome: { outcome: string }
  bad_plan: Nothing
  /** Ids of steps of the version: those that do again what was done, those that don't come any more. */
  move_refused: { lead: string; version: number; repeats: readonly string[]; skips: readonly string[] }
  refused: { says: string }

  // Cadences and their texts
  cadence_unknown: { cadence: string; version?: number }
  cadence_invalid: { errors: number }
  template_unknown: { cadence: string; template: string; known: readonly string[]; meant?: string }
  invalid_template: { file: string; line: number; column: number; fault: TemplateFault }
  /** Without `variable`: the place prints a value made of others. */
  variable_without_value: { file: string; line: number; column: number; variable?: string }
  link_without_address: Nothing

  // Signals, contacts and referrals
  unknown_signal: { type: string; meant?: string }
  own_signal: { type: SignalType }
  unknown_field: { type: SignalType; field: string; known: readonly string[]; meant?: string }
  missing_field: { type: SignalType; field: string; wanted: Wanted }
  /** `value`: as a sentence quotes it. */
  invalid_field: { field: string; value: string; wanted: Wanted; meant?: string }
  signal_in_the_future: { at: string; now: string }
  /** An id that was used before, for something else; `before` and `now` may be one type. */
  signal_conflict: { lead: string; id: string; before: SignalType; now: SignalType }
  /** `domain`: what suppresses it all the same. */
  not_suppressed: { entry: string; domain: string | undefined }
  contact_unknown: { contact: string; known: readonly string[] }
  invalid_email: { fault: AddressFault }
  self_referral: Nothing
  /** Whose the address is. */
  address_taken: { lead: string; cadence: string; contact: string }
  unfillable_template: { cadence: string; gaps: readonly Gap[] }
  unwritable_text: { cadence: string; faults: readonly TextFault[] }

  // Tasks and credit
  task_unknown: { task: string }
  no_form: { task: string; kind: StepKind }
  task_answered: { task: string; lead: string; before?: SignalType; now: SignalType }
  hook_refused: { provider: string }
  /** Without `path`: the whole body. */
  credit_unmappable: { path?: string; fault: MappingFault }
  credit_request_unwritable: { provider: string }
  credit_reference_unknown: Nothing
  credit_company_unknown: Nothing

  // Time
  unknown_zone: { zone: string }
  window_never_opens: { zone: string; days: readonly number[]; from: number; to: number; within: number }
  no_slot: { spacing: number }

  // Files of leads
  csv_empty: Nothing
  csv_spreadsheet: { format: 'zip' | 'xls' | 'pdf' | 'gzip' }
  csv_binary: Nothing
  csv_not_csv: Nothing
  encoding_unknown: { encoding: string; known: readonly string[] }
  /** How the file would read in the likeliest encodings. Personal data. */
  encoding_unclear: { percent: number; readings: readonly { encoding: string; sample: string }[] }
  csv_no_header: Nothing
  /** `columns`: the first of them; `more`: how many others there are. */
  csv_duplicate_columns: { columns: readonly string[]; more: number }
  csv_no_email_column: { columns: readonly string[]; more: number }
  csv_unknown_column: { column: string; columns: readonly string[]; more: number; meant?: string }
  csv_quote_not_closed: { row: number }
  csv_record_too_long: { row: number; most: number }
  csv_malformed: { row: number }
  /** `says`: what the reader of archives or XML says. */
  workbook_broken: { says: string }
  /** What reading it may take: megabytes of memory, seconds, megabytes of text. */
  workbook_too_large: { kind: 'memory' | 'time' | 'size'; most: number }
  /** `sheets`: those there are; none in a file that is no workbook. */
  sheet_unknown: { sheet: string; sheets: readonly string[]; meant?: string }
  /** Several sheets may be the list. */
  sheet_unclear: { sheets: readonly string[] }
  map_invalid: MapFault
  /** Somebody of a list, by their row or address. */
  not_in_list: { file: string } & ({ row: number } | { lead: string })
}

export type ErrorCode = keyof ErrorValues

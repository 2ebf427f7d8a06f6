/**
 * What a launch says of a file of leads: why a row is refused, and what was odd but no reason to refuse one. By code,
 * with the values as data; `reasons/` has the words.
 */
import type { AddressFault, Gap, TextFault } from './error-values.ts'

/** Why an address must not be written to. */
export const SUPPRESSION_REASONS = ['unsubscribed', 'complained', 'bounced', 'asked'] as const
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

/**
 * By which door a no comes in: a signal, a mail server's answer, a row of a list of leads, a do-not-contact list, a
 * person, the end of a lead, or an address that took the place of one that must not be written to.
 */
export const DOORS = ['signal', 'mail', 'row', 'list', 'person', 'end', 'edit'] as const
export type Door = (typeof DOORS)[number]

/** What a row lacks, or why its cells can't be told apart. */
export type RowFault =
  | { kind: 'no_address' }
  | { kind: 'fields'; fields: readonly string[] }
  | { kind: 'cells'; cells: number; header: number }
  /** One cell holds so many rows more. */
  | { kind: 'quote'; rows: number }

export interface RefusalValues {
  /** `address`: as a sentence can quote it. */
  invalid_email: { address: string; fault: AddressFault }
  missing_field: RowFault
  duplicate_row: { first: number }
  suppressed:
    | { kind: 'column'; column: string; value: string; reason: SuppressionReason }
    | { kind: 'row'; row: number; reason: SuppressionReason }
    | { kind: 'record'; reason: SuppressionReason }
  /** What looks like an opt-out and isn't understood. */
  opt_out_unclear: { kind: 'column'; column: string; value: string } | { kind: 'row'; row: number }
  /** A name that was written in one encoding and read in another, before it came here. */
  garbled_text: { column: string; value: string }
  already_launched: { cadence: string; lead: string }
  /** Known beside the main contact of an open lead. */
  contact_of_lead: { cadence: string; lead: string; contact: string }
  unfillable_template: { gaps: readonly Gap[] }
  unwritable_text: { faults: readonly TextFault[] }
}

/** No personal data: warnings may be logged. */
export interface WarningValues {
  damaged_text: { encoding: string }
  /** What stands above the header. */
  preamble: { to: number }
  /** The header again, in the midst of the rows. */
  repeated_header: Record<string, never>
  report_footer: { from: number; to: number }
  /** By its number. */
  unnamed_column: { column: number }
  no_rows: Record<string, never>
  /** Of a workbook's sheets. */
  one_sheet: { sheet: string; others: readonly string[] }
  /** Cells that are one over several rows, as `A5:A9`. */
  merged_cells: { ranges: readonly string[]; more: number }
  hidden_rows: Record<string, never>
  /** By its name. */
  formula: { column: string }
  /** What a spreadsheet shows for a formula that failed: `#REF!`. */
  error_value: { column: string }
  too_long: { column: string }
  /** Dates that can be read in two ways stay as they are written. */
  dates_unclear: { column: string }
  /** An address stands where a name is asked for. */
  name_is_address: { column: string }
  not_understood: { field: string }
  /** The leads were launched before, and have other addresses now. */
  address_corrected: Record<string, never>
  /** The leads were launched before, with other zones. */
  zone_kept: Record<string, never>
  /** Their regions have no holidays of their own that are known: their country's count. */
  region_without_days: { country: string }
  /** Neither a zone nor a country is known of them: the cadence's, or UTC. */
  zone_assumed: { zone: string }
  /** Their country has several; this is where most people live. */
  zone_guessed: { country: string; zone: string }
}

export type RefusalCode = keyof RefusalValues
export type WarningCode = keyof WarningValues

/** A refusal as data. */
export type RefusalData<Code extends RefusalCode = RefusalCode> = {
  [C in Code]: { code: C; values: RefusalValues[C] }
}[Code]

/** A row that is refused, by the number that a spreadsheet shows; with its address where that could be read. */
export type RefusedRow = RefusalData & { row: number; email?: string }

/** A warning as data. */
export type WarningData = { [C in WarningCode]: { code: C; values: WarningValues[C] } }[WarningCode]

/** A warning, with the first rows that it is about, and how many others there are. */
export type FileWarning = WarningData & { rows?: readonly number[]; more?: number }

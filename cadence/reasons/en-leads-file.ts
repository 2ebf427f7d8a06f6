/** Refusals and warnings of a file of leads, in English. */
import type { RowFault, SuppressionReason } from '../leads-file.ts'
import { countryName } from './en-problem-words.ts'
import type { LeadsFileDictionary } from './leads-file-dictionary.ts'

const REASONS: Record<SuppressionReason, string> = {
  unsubscribed: 'unsubscribed',
  complained: 'complained',
  bounced: 'bounced',
  asked: 'they asked',
}

function missing(fault: RowFault): string {
  switch (fault.kind) {
    case 'no_address':
      return 'the e-mail address is missing'
    case 'fields':
      return `missing: ${fault.fields.join(', ')}`
    case 'cells':
      return `the row has ${fault.cells} cells, the header ${fault.header}: a cell that holds the separator must be in quotes`
    case 'quote':
      return `a quote isn't closed where it should be: one cell has swallowed ${fault.rows} more row${fault.rows > 1 ? 's' : ''}`
  }
}

export const leadsFileEn: LeadsFileDictionary = {
  refusals: {
    invalid_email: ({ address, fault }, phrases) => `"${address}": ${phrases.address(fault)}`,
    missing_field: missing,
    duplicate_row: ({ first }) => `the same address as in row ${first}`,
    suppressed: (fault) => {
      switch (fault.kind) {
        case 'column':
          return `the CRM says not to write to this person: ${fault.column} is "${fault.value}"`
        case 'row':
          return `row ${fault.row} says not to write to this address`
        case 'record':
          return `must not be written to: ${REASONS[fault.reason]}`
      }
    },
    opt_out_unclear: (fault) =>
      fault.kind === 'row'
        ? `row ${fault.row} has this address, too, and may say not to write to it`
        : `this may say not to write to this person: ${fault.column} is "${fault.value}". If it doesn't, launch with --ignore "${fault.column}"`,
    garbled_text: ({ column, value }) =>
      `${column} is "${value}": its letters were spoilt, perhaps by another program that read it in a wrong encoding`,
    already_launched: ({ cadence, lead }) => `is an open lead of the cadence ${cadence} (${lead})`,
    contact_of_lead: ({ cadence, lead }) =>
      `is a contact of an open lead of the cadence ${cadence} (${lead}), which writes to them`,
    unfillable_template: ({ gaps }, phrases) => gaps.map(phrases.gap).join(phrases.between),
    unwritable_text: ({ faults }, phrases) => faults.map(phrases.textFault).join(phrases.between),
  },
  warnings: {
    damaged_text: ({ encoding }) => `some characters are not valid ${encoding} and were read as "\ufffd"`,
    preamble: ({ to }) =>
      to === 1
        ? 'row 1 is not the header yet and was left out'
        : `rows 1 to ${to} stand above the header and were left out`,
    repeated_header: 'the header again, left out',
    report_footer: ({ from, to }) => `rows ${from} to ${to} are the footer of a report and were left out`,
    unnamed_column: ({ column }) => `column ${column} has no name and was left out`,
    no_rows: 'the file has a header, but no rows',
    one_sheet: ({ sheet, others }) =>
      `only the sheet "${sheet}" was read, not ${others.map((name) => `"${name}"`).join(', ')}`,
    merged_cells: ({ ranges, more }) =>
      `merged cells: only the first row of ${ranges.join(', ')}${more > 0 ? ` and ${more} more` : ''} has the value`,
    hidden_rows: 'hidden in the workbook, left out; what they say of not being written to holds',
    error_value: ({ column }) => `${column}: a formula that failed, read as empty`,
    formula: ({ column }) => `${column}: a formula, read as empty`,
    dates_unclear: ({ column }) =>
      `${column}: dates that begin with the day or with the month, which none of them says: left as written; say --dates dmy or --dates mdy`,
    name_is_address: ({ column }) => `${column}: an address instead of a name, read as empty`,
    too_long: ({ column }) => `${column}: a text too long for it, read as empty`,
    not_understood: ({ field }) => `${field} not understood, read as empty`,
    address_corrected: 'launched before with this address, which has been corrected since',
    zone_kept: 'launched before with another time zone, which stays as it was',
    region_without_days: ({ country }) =>
      `no public holidays of their own are known for these regions of ${countryName(country)}: the country's count`,
    zone_assumed: ({ zone }) => `neither time zone nor country known: ${zone} is assumed`,
    zone_guessed: ({ country, zone }) => `no time zone, and ${country} has several: ${zone} is assumed`,
  },
  rows: (rows, more) =>
    `row${rows.length > 1 ? 's' : ''} ${rows.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
}

/**
 * The table of errors: for each code the HTTP status the API answers with, the exit code the command line ends with,
 * and its meaning. What it says, with its remedy, is in `cadence/reasons/`. `docs/errors.md` is written from both.
 */
import type { ErrorCode } from '../../cadence/errors.ts'

export interface ErrorRow {
  /** Undefined for errors that no request can meet: they happen at a start, or in the program that asks. */
  status: number | null
  exit: number
  /** When it happens, in one sentence. */
  meaning: string
}

/** Exit codes, as `relance --help` explains them. */
export const EXIT = { ok: 0, problem: 1, usage: 2, notRunning: 3, interrupted: 130 } as const

/**
 * An error that a request can meet. 400 is for requests that don't fit the OpenAPI document, 422 for those that fit it and
 * say what can't be: a document has no word for a time zone that is none.
 */
const answered = (status: number, meaning: string): ErrorRow => ({ status, exit: EXIT.problem, meaning })
/** An error outside of any request. */
const outside = (meaning: string, exit: number = EXIT.problem): ErrorRow => ({ status: null, exit, meaning })

export const ERROR_TABLE: Record<ErrorCode, ErrorRow> = {
  usage: { status: 422, exit: EXIT.usage, meaning: "What was asked for, or typed, can't be meant." },
  not_found: outside('A file that was named on the command line is not there.'),
  not_a_file: outside('A folder was named where a file is needed.'),
  no_access: outside('A file or folder may not be read or written by this user.'),
  goes_in_circles: answered(422, 'A rehearsed cadence turns again and again without time passing.'),
  no_inbox: outside('The inbox was asked for, and e-mails go to an SMTP server instead.'),
  no_cluster: outside(
    'A part of a cluster was started without the database and the Temporal it shares with the others.',
  ),
  part_died: outside('The worker or the Temporal server ended while the process still needed it.'),
  bad_example: outside('A cadence that comes with Relance was changed and has errors now.'),
  not_a_demo: outside('The folder a demo was to clear holds something else.'),
  unexpected: outside('Something failed that Relance knows no error for.'),

  not_running: outside(
    'There is no Relance to talk to: none was started for the data folder, or nothing listens.',
    EXIT.notRunning,
  ),
  no_token: outside('RELANCE_URL names a server, and no token for it was given.'),
  not_relance: outside('Something else than Relance answered.'),
  connection_lost: outside('The connection broke while a request was under way.'),

  config_missing: outside('RELANCE_CONFIG names a file that is not there.'),
  config_too_large: outside('The configuration is far larger than one can be.'),
  bad_config: outside('relance.yaml has errors, each told with its place.'),
  mailbox_unknown: answered(422, "A cadence sends from a mailbox that relance.yaml doesn't have."),
  mailbox_without_smtp: outside('A mailbox is configured, and no SMTP server for it.'),
  mailbox_not_paused: answered(409, 'A mailbox is to go on that is not paused.'),
  mailbox_unreal: outside('A real mail server is configured, and no real sender.'),
  smtp_url_invalid: outside('The address of a mail server can not be read.'),
  no_smtp: outside('A worker of a cluster has no SMTP server to send with.'),
  bank_needs_up: outside("A credit provider is the local bank, and this process can't run it."),
  data_folder_in_use: outside('Another Relance runs on this data folder.'),
  data_folder_unusable: outside("The data folder can't be written to."),
  data_folder_foreign: outside("What is where the database would be isn't Relance's."),
  database_damaged: outside('The embedded database is damaged. It is left as it is.'),
  disk_full: answered(503, 'The disk of the database is full: nothing was written.'),
  database_unreachable: outside('PostgreSQL does not answer when Relance starts.'),
  database_too_new: outside("The database's tables are of a later version of Relance."),
  format_too_new: answered(500, 'Something stored is of a format that only a later Relance knows.'),
  port_taken: outside("The API's port is taken by another program."),
  host_unusable: outside("The API can't listen at the configured address."),
  temporal_missing: outside('There is no usable Temporal CLI, and none could be had.'),
  temporal_config: outside("The configuration of the connection to Temporal can't be used."),
  temporal_unreachable: outside(
    'The Temporal server that was configured does not answer when Relance starts.',
  ),
  temporal_not_started: outside('The embedded Temporal server did not come up.'),
  temporal_damaged: outside("The embedded Temporal server's file is damaged. It is left as it is."),
  temporal_older: outside('The data folder was written by a newer Temporal server than the one found.'),
  port_in_use: outside('The port asked for the embedded Temporal server is taken.'),
  temporal_left_behind: outside("A Temporal server of an earlier, killed Relance can't be ended."),
  namespace_missing: outside('The Temporal server has no such namespace.'),
  search_attribute_type: outside("The namespace has Relance's search attributes with other types."),

  unauthorized: answered(401, 'The request carries no token, or a wrong one.'),
  host_refused: answered(421, "The request names a host that this server doesn't answer for."),
  origin_refused: answered(403, 'A page in a browser asks that is not from this server.'),
  too_large: answered(413, "The request's body is larger than is taken."),
  unsupported_media_type: answered(415, "The request's body is of a type that the route doesn't take."),
  bad_request: answered(400, "The request's body can't be read at all."),
  invalid_request: answered(400, 'Fields of the request are missing, unknown or wrong, each told by itself.'),
  no_file: answered(400, 'A form was sent without the file it has to have.'),
  no_such_route: answered(404, 'The API has no such path.'),
  method_not_allowed: answered(
    405,
    'The API has the path, but not with this method; `Allow` has those it has.',
  ),
  internal: answered(500, 'Something failed on the server; its log has the reference.'),

  lead_unknown: answered(404, 'No lead has this id or address.'),
  lead_ended: answered(409, 'The lead has ended, so nothing can be asked of it.'),
  ended_for_good: answered(409, 'The lead ended in a way that allows no reopening.'),
  not_paused: answered(409, 'A lead was to go on that nobody has paused; it may wait for something else.'),
  not_ended: answered(409, 'A lead was to be reopened that is open.'),
  suppressed: answered(409, 'A lead was to be reopened whose address must not be written to.'),
  already_open: answered(409, 'A lead was to be reopened whose address has another open lead.'),
  not_started: answered(503, "The lead's workflow has not been started yet."),
  lead_not_running: answered(409, 'No workflow runs for the lead.'),
  no_worker: answered(503, 'No worker answered for the lead in time.'),
  temporal_away: answered(503, 'Temporal does not answer for now.'),
  bad_outcome: answered(409, 'A lead was to end as something that is no outcome.'),
  bad_plan: answered(409, 'A lead was to move to something that is no published version.'),
  move_refused: answered(409, 'Moved to that version, the lead would get a touch twice, or miss one.'),
  refused: answered(409, "A lead's workflow refused for a reason that this Relance doesn't know."),

  cadence_unknown: answered(404, 'There is no such cadence, or no such version of it.'),
  cadence_invalid: answered(422, 'A cadence to be published has errors, each told with its place.'),
  template_unknown: answered(404, 'The cadence has no letter of this name.'),
  invalid_template: answered(422, 'A template is not written as templates are.'),
  variable_without_value: answered(422, 'A text prints a variable that has no value.'),
  link_without_address: answered(422, 'A link in a text begins with a value that is no web address.'),

  unknown_signal: answered(422, 'There is no such type of signal.'),
  own_signal: answered(422, 'A signal was sent that only Relance itself says.'),
  unknown_field: answered(422, "A signal has a field that its type doesn't have."),
  missing_field: answered(422, 'A signal lacks a field that its type needs.'),
  invalid_field: answered(422, "A signal's field has a value that it can't have."),
  signal_in_the_future: answered(422, 'A signal says that it happened later than now.'),
  signal_conflict: answered(409, "A signal's id was used before, for a signal that says something else."),
  not_suppressed: answered(404, 'What was to be lifted is not on the do-not-contact list.'),
  contact_unknown: answered(404, 'The lead has no such contact.'),
  invalid_email: answered(422, 'An e-mail address, or a domain, is none that can be written to.'),
  self_referral: answered(422, 'Somebody is said to have referred themselves.'),
  address_taken: answered(409, "A contact was to have an address that is somebody else's, of an open lead."),
  unfillable_template: answered(422, 'Texts of the cadence need to know more of the person than was said.'),
  unwritable_text: answered(
    422,
    "Texts of the cadence can't be written for the person: in no language of theirs, or not with what is said of them.",
  ),

  task_unknown: answered(404, 'There is no such task.'),
  no_form: answered(409, 'A task was answered that has nothing to be answered.'),
  task_answered: answered(409, 'A task was answered before, and differently.'),
  hook_refused: answered(401, 'A webhook is of no provider that is known here, or its secret is wrong.'),
  credit_unmappable: answered(422, "What a credit provider sent can't be read as relance.yaml says."),
  credit_request_unwritable: answered(
    422,
    'A request to a credit provider makes no address of what is known of a lead.',
  ),
  credit_reference_unknown: answered(404, 'A webhook is about a credit check that was never made.'),
  credit_company_unknown: answered(404, 'A webhook is about a company that nobody was checked at.'),

  unknown_zone: answered(422, 'A time zone is none that is known.'),
  window_never_opens: answered(422, "A cadence's window has no open day."),
  no_slot: answered(422, "A mailbox has no free slot in its cadence's window for years."),

  csv_empty: answered(422, 'A file of leads has nothing in it.'),
  csv_spreadsheet: answered(422, 'A file of leads is an old or locked workbook, a PDF or an archive.'),
  csv_binary: answered(422, 'A file of leads is not text.'),
  csv_not_csv: answered(422, 'A file of leads is text of another kind: HTML, XML or JSON.'),
  encoding_unknown: answered(422, 'An encoding is asked for that is not known.'),
  encoding_unclear: answered(422, "The encoding of a file of leads can't be told from what is in it."),
  csv_no_header: answered(422, 'A file of leads has no row with the names of its columns.'),
  csv_duplicate_columns: answered(422, 'A file of leads has columns of one name.'),
  csv_no_email_column: answered(422, 'No column of a file of leads is known to hold addresses.'),
  csv_unknown_column: answered(422, "A mapping names a column that the file doesn't have."),
  csv_quote_not_closed: answered(422, 'A quote in a file of leads is opened and never closed.'),
  csv_record_too_long: answered(422, 'A row of a file of leads is far longer than a lead can be.'),
  csv_malformed: answered(422, "A row of a file of leads can't be read as CSV."),
  workbook_broken: answered(422, "A workbook of leads can't be read."),
  workbook_too_large: answered(422, 'A workbook of leads takes too much memory or time to be read.'),
  sheet_unknown: answered(422, "A sheet is asked for that the file doesn't have."),
  sheet_unclear: answered(422, 'Several sheets of a workbook may be the list of leads.'),
  map_invalid: answered(422, "A mapping of fields to columns can't be meant."),
  not_in_list: outside('Letters were asked for of somebody whom the list of leads has not.'),
}

/** The HTTP status of a code; what happens where no request should meet it is the server's fault. */
export const statusOf = (code: ErrorCode): number => ERROR_TABLE[code].status ?? 500

/** The exit code of a code; one of a newer server may not be in the table. */
export const exitOf = (code: string): number =>
  Object.hasOwn(ERROR_TABLE, code) ? ERROR_TABLE[code as ErrorCode].exit : EXIT.problem

/**
 * An example of every error, and of every fault that one has kinds of, complete by type: `docs/errors.md` shows the
 * first one's remedy, and tests say all of them in every language.
 */
import type {
  AddressFault,
  CliFault,
  MapFault,
  MappingFault,
  ProcessEnd,
  UsageFault,
  Wanted,
} from '../../cadence/error-values.ts'
import { FOLDER_FAULTS } from '../../cadence/error-values.ts'
import type { ErrorCode, ErrorValues } from '../../cadence/errors.ts'
import { TEMPLATE_FAULTS, TEXT_FAULTS } from './template-examples.ts'

/** One of each kind. */
type Kinds<Fault extends { kind: string }> = { [Kind in Fault['kind']]: Fault & { kind: Kind } }

const USAGE: Kinds<UsageFault> = {
  zone: { kind: 'zone', text: 'Paris' },
  country: { kind: 'country', text: 'Nowhere' },
  date: { kind: 'date', option: 'from', text: 'demain' },
  number: { kind: 'number', option: 'days', text: 'x', least: 1, most: 3650 },
  field: { kind: 'field', text: 'level' },
  map: { kind: 'map', text: 'email' },
  file_or_lead: { kind: 'file_or_lead' },
  whom: { kind: 'whom' },
  whom_to_reopen: { kind: 'whom_to_reopen' },
  leads_or_cadence: { kind: 'leads_or_cadence' },
  template_or_all: { kind: 'template_or_all' },
  whose_letters: { kind: 'whose_letters' },
}

const ADDRESS: Kinds<AddressFault> = {
  no_at: { kind: 'no_at' },
  control_character: { kind: 'control_character' },
  formula: { kind: 'formula' },
  quoted: { kind: 'quoted' },
  not_bare: { kind: 'not_bare' },
  several: { kind: 'several' },
  space: { kind: 'space' },
  nothing_before_at: { kind: 'nothing_before_at' },
  accents_before_at: { kind: 'accents_before_at' },
  sign_before_at: { kind: 'sign_before_at' },
  no_domain: { kind: 'no_domain' },
  everybodys_domain: { kind: 'everybodys_domain' },
  long_before_at: { kind: 'long_before_at', most: 64 },
  too_long: { kind: 'too_long', most: 254 },
}

const MAPPING: Kinds<MappingFault> = {
  missing: { kind: 'missing' },
  no_json: { kind: 'no_json' },
  limit_missing: { kind: 'limit_missing' },
  no_number: { kind: 'no_number' },
  no_date: { kind: 'no_date' },
  impossible_date: { kind: 'impossible_date' },
  none_of: { kind: 'none_of', values: ['accepted', 'declined'] },
}

const MAP: Kinds<MapFault> = {
  no_pair: { kind: 'no_pair', text: 'email' },
  twice: { kind: 'twice', name: 'email' },
  whole_or_last: { kind: 'whole_or_last', name: 'Nom' },
  no_name: { kind: 'no_name', name: '???' },
  slip: { kind: 'slip', name: 'frist_name', meant: 'first_name', fields: ['email', 'first_name'] },
}

const CLI: Kinds<CliFault> = {
  not_temporal: { kind: 'not_temporal' },
  too_old: { kind: 'too_old', has: '1.20.0', needs: '1.28' },
  failed: { kind: 'failed', says: 'EACCES' },
}

const END: Kinds<ProcessEnd> = {
  signal: { kind: 'signal', signal: 'SIGKILL' },
  status: { kind: 'status', status: 1 },
  error: { kind: 'error', says: 'EACCES' },
  silent: { kind: 'silent' },
}

const WANTED: Kinds<Wanted> = {
  one_of: { kind: 'one_of', values: ['none', 'general', 'comparing', 'convinced'] },
  number: { kind: 'number' },
  boolean: { kind: 'boolean' },
  instant: { kind: 'instant' },
  code: { kind: 'code' },
  value: { kind: 'value' },
  text: { kind: 'text', most: 20_000 },
  topic: { kind: 'topic', most: 200 },
  line: { kind: 'line', most: 300 },
}

const PLACE = { file: 'templates/hello.md', line: 6, column: 3 }
const COLUMNS = { columns: ['Adresse', 'Société'], more: 0 }

export const ERROR_EXAMPLES: {
  [Code in ErrorCode]: readonly [ErrorValues[Code], ...ErrorValues[Code][]]
} = {
  usage: [USAGE.date, ...Object.values(USAGE), { ...USAGE.number, option: 'speed' }],
  not_found: [{ path: 'leads.csv' }],
  not_a_file: [{ path: 'examples' }],
  no_access: [{ path: 'leads.csv' }],
  goes_in_circles: [{ cadence: 'atelier-erp', at: '2026-12-03T09:00:00.000Z' }],
  no_inbox: [{}],
  no_cluster: [{ verb: 'worker', missing: ['DATABASE_URL', 'TEMPORAL_ADDRESS'] }],
  part_died: [
    { part: 'temporal', how: END.signal, log: '.relance/temporal.log' },
    ...Object.values(END).map((how) => ({ part: 'worker' as const, how, log: '.relance/relance.log' })),
  ],
  bad_example: [{ file: 'examples/atelier-erp.yaml' }],
  not_a_demo: [{ folder: '.relance-demo' }],
  unexpected: [{ says: 'EMFILE' }],

  not_running: [
    { at: { url: 'http://127.0.0.1:7373' } },
    { at: { home: '.relance' } },
    { at: { file: '.relance/server.json' } },
  ],
  no_token: [{}],
  not_relance: [{ status: 502 }],
  connection_lost: [{}],

  config_missing: [{ file: 'relance.yaml' }],
  config_too_large: [{ file: 'relance.yaml', kilobytes: 256 }],
  bad_config: [{}],
  mailbox_unknown: [
    { mailbox: 'paul', known: ['claire'] },
    { mailbox: 'paul', known: [] },
  ],
  mailbox_without_smtp: [{ mailbox: 'claire' }],
  mailbox_not_paused: [{ mailbox: 'claire' }],
  mailbox_unreal: [{ mailboxes: ['claire'] }, { mailboxes: [] }],
  smtp_url_invalid: [{ setting: 'SMTP_URL' }],
  no_smtp: [{}],
  bank_needs_up: [{ provider: 'bank' }],
  data_folder_in_use: [{ folder: '.relance', pid: 4711 }, { folder: '.relance' }],
  data_folder_unusable: FOLDER_FAULTS.map((fault) => ({ folder: '.relance', fault })) as [
    ErrorValues['data_folder_unusable'],
  ],
  data_folder_foreign: [{ path: '.relance/pg' }],
  database_damaged: [
    { folder: '.relance/pg', missing: ['PG_VERSION', 'global/pg_control'] },
    { folder: '.relance/pg', missing: [], says: 'cache lookup failed' },
  ],
  disk_full: [{}],
  database_unreachable: [{ says: 'ECONNREFUSED' }],
  database_too_new: [{ n: 99, name: '0099-later' }],
  format_too_new: [{ format: 9, known: 2 }],
  port_taken: [{ host: '127.0.0.1', port: 7373 }],
  host_unusable: [{ host: '203.0.113.1', port: 7373, says: 'EADDRNOTAVAIL' }],
  temporal_missing: [
    {},
    { path: '/usr/bin/temporal' },
    ...Object.values(CLI).map((fault) => ({ path: '/usr/bin/temporal', fault })),
  ],
  temporal_config: [{ file: 'temporal.toml' }, { profile: 'prod' }, { says: 'TOML' }],
  temporal_unreachable: [{ address: 'temporal.example:7233', says: 'ECONNREFUSED' }],
  temporal_not_started: Object.values(END).map((problem) => ({
    problem,
    log: '.relance/temporal.log',
    tail: '',
  })) as [ErrorValues['temporal_not_started']],
  temporal_damaged: [
    { file: '.relance/temporal.db', says: 'no such table: namespaces', log: 'temporal.log' },
  ],
  temporal_older: [{ path: '/usr/bin/temporal', has: '1.29.1', folder: '.relance', wrote: '1.32.0' }],
  port_in_use: [{ host: '127.0.0.1', port: 7233 }],
  temporal_left_behind: [{ pid: 4711, folder: '.relance' }],
  namespace_missing: [{ namespace: 'sales' }],
  search_attribute_type: [{ namespace: 'sales', names: ['RelanceStage'] }],

  unauthorized: [{ given: true }, { given: false }],
  host_refused: [{ host: 'evil.example' }],
  origin_refused: [{ origin: 'https://evil.example' }, { origin: 'null' }],
  too_large: [{ megabytes: 16 }],
  unsupported_media_type: [{}],
  bad_request: [{ says: 'JSON' }, { says: '' }],
  invalid_request: [{}],
  no_file: [{ field: 'file' }],
  no_such_route: [{ method: 'GET', path: '/v1/nowhere' }],
  method_not_allowed: [{ method: 'DELETE', path: '/v1/leads', allowed: ['GET', 'HEAD', 'POST'] }],
  internal: [{ reference: '1f2e3d4c' }],

  lead_unknown: [{ lead: 'hugo.morel@atelier-morel.example' }, { lead: 'k3v9x2' }],
  lead_ended: [{ outcome: 'lost' }, { outcome: 'won' }, { outcome: 'opted_out' }, { outcome: 'erased' }],
  ended_for_good: [{ outcome: 'won' }, { outcome: 'opted_out' }, { outcome: 'erased' }],
  not_ended: [{}],
  not_paused: [
    {},
    { hold: 'reply' },
    { hold: 'held' },
    { hold: 'account' },
    { hold: 'callback' },
    { hold: 'out_of_office' },
  ],
  suppressed: [{}],
  already_open: [{ lead: 'm4p8t1' }],
  not_started: [{}],
  lead_not_running: [{}],
  no_worker: [{}],
  temporal_away: [{}],
  bad_outcome: [{ outcome: 'gone' }],
  bad_plan: [{}],
  move_refused: [
    { lead: 'k3v9x2', version: 3, repeats: ['welcome'], skips: ['call', 'proof'] },
    { lead: 'k3v9x2', version: 3, repeats: ['welcome'], skips: [] },
    { lead: 'k3v9x2', version: 3, repeats: [], skips: ['call'] },
  ],
  refused: [{ says: 'later_code' }],

  cadence_unknown: [{ cadence: 'atelier-erp' }, { cadence: 'atelier-erp', version: 9 }],
  cadence_invalid: [{ errors: 2 }],
  template_unknown: [
    { cadence: 'atelier-erp', template: 'helo', known: ['hello', 'offer'], meant: 'hello' },
    { cadence: 'atelier-erp', template: 'x', known: ['hello', 'offer'] },
  ],
  invalid_template: [
    { ...PLACE, fault: TEMPLATE_FAULTS.no_subject },
    ...Object.values(TEMPLATE_FAULTS).map((fault) => ({ ...PLACE, fault })),
    { ...PLACE, fault: { kind: 'no_text', key: 'preheader' } },
  ],
  variable_without_value: [{ ...PLACE, variable: 'contact.title' }, PLACE],
  link_without_address: [{}],

  unknown_signal: [{ type: 'interest.expresed', meant: 'interest.expressed' }, { type: 'x' }],
  own_signal: [{ type: 'colleague.replied' }],
  unknown_field: [
    { type: 'interest.expressed', field: 'them', known: ['level', 'theme'], meant: 'theme' },
    { type: 'interest.expressed', field: 'x', known: ['level', 'theme'] },
    { type: 'demo.held', field: 'x', known: [] },
  ],
  missing_field: Object.values(WANTED).map((wanted) => ({
    type: 'interest.expressed',
    field: 'level',
    wanted,
  })) as [ErrorValues['missing_field']],
  invalid_field: [
    { field: 'level', value: '"generl"', wanted: WANTED.one_of, meant: 'general' },
    { field: 'level', value: '"x"', wanted: WANTED.one_of },
  ],
  signal_in_the_future: [{ at: '2027-01-01', now: '2026-12-03T09:00:00.000Z' }],
  signal_conflict: [
    { lead: 'k3v9x2', id: 'crm-8841', before: 'credit.approved', now: 'credit.refused' },
    { lead: 'k3v9x2', id: 'crm-8841', before: 'demo.booked', now: 'demo.booked' },
  ],
  not_suppressed: [
    { entry: 'lea@atelier-morel.example', domain: undefined },
    { entry: 'lea@atelier-morel.example', domain: 'atelier-morel.example' },
  ],
  contact_unknown: [{ contact: 'lea@atelier-morel.example', known: ['main'] }],
  invalid_email: Object.values(ADDRESS).map((fault) => ({ fault })) as [ErrorValues['invalid_email']],
  self_referral: [{}],
  address_taken: [
    { lead: 'k3v9x2', cadence: 'atelier-erp', contact: 'main' },
    { lead: 'k3v9x2', cadence: 'atelier-erp', contact: 'c7d1' },
  ],
  unfillable_template: [
    {
      cadence: 'atelier-erp',
      gaps: [
        { text: { template: 'hello.md' }, variables: ['contact.first_name'] },
        { text: { step: 'call' }, variables: ['lead.city'] },
      ],
    },
  ],

  unwritable_text: [{ cadence: 'atelier-erp', faults: TEXT_FAULTS }],

  task_unknown: [{ task: 'k3v9x2/1/call' }],
  no_form: [
    { task: 'k3v9x2/1/call', kind: 'task' },
    { task: 'k3v9x2/1/hello', kind: 'email' },
    { task: 'k3v9x2/1/check', kind: 'credit_check' },
    { task: 'k3v9x2/1/notice', kind: 'notify' },
  ],
  task_answered: [
    { task: 'k3v9x2/1/check', lead: 'k3v9x2', before: 'credit.approved', now: 'credit.refused' },
    { task: 'k3v9x2/1/check', lead: 'k3v9x2', now: 'credit.refused' },
    { task: 'k3v9x2/5/mend-hello', lead: 'k3v9x2', now: 'task.done' },
  ],
  hook_refused: [{ provider: 'creditsafe' }],
  credit_unmappable: [
    ...Object.values(MAPPING).map((fault) => ({ path: 'decision.status', fault })),
    { fault: MAPPING.no_json },
  ] as [ErrorValues['credit_unmappable']],
  credit_request_unwritable: [{ provider: 'creditsafe' }],
  credit_reference_unknown: [{}],
  credit_company_unknown: [{}],

  unknown_zone: [{ zone: 'Paris' }],
  window_never_opens: [{ zone: 'Europe/Paris', days: [1, 2], from: 540, to: 1050, within: 4000 }],
  no_slot: [{ spacing: 20_000 }],

  csv_empty: [{}],
  csv_spreadsheet: [{ format: 'zip' }, { format: 'xls' }, { format: 'pdf' }, { format: 'gzip' }],
  csv_binary: [{}],
  csv_not_csv: [{}],
  encoding_unknown: [{ encoding: 'latin-9000', known: ['utf-8', 'windows-1252'] }],
  encoding_unclear: [
    {
      percent: 58,
      readings: [
        { encoding: 'windows-1252', sample: 'Zoé' },
        { encoding: 'macroman', sample: 'ZoÈ' },
      ],
    },
    { percent: 0, readings: [] },
  ],
  csv_no_header: [{}],
  csv_duplicate_columns: [{ columns: ['Nom'], more: 0 }],
  csv_no_email_column: [COLUMNS, { ...COLUMNS, more: 3 }],
  csv_unknown_column: [
    { column: 'Adress', meant: 'Adresse', ...COLUMNS },
    { column: 'Ville', ...COLUMNS },
  ],
  csv_quote_not_closed: [{ row: 3 }],
  csv_record_too_long: [{ row: 3, most: 1_000_000 }],
  csv_malformed: [{ row: 3 }],
  workbook_broken: [{ says: 'unclosed tag' }],
  workbook_too_large: [
    { kind: 'memory', most: 1024 },
    { kind: 'time', most: 120 },
    { kind: 'size', most: 256 },
  ],
  sheet_unknown: [
    { sheet: 'Piste', sheets: ['Pistes', 'Notes'], meant: 'Pistes' },
    { sheet: 'Ventes', sheets: ['Pistes', 'Notes'] },
    { sheet: 'Pistes', sheets: [] },
  ],
  sheet_unclear: [{ sheets: ['France', 'Désinscrits'] }],
  map_invalid: [MAP.no_pair, ...Object.values(MAP)],
  not_in_list: [
    { file: 'leads.csv', row: 30 },
    { file: 'leads.csv', lead: 'lea@atelier-morel.example' },
  ],
}

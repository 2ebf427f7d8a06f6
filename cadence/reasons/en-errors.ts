/** Errors in English: phrases, without a full stop, which `errors.ts` makes sentences where they stand alone. */
import type {
  AddressFault,
  CliFault,
  FolderFault,
  Gap,
  MappingFault,
  ProcessEnd,
  Wanted,
} from '../error-values.ts'
import { SIGNAL_TYPES, type SignalType, specOf } from '../signals.ts'
import type { HoldWord, OutcomeWord, StepKind } from '../words.ts'
import { templateFaultEn as template, textFaultEn as textFault } from './en-template-faults.ts'
import { wordsEn } from './en-words.ts'
import type { ErrorDictionary, ErrorPhrases, ProblemLine } from './error-dictionary.ts'

const list = (names: readonly string[], none = 'none'): string => names.join(', ') || none
const quoted = (name: string): string => `"${name}"`

/** The names of columns, and how many more there are. */
const columnsOf = ({ columns, more }: { columns: readonly string[]; more: number }): string =>
  `${columns.map(quoted).join(', ')}${more > 0 ? ` and ${more} more` : ''}`

/** What a field takes. */
function wants(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'one_of':
      return wanted.values.join(', ')
    case 'number':
      return 'a number, 0 or more'
    case 'boolean':
      return 'true or false'
    case 'instant':
      return 'a date as 2026-12-03, or a time as 2026-12-03T14:00'
    case 'code':
      return 'a short code of letters, digits and . _ : / + -'
    case 'text':
      return `a text of ${wanted.most} characters at most`
    case 'topic':
      return `a few words, ${wanted.most} characters at most`
    case 'line':
      return `one line of ${wanted.most} characters at most`
    case 'value':
      return 'a number, true, false or a short word'
  }
}

const aboutField = (type: SignalType, field: string): string => {
  const about = specOf(type)?.fields[field]?.about
  return about ? `: ${about}` : ''
}

/** How many problems a message tells; all of them are in `problems`. */
const TOLD = 20

function linesOf(problems: readonly ProblemLine[], remedies = false): string {
  const lines = problems.map(({ file, line, column, message, remedy }) => {
    const text = remedies && remedy !== undefined ? `${message}, ${remedy}` : message
    return file === undefined ? text : `${file}:${line}:${column}  ${text}`
  })
  const more = lines.length > TOLD ? [`and ${lines.length - TOLD} more`] : []
  return [...lines.slice(0, TOLD), ...more].join('\n')
}

const OUTCOMES: Record<OutcomeWord, string> = {
  won: 'won',
  lost: 'lost',
  refused_credit: 'refused credit',
  opted_out: 'opted out',
  unreachable: 'unreachable',
  unresponsive: 'unresponsive',
  erased: 'erased',
}

/** Why an end is for good. */
const FOR_GOOD: Partial<Record<OutcomeWord, string>> = {
  won: 'a customer is launched in a cadence of their own',
  opted_out: 'they asked not to be written to, and nobody has lifted that',
  erased: 'they are erased',
}

const KINDS: Record<StepKind, string> = {
  email: 'an e-mail',
  task: 'a task for a person',
  credit_check: 'a credit check',
  notify: 'a notice',
}

const ADDRESS: Record<AddressFault['kind'], (most: number) => string> = {
  control_character: () => 'a line break or control character is inside the address',
  formula: () => 'the cell is a spreadsheet formula',
  quoted: () => 'quoted addresses are not supported: mail programs misread them',
  not_bare: () => 'only the bare address may be in the cell (name@company.com)',
  no_at: () => 'there is no @',
  several: () => 'the cell holds more than one address, or a stray @',
  space: () => 'there is a space inside the address',
  nothing_before_at: () => 'nothing is before the @',
  accents_before_at: () => 'only letters without accents, digits and signs may stand before the @',
  sign_before_at: () => 'a character or a dot before the @ is not allowed there',
  no_domain: () => 'what follows the @ is not a domain name',
  everybodys_domain: () => 'everybody may have an address at this domain: name addresses',
  long_before_at: (most) => `more than ${most} characters before the @`,
  too_long: (most) => `longer than ${most} characters`,
}

/** What is wrong with an e-mail address. */
const address = (fault: AddressFault): string => ADDRESS[fault.kind]('most' in fault ? fault.most : 0)

function unmappable(fault: MappingFault): string {
  switch (fault.kind) {
    case 'no_json':
      return 'is no JSON'
    case 'missing':
      return 'is not there'
    case 'limit_missing':
      return 'is not there (a limit that may be missing ends in ?)'
    case 'no_number':
      return 'is not a number of 0 or more'
    case 'no_date':
      return 'is not a date as 2026-12-03 or 2026-12-03T14:00:00Z'
    case 'impossible_date':
      return 'is a date that does not exist'
    case 'none_of':
      return `is none of ${fault.values.join(', ')}`
  }
}

function cli(fault: CliFault): string {
  switch (fault.kind) {
    case 'not_temporal':
      return 'it is not a Temporal CLI'
    case 'too_old':
      return `its server is ${fault.has}, and ${fault.needs} is needed`
    case 'failed':
      return fault.says
  }
}

/** How a process ended, as in `the server ended by SIGKILL`. */
function end(how: ProcessEnd): string {
  switch (how.kind) {
    case 'signal':
      return `ended by ${how.signal}`
    case 'status':
      return `ended with status ${how.status}`
    case 'error':
      return how.says
    case 'silent':
      return 'it does not answer'
  }
}

/** A gap in a cadence's texts, as in `hello.md needs contact.first_name`. */
const gap = ({ text, variables }: Gap): string =>
  `${'template' in text ? text.template : `step ${text.step}`} needs ${variables.join(', ')}`

const MISSING = {
  DATABASE_URL: 'DATABASE_URL (PostgreSQL, shared with the others)',
  TEMPORAL_ADDRESS: 'TEMPORAL_ADDRESS (or a profile of Temporal)',
}

const FORMATS = {
  zip: 'an archive, or a workbook of another kind than XLSX',
  xls: 'an old Excel workbook (.xls), or one that needs a password',
  pdf: 'a PDF',
  gzip: 'a compressed file (gzip)',
}

const INSTALL_TEMPORAL =
  "Install the Temporal CLI (https://docs.temporal.io/cli), or Python's pip, or Go, or set TEMPORAL_CLI to a Temporal CLI " +
  'or TEMPORAL_ADDRESS to a running Temporal server.'
const ANOTHER_SERVER = 'leave it out: then Relance starts a Temporal server of its own'
/** What keeps a folder from being used, and what to do. */
const FOLDER_FAULT: Record<FolderFault, readonly [string, string]> = {
  not_a_folder: ['is not a folder', 'Choose another data folder with RELANCE_HOME.'],
  read_only: [
    'is on a file system that can only be read',
    'Mount it for writing, or choose another data folder with RELANCE_HOME.',
  ],
  denied: [
    'may not be written to by this user',
    'Run Relance as the user whose folder it is, or choose another one with RELANCE_HOME.',
  ],
  full: [
    'is on a full disk',
    'Free some space there and start again: what was acknowledged is kept, and nothing is lost.',
  ],
}
const OPENAPI = 'The reference of the API is at /openapi.json.'
const EXPORT_AGAIN = 'export the leads again, as CSV with a header row'
const SAVE_AS_CSV =
  'save the sheet as "CSV UTF-8", or as XLSX without a password (in Excel: File, Save as), and give that file'

export const phrasesEn: ErrorPhrases = { between: '; ', template, address, cli, end, gap, textFault }

/** What lets a lead go on that nobody has paused. */
const GOES_ON: Record<HoldWord, string> = {
  paused: 'It goes on by itself: relance explain says when.',
  reply: 'It goes on once the reply is handled: relance signal LEAD reply.handled then=resume.',
  held: 'The seller keeps it: relance signal LEAD reply.handled then=resume lets it go.',
  account: "It goes on once the colleague's reply is handled.",
  callback: 'It goes on by itself on the day they asked for, or once a reply of theirs is handled.',
  out_of_office: 'It goes on by itself when they are back, or once a reply of theirs is handled.',
}

export const errorsEn: ErrorDictionary = {
  usage: {
    message: (fault) => {
      switch (fault.kind) {
        case 'zone':
          return `--zone ${fault.text} is not a time zone`
        case 'country':
          return `--country ${fault.text} is not a country`
        case 'date':
          return `--${fault.option} ${fault.text} is not a date`
        case 'number':
          return `--${fault.option} ${fault.text} is not a number from ${fault.least} to ${fault.most}`
        case 'field':
          return `"${fault.text}" is not field=value`
        case 'map':
          return `--map ${fault.text} is not field=Column`
        case 'whom_to_reopen':
          return 'a lead is wanted, or --mailbox with --since, and not both'
        case 'whom':
          return "it isn't said who is to be paused"
        case 'file_or_lead':
          return 'a cadence file or --lead is wanted, and not both'
        case 'leads_or_cadence':
          return 'leads or --cadence are wanted, and not both'
        case 'template_or_all':
          return 'a template or --all is wanted, and not both'
        case 'whose_letters':
          return "it isn't said whose letters are to be shown"
      }
    },
    remedy: (fault) => {
      switch (fault.kind) {
        case 'zone':
          return 'Write an IANA name, such as Europe/Paris.'
        case 'country':
          return 'Write its name or its code, such as France or FR.'
        case 'date':
          return 'Write one like 2026-12-01 or 2026-12-01T09:00.'
        case 'number':
          return fault.option === 'speed'
            ? '86400 is a day in a second.'
            : `Write a number from ${fault.least} to ${fault.most}.`
        case 'field':
          return 'Write fields like level=general.'
        case 'map':
          return 'Write it like --map email="Work address".'
        case 'whom_to_reopen':
          return 'Write relance reopen LEAD, or relance reopen --mailbox NAME --since 2026-11-27.'
        case 'whom':
          return 'Name a lead, or --owner, --cadence or --account.'
        case 'file_or_lead':
          return 'Write relance rehearse FILE, or relance rehearse --lead LEAD.'
        case 'leads_or_cadence':
          return 'Write relance move LEAD, or relance move --cadence NAME.'
        case 'template_or_all':
          return 'Write relance preview hello --lead LEAD, or relance preview --all --lead LEAD.'
        case 'whose_letters':
          return 'Name a lead that lives by --lead, or a file by --cadence; of its list, one by --row or --lead.'
      }
    },
  },
  not_found: { message: ({ path }) => `there is no file ${path}` },
  not_a_file: { message: ({ path }) => `${path} is a folder, not a file` },
  no_access: { message: ({ path }) => `${path} may not be read or written` },
  goes_in_circles: {
    message: ({ cadence, at }) => `cadence ${cadence} goes round in circles at ${at}`,
    remedy: 'Some stage or play begins anew each time it ends: give its steps a wait.',
  },
  no_inbox: {
    message: 'there is no built-in inbox: e-mails go to an SMTP server',
    remedy: 'Look into the mailboxes themselves; `relance show LEAD` says what was sent.',
  },
  no_cluster: {
    message: ({ verb, missing }) =>
      `relance ${verb} needs ${missing.map((name) => MISSING[name]).join(' and ')}`,
    remedy: 'Set them, or start everything in one process with `relance up`.',
  },
  part_died: {
    message: ({ part, how }) =>
      part === 'worker' ? `the worker died: ${end(how)}` : `the Temporal server died: ${end(how)}`,
    remedy: ({ log }) => `The log is ${log}.`,
  },
  bad_example: {
    message: ({ file }) => `${file} is not as it was`,
    remedy: '`relance check` says why.',
  },
  not_a_demo: {
    message: ({ folder }) => `${folder} is not empty, and no demo made it`,
    remedy: 'Name an empty folder with --home.',
  },
  unexpected: {
    message: ({ says }) => says,
    remedy: 'This is a fault in Relance. RELANCE_DEBUG=1 shows where.',
  },

  not_running: {
    message: ({ at }) => {
      if ('url' in at) return `Relance is not running: nothing listens at ${at.url}`
      if ('home' in at) return `Relance is not running: nothing was started in ${at.home}`
      return `Relance is not running: ${at.file} says nothing usable`
    },
    remedy: 'Start it with `relance up`.',
  },
  no_token: {
    message: 'RELANCE_URL is set, and RELANCE_TOKEN is not',
    remedy: 'Set RELANCE_TOKEN to what is in the file `token` of the data folder there.',
  },
  not_relance: {
    message: ({ status }) => `what answers there is not Relance (HTTP ${status})`,
    remedy: 'Check RELANCE_URL, or start Relance with `relance up`.',
  },
  connection_lost: {
    message: 'the connection broke before the answer was complete',
    remedy: 'Send it again: nothing is done twice.',
  },

  config_missing: {
    message: ({ file }) => `RELANCE_CONFIG names ${file}, which is not there`,
    remedy: 'Correct RELANCE_CONFIG, or unset it to go on without a configuration.',
  },
  config_too_large: {
    message: ({ file, kilobytes }) => `${file} is larger than ${kilobytes} KB`,
    remedy: 'A configuration is a page of text: check that RELANCE_CONFIG names the right file.',
  },
  bad_config: {
    message: (_, problems) => linesOf(problems, true),
    remedy: 'relance.example.yaml shows everything that may be in it.',
  },
  mailbox_unknown: {
    message: ({ mailbox }, problems) =>
      problems.length > 0 ? linesOf(problems, true) : `the mailbox ${mailbox} is not configured`,
    remedy: ({ known }) =>
      `Add it to relance.yaml under mailboxes and start again, or name another in from: (there are: ${list(known)}).`,
  },
  mailbox_without_smtp: {
    message: ({ mailbox }) => `the mailbox ${mailbox} has no SMTP server`,
    remedy: ({ mailbox }) => `Give mailboxes.${mailbox}.smtp in relance.yaml, or set SMTP_URL.`,
  },
  mailbox_not_paused: {
    message: ({ mailbox }) => `the mailbox ${mailbox} is not paused`,
    remedy: '`relance mailboxes` lists those that are.',
  },
  mailbox_unreal: {
    message: ({ mailboxes }) =>
      mailboxes.length === 0
        ? 'e-mails would leave through a real server under an address of relance.example, which nobody has'
        : `${list(mailboxes)}: the address in from ends in .example, and a real server is to send it`,
    remedy: 'Say the real senders under mailboxes in relance.yaml; relance.example.yaml shows how.',
  },
  smtp_url_invalid: {
    message: ({ setting }) => `${setting} is no address of a mail server`,
    remedy: 'Write it as smtp://user:password@host:587, or smtps:// for port 465.',
  },
  no_smtp: {
    message: 'no SMTP server is configured for what the worker sends',
    remedy: 'Set SMTP_URL, or give every mailbox of relance.yaml its smtp.',
  },
  bank_needs_up: {
    message: ({ provider }) => `credit.${provider} is a local bank, which only \`relance up\` runs`,
    remedy: 'Configure another kind in relance.yaml for a cluster.',
  },
  data_folder_in_use: {
    message: ({ folder, pid }) =>
      `${folder} is in use by ${pid === undefined ? 'a process' : `process ${pid}`}`,
    remedy: 'End that process, or choose another data folder with RELANCE_HOME.',
  },
  data_folder_unusable: {
    message: ({ folder, fault }) => `${folder} ${FOLDER_FAULT[fault][0]}`,
    remedy: ({ fault }) => FOLDER_FAULT[fault][1],
  },
  data_folder_foreign: {
    message: ({ path }) => `${path} is there, and isn't the database of a Relance`,
    remedy: 'Choose another data folder with RELANCE_HOME, or move it away. Nothing in it was touched.',
  },
  database_damaged: {
    message: ({ folder, missing, says }) =>
      `the database in ${folder} is damaged: ${missing.length > 0 ? `${missing.join(', ')} missing` : (says ?? '')}`,
    remedy:
      'It is left as it is. Keep a copy of the whole data folder, and put the last backup in its place; what was sent since then is not known to it.',
  },
  disk_full: {
    message: 'the disk of the database is full, so nothing of this was written',
    remedy: 'Free some space there, and ask again.',
  },
  database_unreachable: {
    message: ({ says }) => `PostgreSQL does not answer: ${says}`,
    remedy: 'Check DATABASE_URL, or leave it out to use the database in the data folder.',
  },
  database_too_new: {
    message: ({ n, name }) => `a later Relance has changed the database (${n}, ${name})`,
    remedy: 'Use that version, or a database of its own.',
  },
  format_too_new: {
    message: ({ format, known }) => `what is stored is of format ${format}, and ${known} is known here`,
    remedy: 'A later Relance wrote it: update this one to that version.',
  },
  port_taken: {
    message: ({ host, port }) => `port ${port} of ${host} is taken`,
    remedy: 'Stop what listens there, or set another one in relance.yaml under api.port.',
  },
  host_unusable: {
    message: ({ host, port, says }) => `can't listen at ${host}:${port} (${says})`,
    remedy: 'Correct api.host and api.port in relance.yaml.',
  },
  temporal_missing: {
    message: ({ path, fault }) =>
      path === undefined
        ? 'there is no Temporal CLI here, and none could be downloaded or built'
        : `TEMPORAL_CLI names ${path}, which can't be used${fault ? `: ${cli(fault)}` : ''}`,
    remedy: INSTALL_TEMPORAL,
  },
  temporal_config: {
    message: (of) => {
      if ('file' in of) return `TEMPORAL_CONFIG_FILE names ${of.file}, which doesn't exist`
      if ('profile' in of) return `the Temporal profile ${of.profile} names no address`
      return `the Temporal configuration can't be used: ${of.says}`
    },
    remedy:
      'Correct TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE or the file, or set TEMPORAL_ADDRESS; ' +
      'without any of them Relance starts a Temporal server of its own.',
  },
  temporal_unreachable: {
    message: ({ address, says }) => `Temporal does not answer at ${address}: ${says}`,
    remedy: `Check TEMPORAL_ADDRESS, or ${ANOTHER_SERVER}.`,
  },
  temporal_not_started: {
    message: ({ problem, tail }) =>
      [`the Temporal server did not come up: ${end(problem)}`, tail].filter(Boolean).join('\n'),
    remedy: ({ log }) => `Its log is ${log}.`,
  },
  temporal_damaged: {
    message: ({ file, says }) => `Temporal's file ${file} is damaged: ${says}`,
    remedy: ({ log }) =>
      `It is left as it is, and so is the database, which has every lead and signal. Its log is ${log}.`,
  },
  temporal_older: {
    message: ({ path, has, folder, wrote }) =>
      `Temporal's server ${wrote} wrote ${folder}, and ${path} is an older one, ${has}, which can't go on with that`,
    remedy: ({ wrote }) =>
      `Set TEMPORAL_CLI to a Temporal CLI with server ${wrote} or newer, or choose another data folder with RELANCE_HOME.`,
  },
  port_in_use: {
    message: ({ host, port }) =>
      `port ${port} on ${host}, asked for for Temporal, is taken by another program`,
    remedy: 'End that program, or choose another port.',
  },
  temporal_left_behind: {
    message: ({ pid, folder }) => `process ${pid} still uses ${folder} and can't be ended`,
    remedy: "Is it another user's? End it, then start Relance again.",
  },
  namespace_missing: {
    message: ({ namespace }) => `Temporal has no namespace ${namespace}`,
    remedy: ({ namespace }) => `Create it: temporal operator namespace create --namespace ${namespace}`,
  },
  search_attribute_type: {
    message: ({ namespace, names }) =>
      `the namespace ${namespace} has ${names.join(', ')} with another type than Keyword`,
    remedy: 'Remove these search attributes, or give Relance a namespace of its own.',
  },

  unauthorized: {
    message: ({ given }) => (given ? 'the token is not the right one' : 'the request carries no token'),
    remedy: 'Send "Authorization: Bearer TOKEN"; the token is in the file `token` of the data folder.',
  },
  host_refused: {
    message: ({ host }) => `this server does not answer for the host ${host}`,
    remedy: 'Use http://127.0.0.1, or name the host in relance.yaml under api.host.',
  },
  origin_refused: {
    message: ({ origin }) => `this server does nothing for pages of ${origin}`,
    remedy: 'Ask from a program, not from a page in a browser.',
  },
  too_large: {
    message: ({ megabytes }) => `the request is larger than ${megabytes} MB`,
    remedy: 'Send it in several parts.',
  },
  unsupported_media_type: {
    message: "the request's body is of a type that is not taken here",
    remedy: OPENAPI,
  },
  bad_request: {
    message: ({ says }) => says || 'the request could not be read',
    remedy: OPENAPI,
  },
  invalid_request: {
    message: (_, problems) => problems.map(({ message }) => message).join(phrasesEn.between),
    remedy: OPENAPI,
  },
  no_file: {
    message: ({ field }) => `the form has no file in its field \`${field}\``,
    remedy: OPENAPI,
  },
  no_such_route: {
    message: ({ method, path }) => `there is no ${method} ${path}`,
    remedy: OPENAPI,
  },
  method_not_allowed: {
    message: ({ method, path, allowed }) => `${path} takes ${allowed.join(', ')}, not ${method}`,
    remedy: OPENAPI,
  },
  internal: {
    message: ({ reference }) => `something unexpected happened here (reference ${reference})`,
    remedy: 'Look for the reference in the log of Relance; the request can be sent again.',
  },

  lead_unknown: {
    message: ({ lead }) =>
      lead.includes('@') ? `no lead has the address ${lead}` : `no lead has the id ${lead}`,
    remedy: '`relance leads` lists them.',
  },
  lead_ended: {
    message: ({ outcome }) => `the lead ended as ${OUTCOMES[outcome]}`,
    remedy: ({ outcome }) => FOR_GOOD[outcome] ?? '`relance reopen` lets it begin again.',
  },
  ended_for_good: {
    message: ({ outcome }) => `the lead ended as ${OUTCOMES[outcome]}: ${FOR_GOOD[outcome] ?? 'for good'}`,
    remedy: ({ outcome }) =>
      outcome === 'opted_out'
        ? 'Where they take it back: `relance suppressions lift ADDRESS --reason …`, and reopen it then.'
        : 'It can not be reopened.',
  },
  not_paused: {
    message: ({ hold }) =>
      `the lead is not paused${hold === undefined ? '' : `; it is on hold: ${wordsEn.hold[hold]}`}`,
    remedy: ({ hold }) => GOES_ON[hold ?? 'paused'],
  },
  not_ended: { message: 'the lead has not ended', remedy: 'There is nothing to reopen.' },
  suppressed: {
    message: 'the address must not be written to',
    remedy:
      'Somebody else of the company may be launched; or `relance suppressions lift ADDRESS --reason …`, where they take it back.',
  },
  already_open: {
    message: ({ lead }) => `the open lead ${lead} has an address of its people`,
    remedy: ({ lead }) => `Drop ${lead} first, or go on with that one.`,
  },
  not_started: {
    message: "the lead's workflow is not started yet",
    remedy: 'It starts as soon as Temporal is reachable: try again in a moment.',
  },
  lead_not_running: {
    message: "the lead's workflow does not run",
    remedy: '`relance show LEAD` says where the lead stands.',
  },
  no_worker: {
    message: 'the lead did not answer in time',
    remedy: 'Is a worker running? `relance up` or `relance worker` starts one.',
  },
  temporal_away: {
    message: 'Temporal does not answer',
    remedy: 'Nothing is lost: try again once it is back.',
  },
  bad_outcome: {
    message: ({ outcome }) => `a lead can't end as ${outcome}`,
    remedy: `The outcomes are ${Object.keys(OUTCOMES).join(', ')}.`,
  },
  bad_plan: {
    message: 'a lead moves to a published version of a cadence',
    remedy: 'Publish it first: relance publish FILE.',
  },
  move_refused: {
    message: ({ lead, version, repeats, skips }) => {
      const faults = [
        repeats.length > 0 && `do again what was done (${repeats.join(', ')})`,
        skips.length > 0 && `leave out what was to come (${skips.join(', ')})`,
      ]
      return `on version ${version}, ${lead} would ${faults.filter(Boolean).join(' and ')}`
    },
    remedy: 'Give those steps the ids they had, or move it anyway: relance move LEAD --anyway.',
  },
  refused: {
    message: ({ says }) => `the lead's workflow refused: ${says}`,
    remedy: 'The worker may be a newer Relance than this one: update both to one version.',
  },

  cadence_unknown: {
    message: ({ cadence, version }) =>
      version === undefined
        ? `there is no cadence ${cadence}`
        : `there is no version ${version} of the cadence ${cadence}`,
    remedy: 'Publish it first: relance publish FILE.',
  },
  cadence_invalid: {
    message: (_, problems) =>
      linesOf(
        problems.filter(({ severity }) => severity === 'error'),
        true,
      ),
    remedy: '`relance check FILE` says what would be right.',
  },
  template_unknown: {
    message: ({ cadence, template }) => `the cadence ${cadence} has no letter ${quoted(template)}`,
    remedy: ({ known, meant }) =>
      meant === undefined ? `its letters are ${known.join(', ')}` : `did you mean ${meant}?`,
  },
  invalid_template: {
    message: ({ file, line, column, fault }) => `${file}:${line}:${column}  ${template(fault).message}`,
    remedy: ({ fault }) => template(fault).remedy ?? 'see docs/templates.md',
  },
  variable_without_value: {
    message: ({ file, line, column, variable }) =>
      `${file}:${line}:${column}  ${variable === undefined ? 'there is nothing to print here' : `${variable} has no value`}`,
    remedy: "fill it in, or give it another: {{ name | default: '…' }} or {% if name %}…{% endif %}",
  },
  link_without_address: {
    message: 'a link begins with a value that is no web address',
    remedy: 'give it one that begins with https://',
  },

  unknown_signal: {
    message: ({ type }) => `no signal is called ${quoted(type)}`,
    remedy: ({ meant }) =>
      `${meant === undefined ? 'the' : `did you mean ${meant}? The`} types are ${SIGNAL_TYPES.join(', ')}`,
  },
  own_signal: {
    message: ({ type }) => `${type} is said by Relance itself`,
    remedy: 'Send what happened to the other lead: it follows from reply.received and reply.handled.',
  },
  unknown_field: {
    message: ({ type, field }) => `${type} has no field ${quoted(field)}`,
    remedy: ({ known, meant }) => {
      if (meant !== undefined) return `did you mean ${meant}?`
      return known.length > 0 ? `its fields are ${known.join(', ')}` : 'it has none'
    },
  },
  missing_field: {
    message: ({ type, field }) => `${type} needs ${field}`,
    remedy: ({ type, field, wanted }) => `add ${field}${aboutField(type, field)} (${wants(wanted)})`,
  },
  invalid_field: {
    message: ({ field, value }) => `${field} can't be ${value}`,
    remedy: ({ wanted, meant }) =>
      meant === undefined ? `write ${wants(wanted)}` : `write ${meant}; it is one of ${wants(wanted)}`,
  },
  signal_in_the_future: {
    message: ({ at }) => `at ${at} has not come yet`,
    remedy: ({ now }) => `Here it is ${now}; leave the time out for now.`,
  },
  signal_conflict: {
    message: ({ id, before, now }) =>
      before === now
        ? `the id ${id} was used before, for another ${before}`
        : `the id ${id} was used before, for ${before}`,
    remedy: 'An id stands for one thing that happened: send what is new with an id of its own.',
  },
  not_suppressed: {
    message: ({ entry, domain }) =>
      domain === undefined
        ? `${entry} is not on the do-not-contact list`
        : `${entry} is not on the do-not-contact list itself, but its domain ${domain} is`,
    remedy: ({ domain }) =>
      domain === undefined
        ? '`relance suppressions` lists what is.'
        : `To write to all of them again: \`relance suppressions lift ${domain} --reason …\`.`,
  },
  contact_unknown: {
    message: ({ contact }) => `the lead has no contact ${contact}`,
    remedy: ({ known }) =>
      `It has ${list(known)}; somebody new is made known by contact.identified with their email.`,
  },
  invalid_email: {
    message: ({ fault }) => `email: ${address(fault)}`,
    remedy: 'write one like name@company.com',
  },
  address_taken: {
    message: ({ lead, cadence, contact }) =>
      `the address is that of ${contact === 'main' ? `the open lead ${lead}` : `a contact of the open lead ${lead}`} of the cadence ${cadence}`,
    remedy: ({ lead }) =>
      `An address is one person's: go on with that one (\`relance show ${lead}\`), or drop it or correct its address first.`,
  },
  self_referral: {
    message: 'they named themselves',
    remedy: 'Send the address of the person they referred.',
  },
  unfillable_template: {
    message: ({ cadence, gaps }) => `${cadence}: ${gaps.map(gap).join(phrasesEn.between)}`,
    remedy: 'Send it with what is missing, or name another cadence.',
  },

  unwritable_text: {
    message: ({ cadence, faults }) => `${cadence}: ${faults.map(textFault).join(phrasesEn.between)}`,
    remedy:
      'Mend the templates and publish them, send other values, or name another cadence (docs/templates.md).',
  },

  task_unknown: { message: ({ task }) => `there is no task ${task}`, remedy: '`relance tasks` lists them.' },
  no_form: {
    message: ({ task, kind }) => `task ${task} is ${KINDS[kind]}, which has no form`,
    remedy: 'Say that it is done: POST /v1/tasks/{task}/done, or `relance done TASK`.',
  },
  task_answered: {
    message: ({ task, before }) =>
      `task ${task} was answered before${before === undefined ? '' : `, with ${before}`}`,
    remedy: ({ lead, now }) =>
      now === 'task.done'
        ? '`relance tasks` lists what is to be done now.'
        : `If that has changed, say so by a signal: relance signal ${lead} ${now} …`,
  },
  hook_refused: {
    message: ({ provider }) =>
      `credit provider ${provider}: unknown here, or the secret is not the right one`,
    remedy: 'relance.yaml says under credit.NAME.webhook which header carries what.',
  },
  credit_unmappable: {
    message: ({ path = 'the body', fault }) => `${path} ${unmappable(fault)}`,
    remedy: 'The mapping is in relance.yaml under credit.',
  },
  credit_request_unwritable: {
    message: ({ provider }) => `the request of credit.${provider} can't be written`,
    remedy: 'See its request in relance.yaml, and what is known of the lead.',
  },
  credit_reference_unknown: {
    message: 'no credit check has the reference it is about',
    remedy: 'Send the reference that was in the request.',
  },
  credit_company_unknown: {
    message: 'nobody was checked at the company it is about',
    remedy: 'relance.yaml says under credit what the provider calls a company (`company`).',
  },

  unknown_zone: {
    message: ({ zone }) => `${quoted(zone)} is not a time zone`,
    remedy: 'An IANA name is asked for, such as Europe/Paris.',
  },
  window_never_opens: {
    message: ({ zone, within }) => `the window has no open day in ${zone} within ${within} days`,
    remedy: ({ days, from, to }) =>
      `Its days are [${days.join()}], from minute ${from} to ${to}: give it a day that isn't a holiday, and hours that end after they begin.`,
  },
  no_slot: {
    message: 'the mailbox has no free slot inside the window within ten years',
    remedy: ({ spacing }) =>
      `Its slots are ${spacing / 1000} s apart: a wider window, or less between two e-mails, would have some.`,
  },

  csv_empty: { message: 'the file is empty', remedy: EXPORT_AGAIN },
  csv_spreadsheet: {
    message: ({ format }) => `the file is ${FORMATS[format]}, not a CSV or XLSX`,
    remedy: SAVE_AS_CSV,
  },
  csv_binary: { message: 'the file is not text', remedy: SAVE_AS_CSV },
  csv_not_csv: { message: 'the file is HTML, XML or JSON, not CSV', remedy: EXPORT_AGAIN },
  encoding_unknown: {
    message: ({ encoding }) => `there is no encoding ${quoted(encoding)}`,
    remedy: ({ known }) => `say one such as ${known.join(', ')}`,
  },
  encoding_unclear: {
    message: ({ readings }) =>
      `the file's encoding isn't clear${readings.length > 0 ? `: ${readings.map(({ encoding, sample }) => `${encoding} would read ${quoted(sample)}`).join('; ')}` : ''}`,
    remedy: ({ readings }) =>
      `say it with --encoding ${readings[0]?.encoding ?? 'windows-1252'}, or save the file as UTF-8`,
  },
  csv_no_header: {
    message: 'the first row holds a lead, not the names of the columns',
    remedy: 'add a header row, for example: email,first_name,last_name,company',
  },
  csv_duplicate_columns: {
    message: (of) => `two columns have the same name: ${columnsOf(of)}`,
    remedy: 'rename one of them, or remove it',
  },
  csv_no_email_column: {
    message: 'no column is known to hold e-mail addresses',
    remedy: (of) => `name it with --map "email=COLUMN"; the columns are ${columnsOf(of)}`,
  },
  workbook_broken: {
    message: ({ says }) => `the workbook can't be read: ${says}`,
    remedy: 'open it in a spreadsheet, save it again as XLSX, or as "CSV UTF-8", and give that file',
  },
  workbook_too_large: {
    message: ({ kind, most }) =>
      ({
        memory: `reading the workbook takes more than ${most} MB of memory`,
        time: `reading the workbook takes more than ${most} s`,
        size: `the workbook's sheet has more than ${most} MB of text`,
      })[kind],
    remedy: 'save the sheet as "CSV UTF-8", or parts of it as workbooks of their own',
  },
  sheet_unknown: {
    message: ({ sheet, sheets }) =>
      sheets.length === 0
        ? `the file has no sheet ${quoted(sheet)}: it is no workbook`
        : `there is no sheet ${quoted(sheet)}`,
    remedy: ({ meant, sheets }) =>
      sheets.length === 0
        ? 'leave --sheet out'
        : `${meant === undefined ? 'the' : `did you mean ${quoted(meant)}? The`} sheets are ${sheets.map(quoted).join(', ')}`,
  },
  sheet_unclear: {
    message: ({ sheets }) => `several sheets may be the list: ${sheets.map(quoted).join(', ')}`,
    remedy: ({ sheets }) => `say which, with --sheet ${quoted(sheets[0] ?? '')}`,
  },
  csv_unknown_column: {
    message: ({ column }) => `there is no column ${quoted(column)}`,
    remedy: ({ meant, ...of }) =>
      `${meant === undefined ? 'the' : `did you mean ${quoted(meant)}? The`} columns are ${columnsOf(of)}`,
  },
  csv_quote_not_closed: {
    message: ({ row }) => `a quote is opened in row ${row} and never closed`,
    remedy: ({ row }) => `close it, or write the quotes inside row ${row}'s cells twice ("")`,
  },
  csv_record_too_long: {
    message: ({ row, most }) =>
      `row ${row} is longer than ${most} characters: this is not a table of leads, or a quote isn't closed`,
    remedy: EXPORT_AGAIN,
  },
  csv_malformed: { message: ({ row }) => `row ${row} can't be read as CSV`, remedy: EXPORT_AGAIN },
  not_in_list: {
    message: ({ file, ...who }) =>
      `${file} has no lead ${'row' in who ? `in row ${who.row}` : `with the address ${who.lead}`}`,
    remedy:
      'Rows are counted as in a spreadsheet, the header included; a launch with --dry-run says which it refuses.',
  },
  map_invalid: {
    message: (fault) => {
      switch (fault.kind) {
        case 'no_pair':
          return `${quoted(fault.text)} is not a mapping`
        case 'twice':
          return `${quoted(fault.name)} is mapped twice`
        case 'whole_or_last':
          return `${quoted(fault.name)} may be a last name or a whole name`
        case 'no_name':
          return `${quoted(fault.name)} can't be the name of a field`
        case 'slip':
          return `${quoted(fault.name)} is not a field; ${fault.meant} is`
      }
    },
    remedy: (fault) => {
      switch (fault.kind) {
        case 'no_pair':
          return 'write field=Column, for example: --map "email=Adresse mail"'
        case 'twice':
          return 'map each field once'
        case 'whole_or_last':
          return 'say last_name or full_name'
        case 'no_name':
          return 'begin it with a letter'
        case 'slip':
          return `the fields are ${fault.fields.join(', ')}; any other name makes a field of your own`
      }
    },
  },
}

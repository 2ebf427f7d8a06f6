/** The typed client of the HTTP API. The command line uses it too, so both say the same. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { languageOf } from '../../cadence/reasons/say.ts'
import type * as shapes from '../contract/index.ts'
import { fromBody, lost, readBody, unreachable } from './failures.ts'
import type { ClientOptions, LaunchOptions, SignalOptions } from './options.ts'
import { linesOf, of, queryOf } from './request.ts'
import { SuppressionList } from './suppression-list.ts'

/**
 * A client of one Relance. Every method throws RelanceError with the server's code, words and values; `not_running`
 * when nothing listens, `connection_lost` when an answer broke off (all requests may be sent again).
 */
export class RelanceClient {
  readonly url: string
  /** Who must not be written to. */
  readonly suppressions: SuppressionList
  readonly #token: string
  readonly #fetch: typeof fetch
  readonly #language: string | undefined
  readonly #zone: string | undefined

  constructor(options: ClientOptions) {
    this.url = options.url.replace(/\/+$/, '')
    this.#token = options.token
    this.#fetch = options.fetch ?? fetch
    this.#language = options.language
    this.#zone = options.zone
    this.suppressions = new SuppressionList({
      call: (method, path, body) => this.#call(method, path, body),
      send: (method, path, headers, body) => this.#send(method, path, headers, body),
      lines: (response) => linesOf(this.#words, response),
    })
  }

  /** Cuts a numbered version of a cadence; the same content is the same version. */
  publish(body: shapes.PublishBody): Promise<shapes.Published> {
    return this.#call('POST', '/v1/cadences', body)
  }

  /** Every cadence with its newest version. */
  async cadences(): Promise<shapes.CadenceRow[]> {
    return (await this.#call<{ cadences: shapes.CadenceRow[] }>('GET', '/v1/cadences')).cadences
  }

  /** Launches the leads of a file, CSV or XLSX. The same file twice launches nobody twice. */
  async launch(
    cadence: string,
    file: Uint8Array,
    { map = {}, ignore = [], encoding, sheet, dates, dryRun = false, onProgress }: LaunchOptions = {},
  ): Promise<shapes.LaunchReport> {
    const query = new URLSearchParams({ dry_run: String(dryRun) })
    for (const [field, column] of Object.entries(map)) query.append('map', `${field}=${column}`)
    const said = { encoding, sheet, dates }
    for (const [key, value] of Object.entries(said)) if (value !== undefined) query.set(key, value)
    for (const column of ignore) query.append('ignore', column)
    const path = `/v1/cadences/${encodeURIComponent(cadence)}/launch?${query}`
    const headers = { 'content-type': 'application/octet-stream', accept: 'application/x-ndjson' }
    const response = await this.#send('POST', path, headers, file)
    for await (const line of linesOf(this.#words, response)) {
      const { kind, ...rest } = JSON.parse(line) as shapes.LaunchLine
      if (kind === 'report') return rest as shapes.LaunchReport
      if (kind === 'error') throw fromBody(rest as shapes.ErrorBody, response.status, this.#words)
      onProgress?.(rest as shapes.LaunchProgress)
    }
    throw lost(this.#words)
  }

  /** The leads; all pages of them. */
  async leads(filter: Omit<shapes.LeadQuery, 'after'> = {}): Promise<shapes.LeadRow[]> {
    const all: shapes.LeadRow[] = []
    for (let after: string | undefined; ; ) {
      const page = await this.leadPage(after === undefined ? filter : { ...filter, after })
      all.push(...page.leads)
      if (page.next === null) return all
      after = page.next
    }
  }

  /** One page of leads. */
  leadPage(filter: shapes.LeadQuery = {}): Promise<shapes.LeadPage> {
    return this.#call('GET', `/v1/leads?${this.#read(filter)}`)
  }

  /** All that is known of a lead. `lead`: an id or an e-mail address, here and below. */
  show(lead: string): Promise<shapes.LeadDetail> {
    return this.#call('GET', `${of(lead)}?${this.#read()}`)
  }

  /** What comes next for a lead, when and why. */
  explain(lead: string): Promise<shapes.ExplanationView> {
    return this.#call('GET', `${of(lead, 'explain')}?${this.#read()}`)
  }

  /** What comes for the rest of its cadence if nothing happens, until a date. */
  rehearse(lead: string, until?: string): Promise<shapes.Played> {
    return this.#call('GET', `${of(lead, 'rehearsal')}?${this.#read({ until })}`)
  }

  /** A lead's letters as they would go; only those of a template where one is named. */
  preview(lead: string, template?: string): Promise<shapes.Preview> {
    return this.#call('GET', `${of(lead, 'preview')}?${this.#read({ template })}`)
  }

  /** Who referred a lead, and who came through it. */
  referrals(lead: string): Promise<shapes.Referrals> {
    return this.#call('GET', of(lead, 'referrals'))
  }

  /** Corrects an address, a name, a phone, a company or an owner. */
  edit(lead: string, body: shapes.EditBody): Promise<shapes.EditedLead> {
    return this.#call('PATCH', of(lead), body)
  }

  /** Says that something happened. Acknowledged means durable, whether Temporal is reachable or not. */
  signal(
    lead: string,
    type: string,
    fields: NonNullable<shapes.SignalBody['fields']> = {},
    options: SignalOptions = {},
  ): Promise<shapes.SignalAnswer> {
    return this.#call('POST', of(lead, 'signals'), { ...options, type, fields })
  }

  /** Many signals at once, up to 1000; each has its own answer, in the same order. */
  async signals(signals: shapes.SignalsBody['signals']): Promise<(shapes.SignalAnswer | shapes.ErrorBody)[]> {
    type Answers = { results: (shapes.SignalAnswer | shapes.ErrorBody)[] }
    return (await this.#call<Answers>('POST', '/v1/signals', { signals })).results
  }

  /** Tasks, notices and credit checks; the ones still to do first. */
  async tasks(filter: shapes.TaskQuery = {}): Promise<shapes.TaskRow[]> {
    return (await this.#call<{ tasks: shapes.TaskRow[] }>('GET', `/v1/tasks?${queryOf(filter)}`)).tasks
  }

  /** One task, and the form it is answered with where it has one. `task`: its id, here and below. */
  task(task: string): Promise<shapes.TaskDetail> {
    return this.#call('GET', `/v1/tasks/${encodeURIComponent(task)}`)
  }

  /** Says that a task is done. */
  finishTask(task: string): Promise<shapes.TaskRow> {
    return this.#call('POST', `/v1/tasks/${encodeURIComponent(task)}/done`)
  }

  /** Decides a credit check; the same answer twice counts once. */
  answerTask(task: string, form: shapes.TaskForm): Promise<shapes.TaskAnswer> {
    return this.#call('POST', `/v1/tasks/${encodeURIComponent(task)}/answer`, form)
  }

  /** Nothing is sent until `resume`, or until a date. */
  pause(lead: string, body: shapes.PauseBody = {}): Promise<shapes.Done> {
    return this.#call('POST', of(lead, 'pause'), body)
  }

  /** The same for all open leads of an owner, a cadence or an account. */
  pauseMany(body: shapes.PauseManyBody): Promise<shapes.PausedMany> {
    return this.#call('POST', '/v1/pause', body)
  }

  resume(lead: string): Promise<shapes.Done> {
    return this.#call('POST', of(lead, 'resume'))
  }

  /** Ends a lead; as `lost` unless said otherwise. */
  drop(lead: string, body: shapes.DropBody = {}): Promise<shapes.Done> {
    return this.#call('POST', of(lead, 'drop'), body)
  }

  /** Lets an ended lead begin again, with its history. */
  reopen(lead: string): Promise<shapes.Done> {
    return this.#call('POST', of(lead, 'reopen'))
  }

  /** Opens again who ended as unreachable by the refusals of a mailbox. */
  reopenMany(body: shapes.ReopenManyBody): Promise<shapes.ReopenedMany> {
    return this.#call('POST', '/v1/reopen', body)
  }

  /** Mailboxes that are refused or paused, with what their servers say. */
  async mailboxes(): Promise<shapes.MailboxRow[]> {
    return (await this.#call<{ mailboxes: shapes.MailboxRow[] }>('GET', '/v1/mailboxes')).mailboxes
  }

  /** Lets a paused mailbox send again. */
  resumeMailbox(mailbox: string): Promise<shapes.MailboxResumed> {
    return this.#call('POST', `/v1/mailboxes/${encodeURIComponent(mailbox)}/resume`)
  }

  /** Puts a lead on another version of its cadence; on the newest unless said otherwise. What is done stays done. */
  move(lead: string, body: shapes.MoveBody = {}): Promise<shapes.Moved> {
    return this.#call('POST', of(lead, 'move'), body)
  }

  /** What the built-in inbox has received. */
  async inbox(): Promise<shapes.InboxMessage[]> {
    return (await this.#call<{ messages: shapes.InboxMessage[] }>('GET', '/v1/inbox')).messages
  }

  /** What must not be, and is: signals, leads, slots, touches and turns that don't fit together. */
  doctor(): Promise<shapes.DoctorReport> {
    return this.#call('GET', '/v1/doctor')
  }

  /** Compares all open leads with all workflows, as after a restore, and mends what can be, without sending. */
  reconcile(body: shapes.ReconcileBody = {}): Promise<shapes.Reconciled> {
    return this.#call('POST', '/v1/reconcile', body)
  }

  summary(): Promise<shapes.Summary> {
    return this.#call('GET', `/v1/summary?${this.#read()}`)
  }

  health(): Promise<shapes.Health> {
    return this.#call('GET', '/v1/health')
  }

  /** A filter with the zone that texts are read in. */
  #read(filter: object = {}): URLSearchParams {
    return queryOf({ zone: this.#zone, ...filter })
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const response = await this.#send(method, path, headers, body === undefined ? null : JSON.stringify(body))
    try {
      return (await response.json()) as T
    } catch (cause) {
      throw lost(this.#words, cause)
    }
  }

  /** @returns a response that is not an error. */
  async #send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: string | Uint8Array | null,
  ): Promise<Response> {
    let response: Response
    try {
      response = await this.#fetch(this.url + path, {
        method,
        headers: {
          ...headers,
          ...(this.#language && { 'accept-language': this.#language }),
          authorization: `Bearer ${this.#token}`,
        },
        body: body as RequestInit['body'],
      })
    } catch (cause) {
      throw unreachable(this.url, this.#words, cause)
    }
    if (response.ok) return response
    const text = await response.text().catch(() => '')
    throw fromBody(readBody(text), response.status, this.#words)
  }

  /** The language of the errors that are found here. */
  get #words(): Language {
    return languageOf([this.#language ?? 'en'])
  }
}

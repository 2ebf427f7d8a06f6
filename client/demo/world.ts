/**
 * The outside world of a demo: it sees what the API shows and acts through the API, as a CRM, a bank or a seller
 * would. It reacts to what has happened and never sleeps blindly, so a slow machine changes when, but not what.
 */
import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dictionary, Language } from '../../cadence/reasons/dictionary.ts'
import { dictionaryOf } from '../../cadence/reasons/say.ts'
import { DAY, type Instant } from '../../cadence/time.ts'
import type { Clock } from '../../store/clock.ts'
import type { InboxMessage, LeadRow } from '../contract/index.ts'
import type { RelanceClient } from '../library/client.ts'
import type { TerminalWords } from '../terminal/words/shape.ts'
import { terminalWords } from '../terminal/words/words.ts'

/** How often it looks, in real milliseconds. */
const LOOK_EVERY_MS = 250

type Story = TerminalWords['story']

/** Something to tell whoever watches. */
export interface Event {
  at: Instant
  company: string
  kind: keyof Story['who']
  text: string
}

export type Fields = Record<string, string | number | boolean>

/** One lead, as its story sees it. Every wait ends with the demo, by an AbortError. */
export interface Actor {
  email: string
  /** `hugo.morel@atelier-morel.example` → `atelier-morel.example`. */
  domain: string
  /** What is told of it, in the language of whoever watches. */
  say: Story
  words: Dictionary['words']
  /** Waits until this many of our e-mails have come. */
  mails(n: number): Promise<void>
  /** Waits until the lead is in one of these stages. */
  stage(...ids: string[]): Promise<void>
  days(n: number): Promise<void>
  /** The date in so many days, as in `2026-12-24`. */
  date(days: number): Promise<string>
  /** Says that something happened. `text` is for whoever watches. */
  happens(
    kind: Exclude<Event['kind'], 'e-mail' | 'lead'>,
    text: string,
    type: string,
    fields?: Fields,
    contact?: string,
  ): Promise<void>
}

export class World {
  readonly #relance: RelanceClient
  readonly #clock: Clock
  readonly #tell: (event: Event) => void
  readonly #end: AbortSignal
  readonly #say: Story
  readonly #words: Dictionary['words']
  readonly #looked = new EventEmitter().setMaxListeners(0)
  #leads = new Map<string, LeadRow>()
  #mails: InboxMessage[] = []
  #signals = 0

  constructor(options: {
    relance: RelanceClient
    clock: Clock
    tell: (event: Event) => void
    /** Ends everything that waits. */
    end: AbortSignal
    /** Of what is told. */
    language: Language
  }) {
    this.#relance = options.relance
    this.#clock = options.clock
    this.#tell = options.tell
    this.#end = options.end
    this.#say = terminalWords(options.language).story
    this.#words = dictionaryOf(options.language).words
  }

  /** Looks again and again until the end, and tells what has changed. */
  async watch(): Promise<void> {
    while (!this.#end.aborted) {
      await this.#look()
      this.#looked.emit('look')
      await sleep(LOOK_EVERY_MS, undefined, { signal: this.#end }).catch(() => undefined)
    }
  }

  /** The lead with this address, for its story. */
  actor(email: string): Actor {
    const domain = email.slice(email.indexOf('@') + 1)
    let act = 0
    return {
      email,
      domain,
      say: this.#say,
      words: this.#words,
      mails: (n) => this.#until(() => this.#mails.filter((mail) => mail.to === email).length >= n),
      stage: (...ids) => this.#until(() => ids.includes(this.#leads.get(email)?.stage ?? '')),
      days: async (n) => {
        const until = (await this.#clock.now()) + n * DAY
        await sleep(await this.#clock.msUntil(until), undefined, { signal: this.#end })
      },
      date: async (days) => new Date((await this.#clock.now()) + days * DAY).toISOString().slice(0, 10),
      happens: async (kind, text, type, fields = {}, contact) => {
        this.#end.throwIfAborted()
        act += 1
        const id = `demo-${act}`
        const options = { id, source: 'demo', ...(contact === undefined ? {} : { contact }) }
        await this.#relance.signal(email, type, fields, options)
        this.#signals += 1
        this.#tell({ at: await this.#clock.now(), company: this.#company(email), kind, text })
      },
    }
  }

  /** How many signals it has sent. */
  get signals(): number {
    return this.#signals
  }

  async #until(holds: () => boolean): Promise<void> {
    this.#end.throwIfAborted()
    while (!holds()) await once(this.#looked, 'look', { signal: this.#end })
  }

  #company(email: string): string {
    const domain = email.slice(email.indexOf('@'))
    const lead =
      this.#leads.get(email) ?? [...this.#leads.values()].find((row) => row.email?.endsWith(domain))
    return lead?.company ?? domain.slice(1)
  }

  async #look(): Promise<void> {
    const [rows, mails] = await Promise.all([this.#relance.leads(), this.#relance.inbox()])
    const at = await this.#clock.now()
    for (const mail of mails.slice(this.#mails.length)) {
      const to = mail.to
      this.#tell({
        at: Date.parse(mail.date),
        company: this.#company(to),
        kind: 'e-mail',
        text: mail.subject,
      })
    }
    this.#mails = mails
    for (const row of rows) {
      const before = this.#leads.get(row.email ?? '')
      for (const text of before ? this.#changes(before, row) : []) {
        this.#tell({ at, company: row.company ?? row.id, kind: 'lead', text })
      }
    }
    this.#leads = new Map(rows.map((row) => [row.email ?? row.id, row]))
  }

  /** What has changed of a lead since the last look. */
  #changes(before: LeadRow, now: LeadRow): string[] {
    const say = this.#say
    const { aStanding, outcome } = this.#words
    const texts: string[] = []
    if (now.standing !== before.standing) texts.push(say.isNow(aStanding[now.standing]))
    if (now.outcome !== before.outcome && now.outcome) texts.push(say.ends(outcome[now.outcome]))
    else if (now.stage !== before.stage && before.stage)
      texts.push(say.movesOn(before.stage, now.stage ?? ''))
    if (now.hold && now.hold !== before.hold && isTold(now.hold, say)) texts.push(say.holds[now.hold])
    if (now.urgency !== before.urgency && before.urgency && !now.outcome)
      texts.push(say.urgency(before.urgency, now.urgency ?? ''))
    return texts
  }
}

/** Other holds come with an event that tells them: a reply, or what a person does. */
const isTold = (hold: string, { holds }: Story): hold is keyof Story['holds'] => hold in holds

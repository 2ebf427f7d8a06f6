/** The API over a real database, with Temporal played by a script. */
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Signal } from '../../cadence/signals.ts'
import type { Instant } from '../../cadence/time.ts'
import { type AppDeps, createApp } from '../../client/api/app.ts'
import type { ErrorBody } from '../../client/contract/index.ts'
import { RelanceClient } from '../../client/library/client.ts'
import type { Asked, LeadWorkflows } from '../../client/outbox/lead-workflows.ts'
import type { Look, Lookout } from '../../client/outbox/lookout.ts'
import { startRelay } from '../../client/outbox/relay.ts'
import { publishCadence } from '../../store/cadences.ts'
import type { Store } from '../../store/open.ts'
import type { Explanation, LeadInput } from '../../workflows/contract.ts'

export const TOKEN = 'the-right-token'
export const NOW: Instant = Date.parse('2026-11-23T09:00:00Z')

/** Temporal as a test wants it: it notes what it is told, and fails on demand. */
export class ScriptedWorkflows implements LeadWorkflows {
  away = false
  /** Leads that nothing runs for, and leads that Temporal refuses. */
  readonly gone = new Set<string>()
  readonly refuses = new Set<string>()
  readonly started: LeadInput[] = []
  readonly arrived: { lead: string; signals: Signal[] }[] = []
  /** Leads that were told that the clock was changed. */
  readonly told: string[] = []
  readonly asked: { lead: string; ask: Asked }[] = []
  /** What `ask` throws, and what `explain` answers. */
  refusal: RelanceError | undefined
  explanation: Explanation | undefined

  #check(lead: string): void {
    if (this.away) throw new RelanceError('temporal_away', {})
    if (this.refuses.has(lead)) throw new TypeError(`refused ${lead}`)
  }

  async start(input: LeadInput): Promise<void> {
    this.#check(input.lead.id)
    this.started.push(input)
  }

  async restart(input: LeadInput): Promise<void> {
    this.#check(input.lead.id)
    this.started.push(input)
  }

  async arrive(lead: string, signals: Signal[]): Promise<'taken' | 'gone'> {
    this.#check(lead)
    if (this.gone.has(lead)) return 'gone'
    this.arrived.push({ lead, signals })
    return 'taken'
  }

  async clockChanged(lead: string): Promise<'taken' | 'gone'> {
    this.#check(lead)
    if (this.gone.has(lead)) return 'gone'
    this.told.push(lead)
    return 'taken'
  }

  async recordAgain(lead: string): Promise<'taken' | 'gone'> {
    return this.clockChanged(lead)
  }

  async ask(lead: string, ask: Asked): Promise<void> {
    this.#check(lead)
    if (this.refusal) throw this.refusal
    this.asked.push({ lead, ask })
  }

  async explain(lead: string): Promise<Explanation> {
    this.#check(lead)
    if (this.explanation) return this.explanation
    throw new RelanceError('no_worker', {})
  }

  async reachable(): Promise<boolean> {
    return !this.away
  }

  /** Ids of the signals that a lead's workflow got, in order. */
  signalsOf(lead: string): string[] {
    return this.arrived.filter((a) => a.lead === lead).flatMap((a) => a.signals.map(({ id }) => id))
  }
}

/** A lookout as a test wants it: it sees whatever is asked for run, but for those it is told. */
export class ScriptedLookout implements Lookout {
  /** How Temporal has the leads that sleep. */
  readonly asleep = new Map<string, Look>()
  readonly terminated: string[] = []
  /** What it counts; as many as there should be where it isn't set. */
  counted: number | undefined

  count = async (): Promise<number> => this.counted ?? Number.MAX_SAFE_INTEGER
  running = async (leads: string[]): Promise<Set<string>> =>
    new Set(leads.filter((lead) => !this.asleep.has(lead)))
  closedSince = async (): Promise<string[]> => []
  async *all(): AsyncIterable<string> {}
  look = async ({ lead }: { lead: string }): Promise<Look> =>
    this.asleep.get(lead) ?? { awake: true, knowsMore: false, done: [] }
  async terminate(lead: string): Promise<void> {
    this.terminated.push(lead)
  }
}

/** A log that keeps what it is told. */
export function keptLog() {
  const lines: unknown[][] = []
  const keep = (...line: unknown[]): void => {
    lines.push(line)
  }
  return { lines, info: keep, warn: keep, error: keep }
}

/** One stage, one e-mail, one task. */
export const PLAN: Plan = {
  format: FORMAT,
  cadence: 'first',
  version: 0,
  from: 'claire',
  owner: 'claire',
  locale: 'en',
  locales: { written: [], standIn: {}, others: 'en' },
  window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050, holidays: 'FR' },
  account: 'hold',
  limits: {},
  prospect: { interest: 'general' },
  qualified: { interest: 'comparing' },
  credit: {},
  escalate: { reply: {}, role: {}, task: {} },
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [
    {
      id: 'contact',
      until: { interest: 'general' },
      steps: [{ id: 'hello', kind: 'email', name: 'hello' }],
      on: {},
    },
  ],
  plays: [],
}
export const FILES = { 'hello.md': '---\nsubject: Hello\n---\nDear {{ contact.first_name }}\n' }

/** Publishes `PLAN`, or what is made of it, under a name. */
export async function publishPlan(
  store: Store,
  name = 'first',
  change: Partial<Plan> = {},
  files: Record<string, string> = FILES,
): Promise<number> {
  const plan = { ...PLAN, ...change, cadence: name }
  const hash = JSON.stringify([plan, files])
  return (await publishCadence(store.db, { name, source: name, files, plan, hash, now: NOW })).version
}

export interface Answered {
  status: number
  body: Record<string, unknown> & ErrorBody
}

/** The API's parts, wired; `call` sends one request with the token. */
export function apiOn(store: Store, more: Partial<AppDeps> = {}) {
  const workflows = new ScriptedWorkflows()
  const lookout = new ScriptedLookout()
  const log = keptLog()
  const clock = { at: NOW, now: async () => clock.at }
  const base = { db: store.db, workflows, lookout, clock, log }
  const relay = startRelay(base, { idleMs: 60_000, shortestMs: 1 })
  const deps: AppDeps = { ...base, relay, token: TOKEN, version: '0.0.0', ...more }
  const app = createApp(deps)
  const headers = { authorization: `Bearer ${TOKEN}` }
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answered> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const type = { 'content-type': 'application/json' }
    const response = await app.request(path, { method, headers: { ...headers, ...type, ...more }, ...sent })
    return { status: response.status, body: (await response.json()) as Answered['body'] }
  }
  const client = new RelanceClient({
    url: 'http://localhost',
    token: TOKEN,
    fetch: async (input, init) => app.request(String(input), init as RequestInit),
  })
  return { app, deps, workflows, lookout, relay, log, clock, headers, call, client, stop: () => relay.stop() }
}

/** A CSV file of people. */
export const csv = (...rows: string[]): Uint8Array =>
  new TextEncoder().encode(['email,first_name,company', ...rows].join('\n'))

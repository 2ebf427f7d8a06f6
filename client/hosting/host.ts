/**
 * One process and what it is made of, opened in order and closed in the opposite one: database, clock, Temporal,
 * mail, worker, API. Whatever fails or is killed on the way, the next start on the same data folder goes on.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createActivities } from '../../activities/index.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { type Clock, environmentClock } from '../../store/clock.ts'
import type { Db } from '../../store/db.ts'
import { readEnvironment } from '../../store/environment.ts'
import { lockFolder } from '../../store/lock.ts'
import { openStore } from '../../store/open.ts'
import type { Decide } from '../../worker/bank/bank-decision.ts'
import type { Config } from '../../worker/config.ts'
import { type Credit, creditProviders } from '../../worker/credit/providers.ts'
import type { Home } from '../../worker/home.ts'
import { startInbox } from '../../worker/inbox/inbox.ts'
import { installRuntime, type Log, traceOf } from '../../worker/log.ts'
import { checkMailServers } from '../../worker/mail-servers.ts'
import { type Mailboxes, openMailboxes } from '../../worker/mailboxes.ts'
import { resolveTemporal, type TemporalChoice } from '../../worker/temporal/connect.ts'
import { startWorker } from '../../worker/worker.ts'
import type { ReportProgress } from '../contract/start-progress.ts'
import { reportLogins } from './mail-logins.ts'
import { openTemporal } from './open-temporal.ts'
import type { Death, Keep, Part, TemporalAt } from './part.ts'

/** What takes longer than this to close is left behind; everything is made to survive that. */
const LONGEST_CLOSE_MS = 30_000

/** An API: where it is reached, and how it hears of signals that Temporal hasn't got. */
export interface ApiPart extends Part {
  url: string
  /** Without it, they are found by looking. */
  wake?: () => void
}

/** What an API is started on. */
export interface Ground {
  home: Home
  env: NodeJS.ProcessEnv
  config: Config
  db: Db
  clock: Clock
  temporal: TemporalAt
  log: Log
  report: ReportProgress
  /** Whether the built-in inbox is on. */
  inbox: boolean
  /** Who decides on credit, by name. */
  credit: Credit['provider']
}

export interface HostOptions {
  home: Home
  config: Config
  env?: NodeJS.ProcessEnv
  /** Which Temporal; what the environment says when left out. */
  temporal?: TemporalChoice
  /** Seconds of the environment in one real second; as before when left out. */
  speed?: number
  worker: boolean
  /** Lets the UI of the embedded Temporal change things; it only shows them otherwise. */
  uiWrites?: boolean
  /** Starts the API; without it there is none. */
  api?: (ground: Ground) => Promise<ApiPart>
  /** What local banks decide; their own way when left out. */
  decide?: Decide
  log: Log
  report: ReportProgress
}

export interface Host extends Part {
  clock: Clock
  /** Carries nothing out any more; the API still answers. */
  rest(): Promise<void>
  /** Address of the API. */
  url?: string
  /** Temporal's own UI, where Relance started it. */
  uiUrl?: string
  /** The folder of the built-in inbox, where that is on. */
  inbox?: string
  /** Resolves, with what it was and why, when something this process can't do without has ended. */
  died: Promise<Death>
}

/** Starts everything; what was opened is closed again when a later part fails. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { home, config, env = process.env, log, report } = options
  const choice = options.temporal ?? resolveTemporal(env)
  // In a cluster, nothing embedded stands in for a service that is missing.
  const clustered = Boolean(env.DATABASE_URL) && choice.kind === 'external'
  const parts: Part[] = []
  const keep = <T extends Part>(part: T): T => {
    parts.unshift(part)
    return part
  }
  const close = async (): Promise<void> => {
    for (const part of parts.splice(0)) {
      const late = new AbortController()
      await Promise.race([
        part.close().catch((error) => log.error({ error: traceOf(error) }, 'closing failed')),
        sleep(LONGEST_CLOSE_MS, undefined, { signal: late.signal }).then(
          () => log.error('a part did not close in time'),
          () => undefined,
        ),
      ])
      late.abort()
    }
  }
  let die: (death: Death) => void = () => undefined
  const died = new Promise<Death>((resolve) => {
    die = resolve
  })

  try {
    installRuntime(log)
    mkdirSync(home.folder, { recursive: true })
    const db = await openDatabase(home, env, { clustered, report, keep })
    const { uiWrites = false } = options
    const { temporal, uiUrl } = await openTemporal(home, choice, { env, uiWrites, report, keep, die })
    const mail = options.worker ? await openMail(home, config, { env, clustered, report, keep }) : undefined
    // As late as can be: on a fast clock, days would have passed before anything is ready.
    const clock = await environmentClock(db, { speed: options.speed })
    const credit = creditProviders(config.credit, (await readEnvironment(db)).salt)
    const host: Host = { clock, died, close, rest: async () => undefined }
    if (uiUrl) host.uiUrl = uiUrl
    if (mail?.inbox) host.inbox = mail.inbox
    let signalled: () => void = () => undefined
    if (options.api) {
      const inbox = host.inbox !== undefined
      const { provider } = credit
      const ground = { home, env, config, db, clock, temporal, log, report, inbox, credit: provider }
      const api = keep(await options.api(ground))
      host.url = api.url
      if (api.wake) signalled = api.wake
    }
    const { decide } = options
    // Local banks post their decisions to this process's API.
    const url = mail ? host.url : undefined
    for (const bank of await credit.openBanks({ clock, dir: home.bank, url, decide })) {
      keep(bank)
      report({ kind: 'local_bank', name: bank.name })
    }
    if (mail) {
      const { mailboxes } = mail
      const activities = createActivities({
        ...{ db, clock, log, credit: credit.provider, signalled },
        mailboxes: (name) => mailboxes.get(name),
      })
      const worker = keep(await startWorker({ temporal, activities, log }))
      worker.stopped.catch((error: Error) =>
        die({ part: 'worker', how: { kind: 'error', says: error.message }, log: home.log }),
      )
      host.rest = () => worker.close()
      report({ kind: 'worker' })
      await reportLogins({ db, clock, log, signalled }, mailboxes, { report, keep })
    }
    return host
  } catch (error) {
    await close()
    throw error
  }
}

async function openDatabase(
  home: Home,
  env: NodeJS.ProcessEnv,
  { clustered, report, keep }: { clustered: boolean; report: ReportProgress; keep: Keep },
): Promise<Db> {
  if (!env.DATABASE_URL) {
    if (!existsSync(join(home.folder, 'pg'))) report({ kind: 'database_made' })
    const store = keep(await openStore({ dataDir: home.folder }))
    report({ kind: 'database_embedded', folder: home.folder })
    return store.db
  }
  if (!clustered) {
    const unlock = lockFolder(home.folder)
    keep({ close: async () => unlock() })
  }
  const store = keep(await openStore({ url: env.DATABASE_URL }))
  report({ kind: 'database_server', address: hostOf(env.DATABASE_URL) })
  return store.db
}

/** Mailboxes, and the built-in inbox where nothing else would take what some of them send. */
async function openMail(
  home: Home,
  config: Config,
  {
    env,
    clustered,
    report,
    keep,
  }: { env: NodeJS.ProcessEnv; clustered: boolean; report: ReportProgress; keep: Keep },
): Promise<{ mailboxes: Mailboxes; inbox?: string }> {
  const configured = Object.values(config.mailboxes)
  const anyName = configured.length === 0
  let url = env.SMTP_URL || undefined
  checkMailServers(config, url)
  const homeless = anyName || configured.some(({ smtp }) => smtp === undefined)
  if (!url && homeless && clustered) {
    throw new RelanceError('no_smtp', {})
  }
  if (url || !homeless) {
    report({ kind: 'mail_configured', from: url ? 'SMTP_URL' : (config.file ?? '') })
    return { mailboxes: keep(openMailboxes(config, { url, anyName })) }
  }
  const inbox = keep(await startInbox({ dir: home.inbox }))
  url = `smtp://127.0.0.1:${inbox.port}`
  report({ kind: 'mail_inbox', folder: home.inbox })
  return { mailboxes: keep(openMailboxes(config, { url, anyName, isInbox: true })), inbox: home.inbox }
}

/** An address without its secrets. */
function hostOf(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return host + pathname
  } catch {
    return 'DATABASE_URL'
  }
}

/** The demo: nine months of the enterprise cadence in two and a half minutes, on a Relance of its own. */
import { setMaxListeners } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { RelanceError } from '../../cadence/errors.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { DAY, type Instant } from '../../cadence/time.ts'
import type { Clock } from '../../store/clock.ts'
import { lockFolder } from '../../store/lock.ts'
import type { Decide } from '../../worker/bank/bank-decision.ts'
import { NO_CONFIG } from '../../worker/config.ts'
import { homeAt } from '../../worker/home.ts'
import { openLog } from '../../worker/log.ts'
import { packageRoot } from '../../worker/package.ts'
import { stopOrphan } from '../../worker/temporal/server-state.ts'
import { checkFile } from '../check/check.ts'
import { readCadenceFolder } from '../check/folder.ts'
import { asLines, type ReportProgress } from '../contract/start-progress.ts'
import { startApi } from '../hosting/api-part.ts'
import { type Host, startHost } from '../hosting/host.ts'
import { connect } from '../library/connect.ts'
import { terminalWords } from '../terminal/words/words.ts'
import { bankOf } from './bank.ts'
import { type Findings, findings } from './findings.ts'
import type { Scene } from './scenes.ts'
import { STORIES } from './stories.ts'
import { type Actor, type Event, World } from './world.ts'

export interface DemoOptions {
  folder: string
  days: number
  speed: number
  report: ReportProgress
  /** Hears of what happens, and when the leads were launched. */
  tell: (event: Event, from: Instant) => void
  /** Ends it before its time. */
  stop: AbortSignal
  /** Leaves Relance running at the end. */
  stay: boolean
  /** Of what happens, and of the reasons in the summary. */
  language: Language
  zone: string
}

export interface Demo {
  host: Host
  findings: Findings
}

const CADENCE = 'grands-comptes'
/** Written into a demo's folder, so that nothing else is ever cleared away. */
const MARK = 'demo'

/**
 * Plays the demo. What is outside of it, a configuration, a database, a Temporal, an SMTP server, is left alone.
 * @returns what became of it, and the host, which the caller closes
 * @throws AbortError when it was stopped, after closing everything
 */
export async function playDemo(options: DemoOptions): Promise<Demo> {
  const { report, speed, days, stop, language } = options
  const home = homeAt(options.folder)
  await clear(home.folder, report)
  let decide: Decide = () => undefined
  const host = await startHost({
    home,
    config: {
      ...NO_CONFIG,
      credit: { creditsafe: { kind: 'local' } },
      mailboxes: {
        claire: { from: { name: 'Claire Vasseur', email: 'claire@atelier.example' }, spacing: 20_000 },
      },
      api: { host: '127.0.0.1', port: 0 },
    },
    env: withoutExternalServices(process.env),
    temporal: { kind: 'embedded' },
    speed,
    worker: true,
    decide: (request) => decide(request),
    api: (ground) => startApi(ground, {}),
    log: openLog(home.log),
    report,
  })
  try {
    const relance = connect({ home: home.folder, env: {}, language, zone: options.zone })
    const from = await host.clock.now()
    const examples = join(packageRoot(), 'examples')
    const file = join(examples, CADENCE, 'cadence.yaml')
    const { plan } = checkFile(file)
    if (!plan) throw new RelanceError('bad_example', { file })
    const { version } = await relance.publish(readCadenceFolder(file))
    report({ kind: 'published', cadence: CADENCE, version })
    const over = await endAfter(days, from, host.clock, stop)
    setMaxListeners(0, over)
    const hear = (event: Event): void => options.tell(event, from)
    decide = bankOf(host.clock, hear, over, terminalWords(language).story)
    const launched = await relance.launch(CADENCE, readFileSync(join(examples, 'leads.csv')))
    report({ kind: 'launched', leads: launched.launched, refused: launched.refused.length })
    for (const { row, code, message } of launched.refused) {
      report({ kind: 'row_refused', row, message, code })
    }

    const world = new World({ relance, clock: host.clock, tell: hear, end: over, language })
    const stories = Object.entries(STORIES).map(([email, scenes]) => tell(world.actor(email), scenes))
    const died = host.died.then((how) => Promise.reject(new RelanceError('part_died', how)))
    await Promise.race([Promise.all([world.watch(), ...stories.map(unlessOver)]), died])
    stop.throwIfAborted()
    if (!options.stay) await host.rest()
    return { host, findings: await findings(relance, { plan, from, rested: !options.stay }) }
  } catch (error) {
    await host.close()
    throw error
  }
}

async function tell(lead: Actor, scenes: Scene[]): Promise<void> {
  for (const scene of scenes) await scene(lead)
}

/** Aborted when so many days of the cadence have passed, or when the demo is stopped. */
async function endAfter(days: number, from: Instant, clock: Clock, stop: AbortSignal): Promise<AbortSignal> {
  const over = new AbortController()
  const end = (): void => over.abort()
  setTimeout(end, await clock.msUntil(from + days * DAY)).unref()
  if (stop.aborted) end()
  stop.addEventListener('abort', end)
  return over.signal
}

/** A story that the end cuts short is no failure. */
const unlessOver = (story: Promise<void>): Promise<void> =>
  story.catch((error: Error) => {
    if (error.name !== 'AbortError') throw error
  })

/** The environment without what would lead the demo outside. */
function withoutExternalServices(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = Object.keys(env).filter(
    (name) => name === 'TEMPORAL_CLI' || !/^(TEMPORAL|RELANCE)_|^(DATABASE|SMTP)_URL$/.test(name),
  )
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}

/** Begins anew: what an earlier demo left is cleared away, and nothing else. */
async function clear(folder: string, report: ReportProgress): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, MARK))) {
      throw new RelanceError('not_a_demo', { folder })
    }
    lockFolder(folder)()
    await stopOrphan(realpathSync(folder), asLines(report))
    rmSync(folder, { recursive: true })
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, MARK), 'relance demo clears this folder when it begins anew.\n')
}

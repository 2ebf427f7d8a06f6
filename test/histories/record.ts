/**
 * Records what code leaves behind, for the code of later days: leads in every kind of state, the histories of their
 * workflows, and the whole data folder they live in.
 *
 *     node --import ./test/support/typescript.js test/histories/record.ts CHECKOUT FORMAT
 *
 * CHECKOUT is a built checkout whose code is to be recorded (`.` for this one); FORMAT names the result:
 * `test/histories/format-FORMAT.json.gz` and `test/histories/homes/format-FORMAT.tar.gz`. It runs `relance up` at a day
 * a second, with an SMTP server of its own that refuses and puts off as it is told, for about a minute.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Client, Connection } from '@temporalio/client'
import proto from '@temporalio/proto'
import { SMTPServer } from 'smtp-server'
import { STATES } from './states.ts'

const SPEED = 86_400
const here = fileURLToPath(new URL('.', import.meta.url))
const [checkout = '.', format = ''] = process.argv.slice(2)
const home = mkdtempSync(join(tmpdir(), 'relance-record-'))

/** Takes everything but what some addresses are for. */
const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo({ address }, _session, done) {
    const said = address.startsWith('delayed')
      ? { responseCode: 451, message: '4.7.1 greylisted' }
      : address.startsWith('unreachable')
        ? { responseCode: 550, message: '5.1.1 unknown' }
        : undefined
    done(said && Object.assign(new Error(said.message), { responseCode: said.responseCode }))
  },
  onData(stream, _session, done) {
    stream.resume().on('end', () => done())
  },
})

const port = await new Promise<number>((done) => {
  const server = smtp.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port))
})
const up = spawn(
  process.execPath,
  [resolve(checkout, 'dist/client/cli/main.js'), 'up', '--speed', String(SPEED), '--port', '0'],
  {
    cwd: home,
    env: { ...process.env, RELANCE_HOME: home, SMTP_URL: `smtp://127.0.0.1:${port}`, NODE_OPTIONS: '' },
    stdio: ['ignore', 'inherit', 'inherit'],
  },
)

/** Asks the API. */
async function api<T>(method: string, path: string, body?: unknown, type = 'application/json'): Promise<T> {
  const { url } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as { url: string }
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${readFileSync(join(home, 'token'), 'utf8').trim()}`,
      'content-type': type,
    },
    ...(body !== undefined && { body: type === 'text/csv' ? String(body) : JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text) as T
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; ; n++) {
    const found = await look().catch((error) => {
      if (n > 1200) throw error
      return undefined
    })
    if (found !== undefined) return found
    await pause(100)
  }
}

type Shown = { id: string; stage: string | null; outcome: string | null; timeline: { step?: string }[] }
const show = (name: string): Promise<Shown> => api('GET', `/v1/leads/${encodeURIComponent(addressOf(name))}`)
const addressOf = (name: string): string => `${name}@${name.replace(/^colleague.*/, 'colleagues')}.example`

process.once('exit', () => up.kill('SIGKILL'))
await until(() => api<object>('GET', '/v1/leads'))
const templates = Object.fromEntries(
  ['hello', 'gain', 'offer'].map((name) => [
    `${name}.fr.md`,
    readFileSync(join(here, 'templates', `${name}.fr.md`), 'utf8'),
  ]),
)
const publish = (cadence: string, source = readFileSync(join(here, `${cadence}.yaml`), 'utf8')) =>
  api('POST', '/v1/cadences', { source, templates })
for (const cadence of ['states', 'quick', 'slow']) await publish(cadence)
const launch = (cadence: string, names: string[]) => {
  const rows = names.map(
    (name) => `${addressOf(name)},Léa,${name.replace(/^colleague.*/, 'Colleagues')},FR,claire`,
  )
  const csv = ['email,first name,company,country,owner', ...rows].join('\n')
  return api('POST', `/v1/cadences/${cadence}/launch`, csv, 'text/csv')
}
const alone = (name: string): boolean => STATES[name]?.acts.some((act) => 'launched' in act) ?? false
const names = Object.keys(STATES)
for (const cadence of ['states', 'quick', 'slow']) {
  await launch(
    cadence,
    names.filter((name) => STATES[name]?.cadence === cadence && !alone(name)),
  )
}

const { port: temporal } = JSON.parse(readFileSync(join(home, 'temporal.json'), 'utf8')) as { port: number }
const connection = await Connection.connect({ address: `127.0.0.1:${temporal}` })
const client = new Client({ connection })
const historyOf = async (name: string) =>
  client.workflow.getHandle(`lead-${(await show(name)).id}`).fetchHistory()

/** Clicks a hundred times. */
async function click(name: string): Promise<void> {
  const path = `/v1/leads/${encodeURIComponent(addressOf(name))}/signals`
  for (let n = 0; n < 100; n++) await api('POST', path, { type: 'link.clicked' })
}

await Promise.all(
  Object.entries(STATES).map(async ([name, { acts }]) => {
    for (const act of acts) {
      const path = `/v1/leads/${encodeURIComponent(addressOf(name))}`
      if ('stage' in act) await until(async () => ((await show(name)).stage === act.stage ? true : undefined))
      else if ('step' in act) {
        await until(async () =>
          (await show(name)).timeline.some(({ step }) => step === act.step) ? true : undefined,
        )
      } else if ('outcome' in act) {
        await until(async () => ((await show(name)).outcome === act.outcome ? true : undefined))
      } else if ('ask' in act) {
        await until(() => api('POST', `${path}/${act.ask}`, act.with ?? {}))
      } else if ('launched' in act) {
        // At the very end.
      } else if ('continued' in act) {
        const first = async () => (await historyOf(name)).events?.[0]?.workflowExecutionStartedEventAttributes
        while (!(await first())?.continuedExecutionRunId) await click(name)
      } else if ('publish' in act) {
        await publish('states', readFileSync(join(here, 'states.yaml'), 'utf8').replace('300d', '310d'))
      } else {
        const date = act.inDays === undefined ? {} : { [act.date ?? 'until']: await later(act.inDays) }
        const fields = { ...act.fields, ...date }
        await api('POST', `${path}/signals`, {
          type: act.signal,
          fields,
          ...(act.contact && { contact: act.contact }),
        })
      }
    }
  }),
)

/** The environment's date in so many days. */
async function later(days: number): Promise<string> {
  const { now } = await api<{ now: string }>('GET', '/v1/summary')
  return new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 19)
}

// Long enough that the rest of them are where they are to be: pressed, in the nurture, ended.
await pause(25_000)

const histories: Record<string, string> = {}
const { History } = proto.temporal.api.history.v1
for (const name of names.filter((name) => !alone(name))) {
  histories[name] = Buffer.from(History.encode(await historyOf(name)).finish()).toString('base64')
}
const { now } = await api<{ now: string }>('GET', '/v1/summary')
await connection.close()

// Temporal stands still, as it does to whoever can't reach it; then all of it is cut off.
const server = Number(execFileSync('pgrep', ['-P', String(up.pid), '-f', 'server start-dev']).toString())
process.kill(server, 'SIGSTOP')
await launch('states', names.filter(alone))
up.kill('SIGKILL')
process.kill(server, 'SIGCONT')
process.kill(server, 'SIGTERM')
await until(async () => {
  try {
    process.kill(server, 0)
    return undefined
  } catch {
    return true
  }
})
await new Promise<void>((done) => smtp.close(() => done()))

mkdirSync(join(here, 'homes'), { recursive: true })
writeFileSync(join(here, `format-${format}.json.gz`), gzipSync(JSON.stringify(histories), { level: 9 }))
for (const extra of ['relance.log', 'temporal.log', 'server.json', 'up.txt'])
  rmSync(join(home, extra), { force: true })
writeFileSync(join(home, 'recorded.json'), `${JSON.stringify({ now })}\n`)
execFileSync('tar', ['-C', home, '-czf', join(here, 'homes', `format-${format}.tar.gz`), '.'])
rmSync(home, { recursive: true })
process.stdout.write(`${Object.keys(histories).length} histories, as of ${now}\n`)

/** The two kinds of world: a cluster, with PostgreSQL and Temporal as processes of their own, and `relance up`. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import { environmentClock } from '../../store/clock.ts'
import { markClockTold } from '../../store/environment.ts'
import { openStore, type Store } from '../../store/open.ts'
import { findTemporal } from '../../worker/temporal/binary.ts'
import { choosePort, listens } from '../../worker/temporal/ports.ts'
import { SEARCH_ATTRIBUTES } from '../../worker/temporal/search-attributes.ts'
import { Part } from './part.ts'
import { openWire, type Wire } from './wire.ts'

/** What differs between the two kinds of world. */
export interface Made {
  relance: Part[]
  temporal?: Part
  postgres?: Part
  wires: Wire[]
  openStore(): Promise<Store>
  temporalAddress(): string
}
export type Verb = (name: string, args: string[], more: NodeJS.ProcessEnv, serves: boolean) => Part

export async function cluster({
  folder,
  data,
  log,
  speed,
  apiPort,
  verb,
}: {
  folder: string
  data: string
  log: (name: string) => string
  speed: number
  apiPort: number
  verb: Verb
}): Promise<Made> {
  const [pgPort, temporalPort] = [await choosePort(), await choosePort()]
  const url = (port: number): string => `postgres://relance@127.0.0.1:${port}/postgres`
  const postgres = await makePostgres(data, pgPort, log('postgres'))
  await postgres.start()
  const { path } = await findTemporal({ report: () => undefined })
  const attributes = SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`])
  const temporal = new Part(
    {
      ...{ name: 'temporal', command: path, cwd: folder },
      args: [
        ...[
          'server',
          'start-dev',
          '--headless',
          '--db-filename',
          join(folder, 'temporal.db'),
          '--log-level',
          'error',
        ],
        ...['--ip', '127.0.0.1', '--port', String(temporalPort), ...attributes],
        ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=full'],
      ],
      ready: async () => {
        const connection = await Connection.connect({ address: `127.0.0.1:${temporalPort}` })
        await connection.close()
        return true
      },
    },
    log('temporal'),
  )
  await temporal.start()
  const open = (): Promise<Store> => openStore({ url: url(pgPort) })
  const store = await open()
  await environmentClock(store.db, { speed })
  await markClockTold(store.db)
  await store.close()
  const wires = [
    await openWire(pgPort),
    await openWire(temporalPort),
    await openWire(pgPort),
    await openWire(temporalPort),
  ]
  // The server has wires of its own: a worker may be cut off while the API is not.
  const env = (n: number): NodeJS.ProcessEnv => ({
    DATABASE_URL: url(wires[n]?.port ?? 0),
    TEMPORAL_ADDRESS: `127.0.0.1:${wires[n + 1]?.port}`,
  })
  return {
    relance: [
      verb('server', ['server', '--port', String(apiPort)], env(0), true),
      verb('worker-1', ['worker'], env(2), false),
      verb('worker-2', ['worker'], env(2), false),
    ],
    ...{ temporal, postgres, wires, openStore: open },
    temporalAddress: () => `127.0.0.1:${temporalPort}`,
  }
}

export function embedded({
  data,
  speed,
  apiPort,
  verb,
}: {
  data: string
  speed: number
  apiPort: number
  verb: Verb
}): Made {
  const home = join(data, 'home')
  const up = verb(
    'up',
    ['up', '--speed', String(speed), '--port', String(apiPort)],
    { RELANCE_HOME: home },
    true,
  )
  return {
    relance: [up],
    wires: [],
    openStore: () => openStore({ dataDir: home }),
    temporalAddress: () => {
      const { port } = JSON.parse(readFileSync(join(home, 'temporal.json'), 'utf8')) as { port: number }
      return `127.0.0.1:${port}`
    },
  }
}

/** Debian's PostgreSQL in a folder, as its own user where we are root: it doesn't run as that. */
async function makePostgres(data: string, port: number, log: string): Promise<Part> {
  const bin = execFileSync('sh', ['-c', 'dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)"'], {
    encoding: 'utf8',
  }).trim()
  const folder = join(data, 'pg')
  const isRoot = process.getuid?.() === 0
  const uid = isRoot ? Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })) : undefined
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 })
    if (isRoot) execFileSync('chown', ['postgres', folder])
    execFileSync(`${bin}/initdb`, ['-D', folder, '-A', 'trust', '-U', 'relance'], {
      stdio: 'ignore',
      ...(uid === undefined ? {} : { uid, cwd: '/' }),
    })
  }
  return new Part(
    {
      ...{ name: 'postgres', command: `${bin}/postgres`, cwd: '/' },
      args: ['-D', folder, '-p', String(port), '-k', '', '-c', 'listen_addresses=127.0.0.1'],
      ...(uid === undefined ? {} : { uid }),
      ready: () => listens(port),
    },
    log,
  )
}

/** The processes of the chaos and the wires between them: a cluster of six, or `relance up` with a mail server. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { RelanceClient } from '../../client/library/client.ts'
import type { Store } from '../../store/open.ts'
import { choosePort, listens } from '../../worker/temporal/ports.ts'
import { type Disk, openDisk } from './disk.ts'
import { cluster, embedded } from './kinds.ts'
import type { Mood } from './mail-server.ts'
import { Part } from './part.ts'
import { openWire, type Wire } from './wire.ts'

const main = fileURLToPath(new URL('../../dist/client/cli/main.js', import.meta.url))
const loader = fileURLToPath(new URL('../support/typescript.js', import.meta.url))
const mailServer = fileURLToPath(new URL('mail-server.ts', import.meta.url))
const TOKEN = 'chaos'

export interface World {
  folder: string
  /** Where the mail server writes down what it took. */
  taken: string
  /** Processes of Relance: what may be killed and frozen. */
  relance: Part[]
  temporal: Part | undefined
  postgres: Part | undefined
  mail: Part
  wires: Wire[]
  /** Where the database is, and in the embedded world everything, if a file system could be mounted. */
  disk: Disk | undefined
  api: RelanceClient
  /** Parts that are down on purpose; all others are begun again when they end. */
  down: Set<Part>
  moodOf(mood: Mood): void
  /** A client of Temporal, past the wires. */
  temporalClient(): Promise<{ client: Client; close(): Promise<void> }>
  /** The database, past the wires; the embedded one while nothing runs. */
  openStore(): Promise<Store>
  /** Everything runs, and is whole. */
  heal(): Promise<void>
  /** Ends Relance's processes, and nothing else. */
  rest(): Promise<void>
  /** @param remove - with all that was written, which is left for a look otherwise */
  close(remove: boolean): Promise<void>
}

/** @param speed - seconds of the environment in a real one */
export async function openWorld(kind: 'cluster' | 'embedded', speed: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-chaos-'))
  // Another user's process works in it.
  chmodSync(folder, 0o755)
  const disk = openDisk(join(folder, 'disk'))
  const data = disk?.folder ?? join(folder, 'disk')
  mkdirSync(data, { recursive: true })
  const log = (name: string): string => join(folder, `${name}.log`)
  const taken = join(folder, 'taken.jsonl')
  writeFileSync(taken, '')

  const mailPort = await choosePort()
  const mail = new Part(
    {
      ...{ name: 'mail', command: process.execPath, cwd: folder, ipc: true },
      args: ['--import', loader, mailServer, taken, String(mailPort)],
      ready: () => listens(mailPort),
    },
    log('mail'),
  )
  await mail.start()
  const mailWire = await openWire(mailPort)
  writeFileSync(
    join(folder, 'relance.yaml'),
    'mailboxes:\n  claire: { from: "Claire <claire@atelier.example>", spacing: 10m }\n',
  )
  const env = {
    RELANCE_CONFIG: join(folder, 'relance.yaml'),
    RELANCE_TOKEN: TOKEN,
    SMTP_URL: `smtp://127.0.0.1:${mailWire.port}`,
  }
  const apiPort = await choosePort()
  const ready = async (): Promise<boolean> => listens(apiPort)
  const verb = (name: string, args: string[], more: NodeJS.ProcessEnv, serves: boolean): Part =>
    new Part(
      {
        ...{ name, command: process.execPath, args: [main, ...args], cwd: folder },
        env: { ...env, RELANCE_HOME: join(folder, name), ...more },
        ...(serves && { ready }),
      },
      log(name),
    )
  const made =
    kind === 'cluster'
      ? await cluster({ folder, data, log, speed, apiPort, verb })
      : embedded({ data, speed, apiPort, verb })
  const wires = [mailWire, ...made.wires]
  const parts = [mail, ...(made.postgres ? [made.postgres] : []), ...(made.temporal ? [made.temporal] : [])]
  const all = [...parts, ...made.relance]
  const down = new Set<Part>()
  let watching = true
  const watch = async (): Promise<void> => {
    for (; watching; await pause(200)) {
      for (const part of all) if (!part.running && !down.has(part)) await part.start().catch(() => undefined)
    }
  }
  for (const part of made.relance) await part.start()
  const watched = watch()
  const heal = async (): Promise<void> => {
    for (const wire of wires) wire.mend()
    mail.send({ kind: 'calm' } satisfies Mood)
    disk?.free()
    for (const part of all) part.signal('SIGCONT')
    down.clear()
    for (const part of all) await untilStarted(part)
  }
  const rest = async (): Promise<void> => {
    for (const part of made.relance) down.add(part)
    await Promise.all(made.relance.map((part) => part.stop('SIGTERM')))
  }
  return {
    ...{ folder, taken, mail, wires, disk, down, heal, rest },
    ...{ relance: made.relance, temporal: made.temporal, postgres: made.postgres },
    api: new RelanceClient({ url: `http://127.0.0.1:${apiPort}`, token: TOKEN }),
    moodOf: (mood) => mail.send(mood),
    openStore: made.openStore,
    temporalClient: async () => {
      const connection = await Connection.connect({ address: made.temporalAddress() })
      return { client: new Client({ connection }), close: () => connection.close() }
    },
    close: async (remove) => {
      watching = false
      for (const part of all) down.add(part)
      await watched
      for (const part of [...all].reverse()) await part.stop()
      for (const wire of wires) wire.close()
      if (!remove) return
      disk?.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilStarted(part: Part): Promise<void> {
  for (;;) {
    const started = await part.start().then(
      () => true,
      () => false,
    )
    if (started) return
    await pause(500)
  }
}

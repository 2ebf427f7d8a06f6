import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { type FoundTemporal, findTemporal } from './binary.ts'
import { type DevServer, startDevServer } from './dev-server.ts'
import { readState } from './server-state.ts'

const here = new URL('.', import.meta.url)
const loader = fileURLToPath(new URL('../../test/support/typescript.js', here))
let temporal: FoundTemporal
const cleanups: (() => unknown)[] = []

beforeAll(async () => {
  temporal = await findTemporal({ report: () => {} })
}, 600_000)

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'relance-temporal-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function start(dataDir: string, report: (message: string) => void = () => {}): Promise<DevServer> {
  const server = await startDevServer({ temporal, dataDir, report })
  cleanups.push(() => server.close())
  return server
}

/** Does something as a client of the server at `address`. */
async function asClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address })
  try {
    return await work(new Client({ connection }))
  } finally {
    await connection.close()
  }
}

const startLead = (address: string, workflowId: string) =>
  asClient(address, (client) =>
    client.workflow.start('lead', {
      workflowId,
      taskQueue: 'nobody',
      searchAttributes: { RelanceCadence: ['c'], RelanceStage: ['s'], RelanceStanding: ['lead'] },
    }),
  )

const describeLead = (address: string, workflowId: string) =>
  asClient(address, async (client) => {
    const { status, searchAttributes } = await client.workflow.getHandle(workflowId).describe()
    return [status.name, searchAttributes.RelanceCadence, searchAttributes.RelanceStanding]
  })

/** A Relance of its own: a process that starts the server, says where it is, and lives on. */
async function otherRelance(
  dataDir: string,
  { path = temporal.path, more = '' } = {},
): Promise<{ parent: ChildProcess; server: DevServer }> {
  const program = `
    import { startDevServer } from ${JSON.stringify(new URL('dev-server.ts', here).href)}
    const temporal = ${JSON.stringify({ ...temporal, path })}
    const options = { temporal, dataDir: ${JSON.stringify(dataDir)}, report: () => {} }
    const server = await startDevServer(options)
    setInterval(() => {}, 1e6)
    ${more}
    console.log(JSON.stringify(server))`
  const parent = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
    detached: true,
  })
  cleanups.push(() => parent.kill('SIGKILL'))
  const [line] = await once(createInterface({ input: parent.stdout }), 'line')
  const server = JSON.parse(line) as DevServer
  cleanups.push(() => isAlive(server.pid) && process.kill(server.pid, 'SIGKILL'))
  return { parent, server }
}

/** Resolves when the server has closed this connection, which it does only by ending. */
async function closedByServer(server: DevServer): Promise<{ closed: Promise<unknown> }> {
  // Not the gRPC port: that waits for what a connection has to say before it closes.
  const socket = connect(server.http.port, '127.0.0.1')
  await once(socket, 'connect')
  return { closed: once(socket.resume(), 'close') }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a restart keeps the ports and the workflows with their search attributes', async () => {
  const folder = newFolder()
  const first = await start(folder)
  await startLead(first.address, 'lead-1')
  await first.close()
  expect(await first.ended).toEqual({ kind: 'status', status: 0 })

  const second = await start(folder)
  expect([second.address, second.uiPort]).toEqual([first.address, first.uiPort])
  expect(await describeLead(second.address, 'lead-1')).toEqual(['RUNNING', ['c'], ['lead']])
  expect(readState(folder)?.server).toBe(temporal.server)
})

test('what the server acknowledged survives its kill -9', async () => {
  const folder = newFolder()
  const first = await start(folder)
  await startLead(first.address, 'lead-1')
  process.kill(first.pid, 'SIGKILL')
  expect(await first.ended).toEqual({ kind: 'signal', signal: 'SIGKILL' })

  const second = await start(folder)
  expect(await describeLead(second.address, 'lead-1')).toEqual(['RUNNING', ['c'], ['lead']])
  expect(existsSync(join(folder, 'temporal.previous.log'))).toBe(true)
})

test('a server whose parent was killed with kill -9 is ended, and its work goes on', async () => {
  const folder = newFolder()
  const { parent, server: orphan } = await otherRelance(folder)
  await startLead(orphan.address, 'lead-1')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await startLead(orphan.address, 'lead-2')
  const { closed } = await closedByServer(orphan)

  const said: string[] = []
  const server = await start(folder, (message) => said.push(message))
  expect(said).toEqual([
    `ending the Temporal server that a killed Relance left behind (process ${orphan.pid})`,
  ])
  await closed
  expect(server.address).toBe(orphan.address)
  expect(await describeLead(server.address, 'lead-1')).toEqual(['RUNNING', ['c'], ['lead']])
  expect(await describeLead(server.address, 'lead-2')).toEqual(['RUNNING', ['c'], ['lead']])
})

test('a data folder whose Relance is alive is refused, and its server left alone', async () => {
  const folder = newFolder()
  const { parent, server } = await otherRelance(folder)
  await expect(start(folder)).rejects.toMatchObject({
    code: 'data_folder_in_use',
    values: { folder: realpathSync(folder), pid: parent.pid },
  })
  expect(await startLead(server.address, 'lead-1')).toBeDefined()
})

test('a process that only has the number of an earlier server is left alone', async () => {
  const folder = newFolder()
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', 'start-dev'], { cwd: folder })
  cleanups.push(() => stranger.kill('SIGKILL'))
  writeFileSync(
    join(folder, 'temporal.json'),
    JSON.stringify({ pid: stranger.pid, parent: 1, port: 1, uiPort: 2 }),
  )
  await start(folder)
  expect(stranger.kill(0)).toBe(true)
})

test("a copy of a running server's folder is its own", async () => {
  const folder = newFolder()
  const { server } = await otherRelance(folder)
  const copy = newFolder()
  writeFileSync(join(copy, 'temporal.json'), readFileSync(join(folder, 'temporal.json')))
  expect((await start(copy)).address).not.toBe(server.address)
  expect(isAlive(server.pid)).toBe(true)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'] as const)(
  'the server ends with its parent: %s',
  async (how) => {
    const { parent, server } = await otherRelance(newFolder(), {
      more: "process.stdin.once('data', () => process.exit(3))",
    })
    const { closed } = await closedByServer(server)
    if (how === 'exit') parent.stdin?.write('\n')
    else parent.kill(how)
    expect(await once(parent, 'exit')).toEqual(how === 'exit' ? [3, null] : [null, how])
    await closed
  },
)

test("Ctrl-C, which reaches the whole process group, leaves the server to the program's own order", async () => {
  const folder = newFolder()
  const signals = join(folder, 'signals')
  // Stands before the real server, and notes the signals that reach it.
  const listener = join(folder, 'temporal')
  writeFileSync(
    listener,
    `#!${process.execPath}
     const { appendFileSync } = require('node:fs')
     const server = require('node:child_process').spawn(${JSON.stringify(temporal.path)}, process.argv.slice(2), { detached: true })
     for (const signal of ['SIGINT', 'SIGTERM']) {
       process.on(signal, () => {
         appendFileSync(${JSON.stringify(signals)}, signal + ' ')
         if (signal === 'SIGTERM') server.kill()
       })
     }
     server.on('exit', (code) => process.exit(code))`,
    { mode: 0o755 },
  )
  const { parent, server } = await otherRelance(folder, {
    path: listener,
    more: `process.once('SIGINT', () => {
      console.log('stopping the workers')
      process.stdin.once('data', () => server.close().then(() => process.exit(0)))
    })`,
  })
  const said = once(createInterface({ input: parent.stdout as NonNullable<typeof parent.stdout> }), 'line')
  process.kill(-(parent.pid as number), 'SIGINT')
  expect(await said).toEqual(['stopping the workers'])
  await startLead(server.address, 'lead-1')
  parent.stdin?.write('\n')
  expect(await once(parent, 'exit')).toEqual([0, null])
  expect(readFileSync(signals, 'utf8')).toBe('SIGTERM ')
})

test('a remembered port that was taken since is given up', async () => {
  const folder = newFolder()
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  cleanups.push(() => squatter.close())
  const { port } = squatter.address() as { port: number }
  writeFileSync(join(folder, 'temporal.json'), JSON.stringify({ port, uiPort: port }))
  const server = await start(folder)
  expect(server.address).not.toContain(`:${port}`)

  await expect(
    startDevServer({ temporal, dataDir: newFolder(), port, report: () => {} }),
  ).rejects.toMatchObject({
    code: 'port_in_use',
  })
})

test('a database that a first start left half made is made again', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'temporal.db'), '')
  writeFileSync(join(folder, 'temporal.json'), JSON.stringify({ port: 1, uiPort: 2, unborn: true }))
  const server = await start(folder)
  await startLead(server.address, 'lead-1')
  expect(readState(folder)?.unborn).toBeUndefined()
})

test('a broken database is told as damaged, and left as it is', async () => {
  const folder = newFolder()
  const database = join(folder, 'temporal.db')
  const says = async (what: string): Promise<void> => {
    const values = { file: database, says: expect.stringContaining(what), log: join(folder, 'temporal.log') }
    await expect(start(folder)).rejects.toMatchObject({ code: 'temporal_damaged', values })
  }
  await (await start(folder)).close()
  rmSync(`${database}-wal`)
  await says('no such table')
  writeFileSync(database, 'not a database, but somebody may want it')
  await says('not a database')
  expect(readFileSync(database, 'utf8')).toBe('not a database, but somebody may want it')
})

test("what isn't a program is refused", async () => {
  const folder = newFolder()
  const noProgram = { ...temporal, path: folder }
  await expect(
    startDevServer({ temporal: noProgram, dataDir: folder, report: () => {} }),
  ).rejects.toMatchObject({
    code: 'temporal_not_started',
    values: { problem: { kind: 'error', says: expect.stringContaining('EACCES') } },
  })
})

test('a data folder may be called anything', async () => {
  const folder = join(newFolder(), "C# 100% l'été?")
  mkdirSync(folder)
  await start(folder)
  expect(existsSync(join(folder, 'temporal.db-wal'))).toBe(true)
})

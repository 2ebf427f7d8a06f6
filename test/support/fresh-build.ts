/**
 * The build that tests run: `dist/`, with the one workflow bundle of a run. It is the shipped one, and is made anew
 * only where a source is newer.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** The build writes it last. */
const BUNDLE = 'dist/workflow-bundle.js'
const ROOMS = ['cadence', 'workflows', 'activities', 'worker', 'client', 'store']
const OTHERS = ['scripts/build.js', 'package.json', 'tsconfig.json', 'tsconfig.build.json']

/** Builds where that has to be, once before all tests. */
export function freshBuild(report: (message: string) => void): void {
  const built = statSync(join(root, BUNDLE), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const newer = sources().find((file) => statSync(join(root, file)).mtimeMs > built)
  if (newer === undefined) return
  report(`${newer} is newer than ${BUNDLE}: building`)
  execFileSync(process.execPath, [join(root, 'scripts/build.js')], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
}

/** What the build reads of ours. */
function sources(): string[] {
  const compiled = ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => join(room, file)),
  )
  return [...OTHERS, ...compiled]
}

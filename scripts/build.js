/** Builds `dist/`: the compiled code, what it reads at run time, and the workflow bundle. */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...path) => join(root, ...path)

rmSync(at('dist'), { recursive: true, force: true })
const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
const tsc = join(dirname(typescript), 'bin', 'tsc')
execFileSync(process.execPath, [tsc, '-p', at('tsconfig.build.json')], { stdio: 'inherit', cwd: root })
cpSync(at('store', 'migrations'), at('dist', 'store', 'migrations'), { recursive: true })
chmodSync(at('dist', 'client', 'cli', 'main.js'), 0o755)

const { bundle } = await import('../dist/worker/bundle.js')
const code = await bundle()
writeFileSync(at('dist', 'workflow-bundle.js'), code)
console.log(`dist/workflow-bundle.js  ${(code.length / 1e6).toFixed(2)} MB`)

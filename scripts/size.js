/** Fails when the workflow bundle is too large: it is evaluated for every lead a worker holds (docs/design.md §2). */
import { statSync } from 'node:fs'

const MOST = 2_000_000
const { size } = statSync(new URL('../dist/workflow-bundle.js', import.meta.url))
console.log(`workflow bundle ${(size / 1e6).toFixed(2)} MB of ${(MOST / 1e6).toFixed(1)} MB`)
if (size > MOST) process.exitCode = 1

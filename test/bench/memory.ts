/** What one more waiting workflow in a worker's cache weighs, and the bundle it is made of. */
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Bench, endBoth, inTurn, type Sides } from './bench.ts'
import type { MemoryApp } from './memory-app.ts'
import { quiet, type Remote, start } from './process.ts'
import { figure } from './rounds.ts'
import { type Row, row } from './table.ts'

/** Workflows more in each round. */
const HELD = 60
const ROUNDS = 3

export async function memory(bench: Bench): Promise<Row[]> {
  const { address, bundles, pid } = bench
  const apps: Sides<Remote<MemoryApp>> = {
    relance: await start<MemoryApp>('memory-app.ts', address, 'relance', bundles.relance),
    plain: await start<MemoryApp>('memory-app.ts', address, 'plain', bundles.plain),
  }
  const before: Partial<Sides<number>> = {}
  const rounds = await inTurn(bench, 'memory', ROUNDS, async (side) => {
    await apps[side].hold(HELD)
    await quiet(pid)
    const now = await apps[side].weigh()
    const then = before[side] ?? now
    before[side] = now
    return (now - then) / HELD / 1024
  })
  await endBoth(apps)
  return [row('memory a cached workflow, KB of heap', figure(rounds), { ratioAtMost: 1.5 })]
}

/** As shipped where it is built: one file, not minified, with a map of its lines. */
export function bundleSize({ bundles }: Bench): Row {
  const shipped = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url))
  const megabytes = (file: string): number => statSync(file).size / 1e6
  const relance = megabytes(existsSync(shipped) ? shipped : bundles.relance)
  return row('workflow bundle, MB', figure([{ relance, plain: megabytes(bundles.plain) }]), { atMost: 2 })
}

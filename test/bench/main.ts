/**
 * `npm run bench`: what Relance costs, as ratios to a plain Temporal program on the same server in the same minutes.
 * `npm run bench -- PART …` measures these parts alone: bundle, throughput, follow-up, memory; or `rehearsal`, which
 * needs no server and has no plain twin. `--json` prints the figures as JSON; `--strict` ends with status 1 when a
 * target is missed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { workflowBundle } from '../../worker/bundle.ts'
import { findTemporal } from '../../worker/temporal/binary.ts'
import { startDevServer } from '../../worker/temporal/dev-server.ts'
import { freshBuild } from '../support/fresh-build.ts'
import type { Bench, Sides } from './bench.ts'
import { followUp } from './follow-up.ts'
import { bundleSize, memory } from './memory.ts'
import { rehearsal } from './rehearsal.ts'
import { type Row, table } from './table.ts'
import { throughput } from './throughput.ts'

const PARTS = {
  bundle: async (bench: Bench): Promise<Row[]> => [bundleSize(bench)],
  throughput,
  'follow-up': followUp,
  memory,
}
type Part = keyof typeof PARTS

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, strict: { type: 'boolean' } },
})
const report = (message: string): void => {
  process.stderr.write(`${message}\n`)
}

const unknown = positionals.find((name) => name !== 'rehearsal' && !(name in PARTS))
if (unknown !== undefined) {
  report(`there is no part ${unknown}: write ${Object.keys(PARTS).join(', ')} or rehearsal`)
  process.exitCode = 2
} else if (positionals.includes('rehearsal')) {
  const figures = rehearsal()
  console.log(
    asked.json ? JSON.stringify(figures) : `lead-years rehearsed a second  ${figures.leadYearsPerSecond}`,
  )
} else await measure(positionals.length > 0 ? (positionals as Part[]) : (Object.keys(PARTS) as Part[]))

/** Measures parts on a server of their own, and prints them. */
async function measure(parts: Part[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-bench-'))
  const temporal = await findTemporal({ report })
  const server = await startDevServer({ temporal, dataDir: join(folder, 'temporal'), report })
  try {
    const { address, pid } = server
    const bench: Bench = { address, pid, folder, bundles: await bundleBoth(folder), report }
    const rows: Row[] = []
    for (const part of parts) {
      const measured = await PARTS[part](bench)
      report(table(measured))
      rows.push(...measured)
    }
    console.log(asked.json ? JSON.stringify(rows, undefined, 2) : table(rows))
    if (asked.strict && rows.some(({ ok }) => !ok)) process.exitCode = 1
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Bundles both sides' workflows: Relance's as it ships, the plain one as anybody would. */
async function bundleBoth(folder: string): Promise<Sides<string>> {
  freshBuild(report)
  report('bundling workflows')
  const files = { relance: workflowBundle().codePath, plain: join(folder, 'plain.js') }
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('plain.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map' }),
  })
  writeFileSync(files.plain, code)
  return files
}

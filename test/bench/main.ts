/**
 * `npm run bench`: what Relance costs, as ratios to a plain Temporal program on the same server in the same minutes.
 * `--json` prints the figures as JSON; `--strict` ends with status 1 when a target is missed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { bundle } from '../../worker/bundle.ts'
import { findTemporal } from '../../worker/temporal/binary.ts'
import { startDevServer } from '../../worker/temporal/dev-server.ts'
import type { Bench, Sides } from './bench.ts'
import { followUp } from './follow-up.ts'
import { bundleSize, memory } from './memory.ts'
import { table } from './table.ts'
import { throughput } from './throughput.ts'

const { values: asked } = parseArgs({ options: { json: { type: 'boolean' }, strict: { type: 'boolean' } } })
const report = (message: string): void => {
  process.stderr.write(`${message}\n`)
}

const folder = mkdtempSync(join(tmpdir(), 'relance-bench-'))
const { path: binary } = await findTemporal({ report })
const server = await startDevServer({ binary, dataDir: join(folder, 'temporal'), report })
try {
  const { address, pid } = server
  const bench: Bench = { address, pid, folder, bundles: await bundleBoth(), report }
  const rows = [bundleSize(bench)]
  for (const measure of [throughput, followUp, memory]) {
    const measured = await measure(bench)
    report(table(measured))
    rows.push(...measured)
  }
  console.log(asked.json ? JSON.stringify(rows, undefined, 2) : table(rows))
  if (asked.strict && rows.some(({ ok }) => !ok)) process.exitCode = 1
} finally {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Bundles both sides' workflows: Relance's as it ships, the plain one as anybody would. */
async function bundleBoth(): Promise<Sides<string>> {
  report('bundling workflows')
  const files = { relance: join(folder, 'relance.js'), plain: join(folder, 'plain.js') }
  writeFileSync(files.relance, await bundle())
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('plain.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map' }),
  })
  writeFileSync(files.plain, code)
  return files
}

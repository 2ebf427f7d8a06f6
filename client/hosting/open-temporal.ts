/** Temporal as a part of a process: an external server made ready, or the embedded one with its UI. */
import { Connection } from '@temporalio/client'
import { RelanceError } from '../../cadence/errors.ts'
import type { Home } from '../../worker/home.ts'
import { findTemporal } from '../../worker/temporal/binary.ts'
import type { TemporalChoice } from '../../worker/temporal/connect.ts'
import { startDevServer } from '../../worker/temporal/dev-server.ts'
import { registerSearchAttributes } from '../../worker/temporal/search-attributes.ts'
import { stopOrphan } from '../../worker/temporal/server-state.ts'
import { startUi } from '../../worker/temporal/ui.ts'
import { asLines, type ReportProgress } from '../contract/start-progress.ts'
import type { Death, Keep, TemporalAt } from './part.ts'

/** Opens the Temporal that was chosen. @throws RelanceError `temporal_unreachable`, and what `startDevServer` does */
export async function openTemporal(
  home: Home,
  choice: TemporalChoice,
  to: {
    env: NodeJS.ProcessEnv
    uiWrites: boolean
    report: ReportProgress
    keep: Keep
    die: (death: Death) => void
  },
): Promise<{ temporal: TemporalAt; uiUrl?: string }> {
  const { env, uiWrites, report, keep, die } = to
  if (choice.kind === 'external') {
    await prepare(choice, report)
    report({ kind: 'temporal_external', address: choice.address, namespace: choice.namespace })
    return { temporal: choice }
  }
  const lines = asLines(report)
  const found = await findTemporal({ report: lines, env })
  await stopOrphan(home.uiFiles, lines)
  const server = await startDevServer({ temporal: found, dataDir: home.folder, report: lines })
  let closing = false
  keep({
    close: () => {
      closing = true
      return server.close()
    },
  })
  server.ended.then((how) => {
    if (!closing) die({ part: 'temporal', how, log: `${home.folder}/temporal.log` })
  })
  report({ kind: 'temporal_embedded', server: found.server, path: found.path })
  const ui = keep(
    await startUi({
      port: server.uiPort,
      http: server.http,
      files: () =>
        startDevServer({ temporal: found, dataDir: home.uiFiles, ui: true, report: () => undefined }),
      writes: uiWrites,
    }),
  )
  return {
    temporal: { connectionOptions: { address: server.address }, namespace: 'default' },
    uiUrl: ui.url,
  }
}

/** Registers our search attributes on a Temporal server that Relance didn't start. */
async function prepare(
  choice: Extract<TemporalChoice, { kind: 'external' }>,
  report: ReportProgress,
): Promise<void> {
  const { address, namespace, connectionOptions } = choice
  const connection = await Connection.connect(connectionOptions).catch((cause: Error) => {
    throw new RelanceError('temporal_unreachable', { address, says: cause.message }, { cause })
  })
  try {
    const warning = await registerSearchAttributes(connection, namespace)
    if (warning) report({ kind: 'line', text: warning })
  } finally {
    await connection.close()
  }
}

/** The logins of mailboxes, tried at a start and told to whoever starts. */
import { setTimeout as sleep } from 'node:timers/promises'
import { traceOf } from '../../worker/log.ts'
import { type LoginsDeps, tryLogins } from '../../worker/logins.ts'
import type { Mailboxes } from '../../worker/mailboxes.ts'
import type { ReportProgress } from '../contract/start-progress.ts'
import type { Keep } from './part.ts'

/** How long a start waits for what mail servers say, real milliseconds. */
const PATIENCE_MS = 5_000

/** Tries them. What takes longer is in the log and in `relance mailboxes`; nothing of it ends the start. */
export async function reportLogins(
  deps: LoginsDeps,
  mailboxes: Pick<Mailboxes, 'servers'>,
  { report, keep }: { report: ReportProgress; keep: Keep },
): Promise<void> {
  const servers = mailboxes.servers()
  if (servers.length === 0) return
  const closing = new AbortController()
  keep({ close: async () => closing.abort() })
  const told = tryLogins({ ...deps, signal: closing.signal }, servers).then(
    (faults) => {
      for (const fault of faults) report({ kind: 'mail_login', ...fault })
    },
    (error) => deps.log.error({ error: traceOf(error) }, 'logins could not be tried'),
  )
  const late = new AbortController()
  await Promise.race([told, sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined)])
  late.abort()
}

/** Reopening in bulk: who ended as unreachable because a mailbox's e-mails were refused for a fault of ours. */
import { verdictOf } from '../../activities/mail/replies/classify.ts'
import { bouncedBy, reopenBounced } from '../../store/reopen-many.ts'
import type { ReopenedMany, ReopenManyBody } from '../contract/index.ts'
import type { Deps } from './deps.ts'

/** How many different replies are shown. */
const SHOWN = 20

/**
 * Opens again the leads that ended as unreachable by a mailbox's refusals of a time, and lifts the bounces of their
 * addresses. What the server had said is shown, with what it is taken for today.
 */
export async function reopenMany(
  deps: Deps,
  { mailbox, since, until, dry = false }: ReopenManyBody,
): Promise<ReopenedMany> {
  const now = await deps.clock.now()
  const period = { since: Date.parse(since), until: until === undefined ? now : Date.parse(until) }
  const found = await bouncedBy(deps.db, { mailbox, ...period })
  const replies = new Map<string, number>()
  for (const { says } of found) replies.set(says ?? '', (replies.get(says ?? '') ?? 0) + 1)
  const shown = [...replies].sort(([, a], [, b]) => b - a).slice(0, SHOWN)
  let reopened = 0
  if (!dry) {
    for (const one of found) if (await reopenBounced(deps.db, one, now)) reopened += 1
    if (reopened > 0) deps.relay.wake()
  }
  return {
    ...{ leads: found.length, reopened, done: !dry },
    replies: shown.map(([says, leads]) => ({ says, leads, verdict: verdictOf('rcpt', says) })),
  }
}

/** Mailboxes in trouble, letting a paused one go on, and what mail servers said of a lead's e-mails. */
import { RelanceError } from '../../cadence/errors.ts'
import type { MailFault } from '../../cadence/mail-faults.ts'
import type { Because } from '../../cadence/reason.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { dictionaryOf } from '../../cadence/reasons/say.ts'
import { endTrouble, listTroubles } from '../../store/mailbox-troubles.ts'
import { lastReply, waitingFor } from '../../store/mailbox-use.ts'
import type { MailboxResumed, MailboxRow, ServerSaid } from '../contract/index.ts'
import type { Deps } from './deps.ts'
import { iso } from './facts-view.ts'

/** Mailboxes that were refused since an e-mail of theirs was last taken; the paused ones first. */
export async function mailboxes({ db }: Pick<Deps, 'db'>, language: Language): Promise<MailboxRow[]> {
  const [troubles, waiting] = await Promise.all([listTroubles(db), waitingFor(db)])
  const { words, typeset } = dictionaryOf(language)
  return troubles.map(({ mailbox, fault, says, count, pausedAt, lastAt, probeAt }) => ({
    ...{ mailbox, fault, says, refused: count, waiting: waiting.get(mailbox) ?? 0 },
    paused: iso(pausedAt),
    because: typeset(words.mailFault[fault]),
    remedy: typeset(words.mailRemedy[fault]),
    last: new Date(lastAt).toISOString(),
    tries: iso(probeAt),
  }))
}

/**
 * Lets a paused mailbox go on: its leads are planned anew from now, one after the other.
 * @throws RelanceError `mailbox_not_paused`
 */
export async function resumeMailbox(
  { db, clock, relay }: Pick<Deps, 'db' | 'clock' | 'relay'>,
  mailbox: string,
): Promise<MailboxResumed> {
  const now = await clock.now()
  const paused = await db.transaction((tx) => endTrouble(tx, mailbox, now))
  if (!paused) throw new RelanceError('mailbox_not_paused', { mailbox })
  relay.wake()
  return { mailbox, resumed: true }
}

/** What the server said of the e-mail that a lead has put off; null where no server did. */
export async function serverSaid(
  { db }: Pick<Deps, 'db'>,
  lead: string,
  because: Because,
  language: Language,
): Promise<ServerSaid | null> {
  if (because.code !== 'put_off') return null
  const { delay } = because
  if (delay.code === 'text_unwritable' || delay.code === 'address_missing') return null
  const fault = 'fault' in delay ? delay.fault : undefined
  const { words, typeset } = dictionaryOf(language)
  const remedyOf = (of: MailFault): string => typeset(words.mailRemedy[of])
  if (delay.code === 'mailbox_paused') {
    const trouble = (await listTroubles(db)).find(({ mailbox }) => mailbox === delay.mailbox)
    if (trouble) {
      const at = new Date(trouble.lastAt).toISOString()
      return { says: trouble.says, at, remedy: remedyOf(trouble.fault) }
    }
  }
  const last = await lastReply(db, lead)
  return (
    last && { says: last.says, at: new Date(last.at).toISOString(), remedy: fault ? remedyOf(fault) : null }
  )
}

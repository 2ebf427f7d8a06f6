/** The mailboxes that cadences name with `from`: as configured, or else all of them one server's. */
import { createMailbox } from '../activities/mail/transport.ts'
import type { MailboxInUse } from '../activities/touch/deps.ts'
import { RelanceError } from '../cadence/errors.ts'
import type { Config } from './config.ts'
import { mailServerOf } from './mail-servers.ts'
import { mailboxSender } from './senders.ts'

export interface Mailboxes {
  /**
   * @throws RelanceError `mailbox_unknown` when it isn't configured and nothing stands in for it,
   * `mailbox_without_smtp`
   */
  get(name: string): MailboxInUse
  /** The configured mailboxes that send through a real server, and its URL. */
  servers(): { name: string; url: string }[]
  /** Waits for what is being sent. */
  close(): Promise<void>
}

/** Milliseconds between two e-mails of a mailbox that isn't configured: as a rule it sends to the built-in inbox. */
const UNCONFIGURED_SPACING = 1000

/**
 * @param options.url - the server of mailboxes that name none themselves: `SMTP_URL` or the built-in inbox
 * @param options.anyName - whether a mailbox that isn't configured is that server's, too
 * @param options.isInbox - whether that server is the built-in inbox
 */
export function openMailboxes(
  config: Config,
  { url, anyName, isInbox }: { url: string | undefined; anyName: boolean; isInbox?: boolean },
): Mailboxes {
  const open = new Map<string, MailboxInUse>()
  return {
    get(name) {
      const known = open.get(name) ?? openMailbox(config, name, url, anyName)
      open.set(name, known)
      return known
    },
    servers: () =>
      Object.entries(config.mailboxes).flatMap(([name, { smtp }]) => {
        const server = smtp ?? (isInbox ? undefined : url)
        return server === undefined ? [] : [{ name, url: server }]
      }),
    close: async () => {
      await Promise.all([...open.values()].map(({ mailbox }) => mailbox.close()))
    },
  }
}

function openMailbox(config: Config, name: string, url: string | undefined, anyName: boolean): MailboxInUse {
  const setting = config.mailboxes[name]
  const server = setting?.smtp ?? url
  if (!server || (!setting && !anyName)) {
    if (setting) throw new RelanceError('mailbox_without_smtp', { mailbox: name })
    throw new RelanceError('mailbox_unknown', { mailbox: name, known: Object.keys(config.mailboxes) })
  }
  const from = mailboxSender(config)(name)
  const mailbox = createMailbox({ url: server, from })
  const at = mailServerOf(server)?.server
  const named = at === undefined ? { mailbox } : { mailbox, server: at }
  if (!setting) return { ...named, spacing: UNCONFIGURED_SPACING }
  const { spacing, perDay } = setting
  return perDay === undefined ? { ...named, spacing } : { ...named, spacing, perDay }
}

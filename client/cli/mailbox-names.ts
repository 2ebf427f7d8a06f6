/** The mailboxes of relance.yaml, for verbs that need no server (`check`, `publish`, `preview`). */
import { loadConfig } from '../../worker/config.ts'
import { homeOf } from '../../worker/home.ts'
import { mailboxSender, type SenderOf } from '../../worker/senders.ts'

/** The configured mailboxes' names; undefined where there is no configuration to compare with. */
export const mailboxNames = (): string[] | undefined => configured().mailboxes

/** Those names, and the addresses that mailboxes send from. */
export function configured(): { mailboxes: string[] | undefined; senderOf: SenderOf } {
  const config = loadConfig({ home: homeOf().folder, secrets: false })
  const mailboxes = config.file === undefined ? undefined : Object.keys(config.mailboxes)
  return { mailboxes, senderOf: mailboxSender(config) }
}

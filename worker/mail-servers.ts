/** What is wrong with the mail servers that are configured, before anything is sent. */
import { RelanceError } from '../cadence/errors.ts'
import type { Config } from './config.ts'

/** This machine: an inbox for trials, or a relay that is somebody's own. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Host and port of an SMTP URL; undefined where it is none. */
export function mailServerOf(url: string): { host: string; server: string } | undefined {
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url)) return undefined
  const { hostname: host, port, protocol } = new URL(url)
  return host === '' ? undefined : { host, server: `${host}:${port || (protocol === 'smtps:' ? 465 : 587)}` }
}

/**
 * Checks the servers' addresses, and that nothing leaves through a real one under an address that nobody has.
 * @param url - the server of mailboxes that name none themselves
 * @throws RelanceError `smtp_url_invalid`, `mailbox_unreal`
 */
export function checkMailServers({ mailboxes }: Config, url: string | undefined): void {
  if (url !== undefined && !mailServerOf(url))
    throw new RelanceError('smtp_url_invalid', { setting: 'SMTP_URL' })
  const isReal = (server: string | undefined): boolean => {
    const at = server === undefined ? undefined : mailServerOf(server)
    return at !== undefined && !LOOPBACK.test(at.host)
  }
  const names = Object.keys(mailboxes)
  if (names.length === 0 && isReal(url)) throw new RelanceError('mailbox_unreal', { mailboxes: [] })
  for (const [name, { smtp }] of Object.entries(mailboxes)) {
    if (smtp !== undefined && !mailServerOf(smtp)) {
      throw new RelanceError('smtp_url_invalid', { setting: `mailboxes.${name}.smtp` })
    }
  }
  const unreal = Object.entries(mailboxes)
    .filter(([, { from, smtp }]) => /[@.]example$/i.test(from.email) && isReal(smtp ?? url))
    .map(([name]) => name)
  if (unreal.length > 0) throw new RelanceError('mailbox_unreal', { mailboxes: unreal })
}

/** Faults of ours that mail servers refuse e-mails for: what is wrong with a mailbox, or with its reputation. */

export const MAIL_FAULTS = [
  /** The name or password is refused, or none was given. */
  'login',
  /** The server takes no mail of ours for other domains. */
  'relay',
  /** The mailbox may not send as its own address. */
  'sender',
  /** More was sent than the mailbox may send. */
  'quota',
  /** The server can't be reached, or won't talk: DNS, TLS, a refused greeting. */
  'connection',
  /** Our address or domain is on a block list, or has a bad name. */
  'block_list',
  /** SPF, DKIM, DMARC or the reverse DNS of what sends for us is wrong. */
  'authentication',
  /** Letters, or recipients, are refused one after the other for the same reason: that is about us, whatever is said. */
  'all_refused',
] as const
export type MailFault = (typeof MAIL_FAULTS)[number]

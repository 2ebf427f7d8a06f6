/** The addresses that mailboxes send from. */
import type { Address } from '../activities/mail/address.ts'
import type { Config } from './config.ts'

/** The address that a mailbox, by its name, sends from. */
export type SenderOf = (mailbox: string) => Address

/** The configured ones; of one that isn't configured, that of the built-in inbox. */
export const mailboxSender =
  ({ mailboxes }: Pick<Config, 'mailboxes'>): SenderOf =>
  (name) =>
    mailboxes[name]?.from ?? { name: nameOf(name), email: `${name}@relance.example` }

const nameOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

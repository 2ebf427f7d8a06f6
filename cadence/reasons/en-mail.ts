/** Words for refused e-mails in English: what is wrong with a mailbox, what to do, and what people are told. */
import type { MailFault } from '../mail-faults.ts'
import type { Dictionary } from './dictionary.ts'

export const mailFaultEn: Record<MailFault, string> = {
  login: 'the server refuses its login',
  relay: "the server takes none of its mail for other people's domains",
  sender: 'it may not send under its own address',
  quota: 'it has sent as much as it may',
  connection: "its server can't be reached or won't talk",
  block_list: 'its address or domain is on a block list, or has a bad name',
  authentication: 'SPF, DKIM, DMARC or reverse DNS of what it sends is wrong',
  all_refused: 'one e-mail after the other is refused for the same reason',
}

export const mailRemedyEn: Record<MailFault, string> = {
  login:
    'Check the user and the password in `smtp:` of relance.yaml, or in SMTP_URL; many providers want an app password.',
  relay:
    'The server must know the mailbox: give it a login in `smtp:` of relance.yaml, or let this machine relay.',
  sender: "Let the login send as the address in `from:`, or put the login's own address there.",
  quota: "Wait until the provider's limit is over, and set `per_day` of the mailbox below it.",
  connection:
    'Check the host, the port and the certificate in `smtp:` of relance.yaml, or in SMTP_URL, and the network.',
  block_list: 'Ask the mail provider, and look the address up at the block list that the server names.',
  authentication:
    "Mend the DNS records of the sender's domain: SPF, DKIM, DMARC; the provider says what they should be.",
  all_refused: 'Read what the server says: the list may be old, or the letter looks like spam.',
}

type Task<Code extends keyof Dictionary['tasks']> = Pick<Dictionary['tasks'], Code>

export const mailTasksEn: Task<
  'mailbox_paused' | 'mailbox_missing' | 'letter_refused' | 'letter_given_up' | 'letter_held_back'
> = {
  mailbox_paused: ({ mailbox, fault, says }) =>
    `The mailbox ${mailbox} is paused: ${mailFaultEn[fault]}. The server says: ${says} — ${mailRemedyEn[fault]} Nobody is lost: its e-mails wait, one is tried now and then, and \`relance mailboxes\` says how to let them go.`,
  mailbox_missing: ({ mailbox, cadence }) =>
    `The cadence ${cadence} sends from the mailbox ${mailbox}, which isn't configured: its e-mails wait. Add it to relance.yaml under mailboxes and start again, or publish the cadence with another one and move its leads (relance move --cadence ${cadence}).`,
  letter_refused: ({ lead, says }) =>
    `${lead}: the recipient's server refuses this letter, and the cadence goes on. It says: ${says}`,
  letter_given_up: ({ lead, says }) =>
    `${lead}: an e-mail was tried for days and could not be delivered; the cadence goes on. The server says: ${says}`,
  letter_held_back: ({ lead, fault, says }) =>
    `${lead}: an e-mail has been refused for a day, and is still tried${fault === null ? '' : `: ${mailFaultEn[fault]}`}. The server says: ${says}${fault === null ? '' : ` — ${mailRemedyEn[fault]}`}`,
}

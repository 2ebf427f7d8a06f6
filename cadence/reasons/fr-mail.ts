/** Words for refused e-mails in French: what is wrong with a mailbox, what to do, and what people are told. */
import type { MailFault } from '../mail-faults.ts'
import type { Dictionary } from './dictionary.ts'

export const mailFaultFr: Record<MailFault, string> = {
  login: 'le serveur refuse son identifiant',
  relay: 'le serveur ne prend pas ses courriels pour d’autres domaines',
  sender: 'elle n’a pas le droit d’écrire sous sa propre adresse',
  quota: 'elle a envoyé tout ce qu’elle pouvait',
  connection: 'son serveur est injoignable ou ne répond pas',
  block_list: 'son adresse ou son domaine est sur une liste noire ou a mauvaise réputation',
  authentication: 'SPF, DKIM, DMARC ou le DNS inverse de ses envois sont à corriger',
  all_refused: 'un courriel après l’autre est refusé pour la même raison',
}

export const mailRemedyFr: Record<MailFault, string> = {
  login:
    'Vérifier l’utilisateur et le mot de passe dans `smtp` de relance.yaml ou dans SMTP_URL (beaucoup de fournisseurs veulent un mot de passe d’application).',
  relay:
    'Le serveur doit connaître la boîte. Lui donner un identifiant dans `smtp` de relance.yaml, ou autoriser cette machine.',
  sender:
    'Permettre à l’identifiant d’écrire sous l’adresse de `from`, ou y mettre l’adresse de l’identifiant.',
  quota: 'Attendre la fin de la limite du fournisseur, et régler `per_day` de la boîte au-dessous.',
  connection:
    'Vérifier l’hôte, le port et le certificat dans `smtp` de relance.yaml ou dans SMTP_URL, et le réseau.',
  block_list:
    'Demander au fournisseur de messagerie, et chercher l’adresse dans la liste noire que nomme le serveur.',
  authentication:
    'Corriger les enregistrements DNS du domaine de l’expéditeur (SPF, DKIM, DMARC). Le fournisseur dit ce qu’ils doivent être.',
  all_refused:
    'Lire ce que dit le serveur, la liste est peut-être ancienne, ou la lettre ressemble à du courrier indésirable.',
}

type Task<Code extends keyof Dictionary['tasks']> = Pick<Dictionary['tasks'], Code>

export const mailTasksFr: Task<
  'mailbox_paused' | 'mailbox_missing' | 'letter_refused' | 'letter_given_up' | 'letter_held_back'
> = {
  mailbox_paused: ({ mailbox, fault, says }) =>
    `La boîte d’envoi ${mailbox} est en pause : ${mailFaultFr[fault]}. Le serveur dit : ${says} — ${mailRemedyFr[fault]} Personne n’est perdu : ses courriels attendent, un essai a lieu de temps en temps, et \`relance mailboxes\` dit comment les laisser partir.`,
  mailbox_missing: ({ mailbox, cadence }) =>
    `La cadence ${cadence} écrit depuis la boîte d’envoi ${mailbox}, qui n’est pas configurée : ses courriels attendent. Ajoutez-la dans relance.yaml sous mailboxes et redémarrez, ou publiez la cadence avec une autre et passez ses pistes à cette version (relance move --cadence ${cadence}).`,
  letter_refused: ({ lead, says }) =>
    `${lead} : le serveur du destinataire refuse cette lettre, et la cadence continue. Il dit : ${says}`,
  letter_given_up: ({ lead, says }) =>
    `${lead} : un courriel a été essayé pendant des jours sans arriver ; la cadence continue. Le serveur dit : ${says}`,
  letter_held_back: ({ lead, fault, says }) =>
    `${lead} : un courriel est refusé depuis un jour, et les essais continuent${fault === null ? '' : ` : ${mailFaultFr[fault]}`}. Le serveur dit : ${says}${fault === null ? '' : ` — ${mailRemedyFr[fault]}`}`,
}

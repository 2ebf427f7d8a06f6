/**
 * The wordings of a no, in the languages of the CRMs that people use: who unsubscribed, who asked not to be written to,
 * whose address fails, who complained. Written as people write them; compared folded (see `foldText`). A `*` stands for
 * any ending.
 */
import type { SuppressionReason } from '../../cadence/leads-file.ts'
import { foldText } from './text.ts'

/** What somebody said, or what is said of them: why they must not be written to, or what may be one of these. */
export type Said = SuppressionReason | 'refused' | 'other'

/** Whole sayings that are about being written to and nothing else: a cell that holds one is a no in any column. */
const SAYINGS: Partial<Record<SuppressionReason, readonly string[]>> = {
  unsubscribed: [
    'unsub*;un subscrib*;user suppressed;globally unsubscribed;opt out;opt outs;optout*;opted out;opting out;out opted',
    'not subscribed;not opted in;no longer subscribed;unsubscribe requested;subscription cancelled;subscription canceled',
    'no consent;no opt in;without consent;consent withdrawn;consent revoked;consent denied;consent refused;withdrew consent',
    'withdrawn consent;not consented;has not consented;no marketing consent;no permission;no email permission',
    'désabonn*;désinscri*;désinscription;s’est désabonné*;plus abonné*;non abonné*;non inscrit*;pas abonné*;pas inscrit*',
    'pas de consentement;sans consentement;aucun consentement;consentement retiré;consentement refusé;refus de consentement',
    'abgemeldet;abbestellt;ausgetragen;abgemeldet am;newsletter abbestellt;nicht abonniert;nicht angemeldet;nicht eingewilligt',
    'keine einwilligung;ohne einwilligung;einwilligung widerrufen;keine zustimmung;zustimmung verweigert;widerrufen',
    'dado de baja;dada de baja;cancel* suscripción;suscripción cancelada;desuscrit*;no suscrito;no suscrita;sin consentimiento',
    'se dio de baja;consentimiento retirado;no ha dado su consentimiento',
    'disiscritt*;disiscrizione;cancellato dalla lista;non iscritto;non iscritta;senza consenso;nessun consenso;consenso revocato;consenso negato',
    'uitgeschreven;afgemeld;niet ingeschreven;niet geabonneerd;geen toestemming;zonder toestemming;toestemming ingetrokken',
    'descadastrad*;descadastro;desinscrit*;cancelou a inscrição;inscrição cancelada;anulou a subscrição;subscrição cancelada',
    'não inscrito;não inscrita;não subscrito;sem consentimento;consentimento retirado;cancelou inscrição;removeu a inscrição',
    'wypisan*;zrezygnował*;brak zgody;bez zgody;avregistrerad;avanmäld;inget samtycke;afmeldt;intet samtykke;avmeldt',
    'отписан*;отказ от рассылки;нет согласия;配信停止;退会;メール拒否;退订',
  ],
  asked: [
    'do not contact;do not email;do not e mail;do not mail;do not write;do not market;do not solicit;do not disturb;do not send*',
    'do not reach out;do not approach;don’t contact;don’t email;don’t e mail;don’t mail;don’t write;dont contact;dont email',
    'donotcontact;donotemail;donotbulkemail;donotmail;never contact;never email;no contact please;no emails;no e mails;no mailings;no more emails',
    'no marketing;no marketing emails;stop emails;stop emailing;stop contacting;stop writing;must not be contacted;not to be contacted',
    'should not be contacted;does not want to be contacted;does not wish to be contacted;asked not to be contacted;not contactable',
    'remove from list;remove from mailing list;removed from list;remove me;take me off;blacklist*;black list*;blocklist*;block list*;dnc list',
    'gdpr objection;right to object;objected to marketing;objects to marketing;marketing prohibited;do not contact list',
    'ne pas contacter;ne plus contacter;ne pas solliciter;ne plus solliciter;ne plus écrire;ne pas écrire;ne plus relancer;ne pas relancer',
    'ne pas démarcher;ne plus démarcher;ne pas déranger;ne plus envoyer*;ne pas envoyer*;ne pas emailer;ne plus emailer;plus contacter',
    'ne souhaite plus être contacté*;ne souhaite pas être contacté*;ne veut plus être contacté*;ne veut pas être contacté*',
    'pas de mail;pas de mails;pas d’email;pas d’emails;pas d’e mail;pas de courriel;pas de prospection;pas de contact;refuse la prospection',
    'refus de prospection;opposition à la prospection;s’oppose à la prospection;liste noire;liste rouge;liste d’opposition;bloctel',
    'nicht kontaktieren;nicht mehr kontaktieren;nicht anschreiben;nicht mehr anschreiben;nicht anmailen;nicht mehr anmailen;nicht mailen',
    'keine e mails;keine emails;keine mails;keine werbung;kein newsletter;keine newsletter;kein kontakt;keinen kontakt;kein mailing;keine mailings',
    'bitte nicht kontaktieren;werbesperre;mailsperre;kontaktsperre;kontakt gesperrt;werbewiderspruch;schwarze liste;robinsonliste;widerspruch gegen werbung',
    'no contactar;no contacte*;no enviar*;no escribir;no molestar;no mandar*;no desea ser contactado;no desea ser contactada',
    'no quiere ser contactado;no quiere correos;sin correos;lista negra;lista robinson;no volver a contactar',
    'non contattare;non contattare più;non inviare*;non scrivere;non disturbare;non desidera essere contattato;non vuole essere contattato',
    'lista nera;niente email;nessuna email;no email;no mail;no mails;no correo;no correos',
    'niet contacteren;niet benaderen;niet mailen;niet e mailen;niet emailen;niet aanschrijven;niet meer contacteren;niet meer benaderen;niet meer mailen',
    'geen e mail;geen e mails;geen email;geen emails;geen mail;geen mailings;geen contact;geen contact opnemen;geen nieuwsbrief;zwarte lijst',
    'não contatar;não contactar;não contacte;não enviar*;não perturbar;não incomodar;não escrever;não quer ser contatado;não deseja ser contactado',
    'não mandar*;sem e mails;sem emails;nie kontaktować*;nie kontaktować się;nie wysyłać*;czarna lista;kontakta inte;kontakta ej;kontakt ikke',
    'ikke kontakt;ikke kontakte;må ikke kontaktes;skal ikke kontaktes;не писать;не беспокоить;не связываться;чёрный список;連絡不可;連絡しない',
  ],
  complained: [
    'spam complaint*;complained of spam;marked as spam;marked email as spam;reported as spam;reported spam;abuse complaint*',
    'signalé comme spam;signalé comme indésirable;plainte pour spam;als spam gemeldet;als spam markiert;spambeschwerde',
    'marcado como spam;segnalato come spam;gemarkeerd als spam;marcado como lixo',
  ],
}

/** The same, so short that inside a longer text they may be somebody's name: they count as a cell of their own. */
const ALONE: Partial<Record<SuppressionReason, readonly string[]>> = {
  unsubscribed: ['baja;rezygnacja;uitschrijving;afmelding;abmeldung;désabonnement;odhlášen;leiratkozott'],
  asked: [
    'dnc;d n c;dne;d n e;dnm;dnd;opposition;opposé;opposée;widerspruch;widersprochen;bezwaar;oposición;opposizione;oposição',
  ],
}

/**
 * Words that say it of an address where a column is about e-mail, and may speak of something else elsewhere: a row
 * that has one as a cell is stopped, and a person looks.
 */
const DOUBTFUL: Record<'bounced' | 'complained' | 'refused' | 'other', readonly string[]> = {
  bounced: [
    'bounce*;hard bounce*;soft bounce*;bounced email;email bounced;invalid;invalid email;invalid address;email invalid;not valid;bad email;bad address',
    'undeliverable;undelivered;non deliverable;not deliverable;undeliverable email;mailbox not found;does not exist;non existent;nonexistent;no such user;cleaned;dead email',
    'invalide;adresse invalide;email invalide;non valide;pas valide;adresse erronée;email erroné;rebond;rebond dur;npai;non distribuable;non délivrable;adresse inexistante;n’existe plus',
    'ungültig;ungueltig;ungültige adresse;unzustellbar;nicht zustellbar;existiert nicht;zurückgekommen',
    'inválido;inválida;correo inválido;no válido;no válida;rebotado;rebotada;rebote;rebote duro;no entregable;no existe',
    'non valido;non valida;rimbalzato;rimbalzata;non recapitabile;inesistente;ongeldig;onbestelbaar;niet bezorgbaar;bestaat niet',
    'devolvido;devolvida;não entregue;não existe;email inválido;nieprawidłowy;ogiltig;ugyldig;недействителен;недоставлено',
  ],
  complained: [
    'spam;spam report*;complaint*;complained;abuse;abuse report*;plainte*;beschwerde;queja;reclamo;lamentela;klacht;reclamação;denúncia',
  ],
  refused: [
    'do not allow;not allowed;disallow*;denied;declined;refused;rejected;withdrawn;revoked;objected;objection;not permitted;forbidden;prohibited;suppress*',
    'refus;refusé;refusée;refuse;rejeté;rejetée;interdit;interdite;non autorisé;verweigert;abgelehnt;nicht erlaubt;verboten;rechazado;rechazada;no permitido;denegado',
    'rifiutato;rifiutata;negato;vietato;revocato;geweigerd;niet toegestaan;ingetrokken;recusado;recusada;não permitido;proibido;revogado;отказ',
  ],
  other: [
    'excluded;disabled;inactive;deactivated',
    'stop;stopped;blocked;banned;unreachable;unavailable;quarantine*;deleted;erased;anonymized;anonymised;deceased;dead;forgotten;removed;cancelled;canceled;opted',
    'not interested;no interest;no longer interested;left company;left the company;no longer there;no longer works here;never subscribed;restricted',
    'bloqué;bloquée;banni;bannie;injoignable;indisponible;désactivé;désactivée;inactif;inactive;supprimé;supprimée;exclu;exclue',
    'décédé;décédée;pas intéressé;pas intéressée;non intéressé;non intéressée;plus intéressé;plus intéressée;a quitté l’entreprise;jamais abonné;effacé;effacée',
    'gesperrt;blockiert;deaktiviert;inaktiv;gelöscht;geloescht;nicht erreichbar;verstorben;kein interesse;nicht interessiert;ausgeschlossen',
    'bloqueado;bloqueada;desactivado;desactivada;inactivo;inactiva;eliminado;eliminada;borrado;borrada;excluido;excluida;fallecido;fallecida;inaccesible;no interesado;no interesada;cancelado;cancelada',
    'bloccato;bloccata;disattivato;disattivata;inattivo;inattiva;eliminato;eliminata;cancellato;cancellata;escluso;esclusa;deceduto;deceduta;irraggiungibile;non interessato;non interessata;soppresso',
    'geblokkeerd;gedeactiveerd;inactief;verwijderd;uitgesloten;overleden;onbereikbaar;niet geïnteresseerd;geen interesse;verboden',
    'desativado;desativada;inativo;inativa;apagado;apagada;excluído;excluída;falecido;falecida;inacessível;não interessado;sem interesse;negado;suprimido;suprimida',
    'zablokowany;nieaktywny;usunięty;spärrad;inaktiv;blokeret;заблокирован;неактивен;удалён',
  ],
}

/** A wording as it is compared. */
interface Wording {
  reason: Said
  words: readonly string[]
  /** Its last word may go on. */
  open: boolean
  sense: Sense
}

/** `clear`: it has no other meaning. `short`: nor has it, but a company may be called so. `doubtful`: it may have. */
export type Sense = 'clear' | 'short' | 'doubtful'

const TABLES: readonly { table: Partial<Record<string, readonly string[]>>; sense: Sense }[] = [
  { table: SAYINGS, sense: 'clear' },
  { table: ALONE, sense: 'short' },
  { table: DOUBTFUL, sense: 'doubtful' },
]

/** Every wording with what it says of somebody; without the `*`. */
export const WORDINGS: readonly { text: string; reason: Said; sense: Sense }[] = TABLES.flatMap(
  ({ table, sense }) =>
    each(table).map(({ text, reason }) => ({ text: text.replace('*', ''), reason, sense })),
)

function each(table: Partial<Record<string, readonly string[]>>) {
  return Object.entries(table).flatMap(([reason, lines = []]) =>
    lines.flatMap((line) => line.split(';')).map((text) => ({ text, reason: reason as Said })),
  )
}

/** Wordings by how their first word begins: a list has millions of cells, and next to none says anything. */
const KEY = 3
const byBeginning = new Map<string, Wording[]>()
for (const { table, sense } of TABLES) {
  for (const { text, reason } of each(table)) {
    const words = foldText(text).split(' ')
    const key = (words[0] as string).slice(0, KEY)
    const wording = { reason, words, open: text.endsWith('*'), sense }
    byBeginning.set(key, [...(byBeginning.get(key) ?? []), wording])
  }
}

/** What a text says of being written to. */
export interface Saying {
  reason: Said
  sense: Sense
  /** The text is the wording, and not a longer one that holds it. */
  whole: boolean
}

/** What a folded text says; what is clear comes before what isn't, the whole text before a part. */
export function sayingOf(folded: string): Saying | undefined {
  const words = folded.split(' ')
  let best: Saying | undefined
  for (let at = 0; at < words.length; at++) {
    for (const wording of byBeginning.get((words[at] as string).slice(0, KEY)) ?? []) {
      if (!standsAt(wording, words, at)) continue
      const whole = at === 0 && wording.words.length === words.length
      const found = { reason: wording.reason, sense: wording.sense, whole }
      if (best === undefined || weight(found) > weight(best)) best = found
    }
  }
  return best
}

const SENSES: readonly Sense[] = ['doubtful', 'short', 'clear']
const weight = ({ sense, whole }: Saying): number => SENSES.indexOf(sense) * 2 + (whole ? 1 : 0)

function standsAt({ words, open }: Wording, text: readonly string[], at: number): boolean {
  if (at + words.length > text.length) return false
  const last = words.length - 1
  return words.every((word, i) => {
    const other = text[at + i] as string
    return open && i === last ? other.startsWith(word) : other === word
  })
}

/**
 * Recognises by their headers the columns that say who may be written to, in the languages and the technical names of
 * CRMs. What such columns say is read in opt-outs.ts.
 */
import { sayingOf } from './opt-out-words.ts'

/** What a column says of being written to. */
export type ConsentKind =
  /** Who may not be: a flag, a date, a reason. */
  | 'opted_out'
  /** Who agreed. */
  | 'opted_in'
  /** A state of consent in words. */
  | 'marketing_status'
  /** Whether the address works. */
  | 'email_status'

/** A name that no wording is: technical ones, and words that say it in a header only. */
const OPT_OUT =
  /\b(?:suppress(?:ed|ions?)?|bounced?|bounces|hard bounced?|(?:hs )?email (?:bad address|quarantined)|(?:is )?invalid|emails? invalid|invalid e ?mails?|undeliverable|quarantined?|unreachable|clean(?:ed)? (?:time|date|at|campaign)|dnc|complaints?|complained|spam reports?|do not allow|donot\w*mails?|donotcontact|donotsendmm|oppositions?|widerspruch|bezwaar|baja|oposicion|opposizione|oposicao|abmeldung|abmeldedatum|afmelding|rezygnacja|liste rouge)\b/
/** … as long as they are about e-mail. */
const NOT_EMAIL =
  /\b(?:sms|phones?|calls?|calling|fax|faxes|whatsapp|telephon\w*|telefon\w*|appels?|anrufe?|llamadas?|chiamate|courrier|postal\w*|post|mobile|push|viber|linkedin)\b/
/** What counts or links is no consent: "Emails bounced count", "Unsubscribe link". */
const NO_ANSWER =
  /\b(?:urls?|links?|liens?|tokens?|marketing contact|opened|clicked|sent|delivered|rates?|taux|hash)\b/

const OPT_IN =
  /\b(?:opt(?:ed)? ?in|optin|consent(?:s|ed|ement|imiento|imento)?|consenso|einwilligung|zustimmung|toestemming|zgoda|samtycke|samtykke|accepts?(?: e ?mails?)?(?: marketing)?|accepte(?: les)? e ?mails?|e ?mails? allowed|allow(?:s|ed)? (?:bulk )?e ?mails?|(?:can|may|ok to) (?:e ?mail|contact)|contactable|e ?mail permission|marketing permissions?|subscribed|is subscribed)\b/
const STATUS =
  /\b(?:marketing|subscription|subscriber|abonnement|consent|consentement|mailing|newsletter|e ?mail marketing|suscripcion|iscrizione|inscricao|inschrijving|abo|anmelde)\b.*\b(?:status|statut|state|etat|estado|stato)\b|\bstat(?:us|ut) (?:marketing|de l abonnement|abonnement)\b/
const ADDRESS =
  /\b(?:e ?mails?|mail|courriel|correo|address|adresse)\b.*\b(?:status|statut|state|etat|estado|stato|valid\w*|gultig\w*|verif\w*|deliverab\w*|delivrab\w*|zustellbar\w*|quality|qualite|health|result|check)\b|\b(?:status|statut|estado|stato|validite|validity|verification)\b.*\b(?:e ?mails?|mail|courriel|correo)\b|\bdeliverability\b|\bzero ?bounce\b|\bneverbounce\b/
const PIPELINE =
  /\b(?:stage|etape|phase|fase|etapa|status|statut|etat|estado|stato|lifecycle|disposition|labels?|tags?|etiquettes?|segments?|lists?|listes?)\b/

/** What a folded header says, where it is about being written to by e-mail. */
export function consentOf(words: string): ConsentKind | undefined {
  return speaksOfOthers(words) || NO_ANSWER.test(words) ? undefined : consentIn(words)
}

function consentIn(words: string): ConsentKind | undefined {
  const said = sayingOf(words)
  if (STATUS.test(words)) return 'marketing_status'
  if (OPT_OUT.test(words) || (said !== undefined && said.sense !== 'doubtful')) return 'opted_out'
  if (OPT_IN.test(words)) return 'opted_in'
  if (ADDRESS.test(words)) return 'email_status'
  return undefined
}

const speaksOfOthers = (words: string): boolean => NOT_EMAIL.test(words) && !/\be ?mails?\b/.test(words)

/** A folded header of consents about telephones, letters and the like; a telephone number is none. */
export const isOtherChannel = (words: string): boolean =>
  speaksOfOthers(words) &&
  (consentIn(words) !== undefined || isPipeline(words) || /\b(?:do not|valid\w*|verif\w*)\b/.test(words))

/** A folded header of states, stages and tags: where people note such things. */
export const isPipeline = (words: string): boolean => PIPELINE.test(words)

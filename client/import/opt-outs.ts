/**
 * Hears whether a cell says that somebody must not be written to. Every cell of every column is asked: missing a no
 * writes to somebody who said it. What looks like a no and isn't understood is `unclear`, and a person looks.
 */
import type { SuppressionReason } from '../../cadence/leads-file.ts'
import { type ConsentKind, isOtherChannel, isPipeline } from './opt-out-columns.ts'
import { type Saying, sayingOf } from './opt-out-words.ts'
import { foldText } from './text.ts'

export type Heard = { says: 'no'; reason: SuppressionReason } | { says: 'unclear' }

/** What a column is to opt-outs: one that says it, one where it is noted, one of another channel, any other. */
export type Ear = ConsentKind | 'pipeline' | 'other_channel' | 'any'

/** Hears one column. */
export type Listener = (cell: string) => Heard | undefined

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(';'))

const NO = wordSet(
  '0;0 0;false;f;no;n;non;nein;nee;não;nao;nie;nej;нет;off;none;never;jamais;aucun;aucune;nessuno;keine;falsch;falso;faux;onwaar;falskt;unchecked;いいえ',
)
/** Nothing is said. */
const NOTHING = wordSet(
  'na;n a;null;nil;undefined;unknown;inconnu;inconnue;unbekannt;not applicable;sans objet;not set',
)
const YES = wordSet(
  '1;1 0;true;t;yes;y;x;on;oui;ja;j;si;sim;s;o;tak;vrai;wahr;vero;verdadero;verdadeiro;waar;checked;да;はい',
)
const ALLOWED = wordSet(
  'allow;allowed;permit;permitted;ok;in;subscribed;opted in;opt in;optin;single opt in;double opt in;archived;archive;active;enabled;confirmed;confirm;consent;consented;granted;given;accepted;accept;agreed;valid;abonne;abonnee;inscrit;inscrite;actif;active;accepte;autorise;consenti;confirme;abonniert;angemeldet;aktiv;erlaubt;zugestimmt;bestatigt;eingewilligt;suscrito;suscrita;activo;activa;permitido;aceptado;confirmado;iscritto;iscritta;attivo;attiva;consentito;accettato;confermato;ingeschreven;actief;toegestaan;bevestigd;inscrito;inscrita;ativo;ativa;aceito;subscrito;marketing contact;non marketing contact;transactional;regular;client;customer',
)
/** Something in it denies: not understood, and not to be passed over where consent is asked for. */
const DENIES =
  /(?:^| )(?:no|not|non|pas|sans|without|never|jamais|plus|kein|keine|nicht|ohne|sin|senza|geen|niet|sem|nao|nie|bez|ej|inte|ikke|не|нет|un\S*ed|expired|expire|pending|withdr\S*|revo\S*|retir\S*|oppos\S*|object\S*|denied|refus\S*|reject\S*)(?= |$)/u

const DATE =
  /^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[T ,]|$)|^\p{L}{3,9}\.? \d{1,2},? \d{4}|^\d{1,2}\.? \p{L}{3,9}\.?,? \d{4}|^\d{10}(?:\d{3})?$/u
/** A text that such a column holds only for who opted out: a reason, a campaign. */
const FREE_TEXT =
  /\b(?:reason|raison|motif|grund|motivo|razon|reden|campaign|campagne|title|ip|source|other|mode|type|category|error|message|date|time|at|le|am|on)\b/

/** What a column listens for, by its header and by what it was taken for. */
export function listenerOf(header: string, kind: ConsentKind | 'status' | undefined): Listener {
  const words = foldText(header)
  const ear = earOf(words, kind)
  return (cell) => {
    if (cell === '' || NOT_WORDS.test(cell)) return undefined
    const text = cell.length > LONGEST ? cell.slice(0, LONGEST) : cell
    return LISTEN[ear](text, readingOf(text, ear === 'pipeline' ? /[;|\n,]/ : /[;|\n]/), words)
  }
}

/** A link or an address, which may be called anything. */
const NOT_WORDS = /^(?:https?:|\S+@\S+$)/i
/** Enough of a remark to be read. */
const LONGEST = 4000

function earOf(words: string, kind: ConsentKind | 'status' | undefined): Ear {
  if (kind !== undefined && kind !== 'status') return kind
  if (kind === 'status' || isPipeline(words)) return isOtherChannel(words) ? 'other_channel' : 'pipeline'
  return isOtherChannel(words) ? 'other_channel' : 'any'
}

interface Reading {
  folded: string
  saying: Saying | undefined
}

/**
 * The folded text, and what it says. "uNsUb" must not be parted as "firstName" is; of a list ("vip; DNC"), each part
 * counts as a whole. A comma makes a list of tags, but not of a remark.
 */
function readingOf(cell: string, between: RegExp): Reading {
  const folded = foldText(cell.toLowerCase())
  let saying = sayingOf(folded)
  if (!saying?.whole && /[A-Z]/.test(cell)) saying = better(saying, sayingOf(foldText(cell)))
  if (saying !== undefined && !saying.whole && between.test(cell)) {
    for (const part of cell.split(between)) saying = better(saying, sayingOf(foldText(part.toLowerCase())))
  }
  return { folded, saying }
}

const better = (a: Saying | undefined, b: Saying | undefined): Saying | undefined =>
  b !== undefined && (a === undefined || (b.whole && !a.whole)) ? b : a

const no = (reason: SuppressionReason): Heard => ({ says: 'no', reason })
const unclear: Heard = { says: 'unclear' }

const LISTEN: Record<Ear, (cell: string, reading: Reading, header: string) => Heard | undefined> = {
  opted_out(cell, { folded, saying }, header) {
    if (folded === '') return /^[\s\-–—_.?*#✗✘❌☐[\]{}"']*$/.test(cell) ? undefined : no(reasonIn(header))
    if (NO.has(folded) || NOTHING.has(folded) || ALLOWED.has(folded)) return undefined
    const said = consented(saying)
    if (said) return said
    if (YES.has(folded) || DATE.test(cell.trim())) return no(reasonIn(header))
    if (FREE_TEXT.test(header) && !/^-?\d+$/.test(folded)) return no(reasonIn(header))
    return unclear
  },
  opted_in(cell, { folded, saying }) {
    if (folded === '') return /[✗✘❌☐]/.test(cell) ? no('unsubscribed') : undefined
    if (NO.has(folded)) return no('unsubscribed')
    if (NOTHING.has(folded) || ALLOWED.has(folded) || YES.has(folded)) return undefined
    return consented(saying) ?? (saying || DENIES.test(folded) ? unclear : undefined)
  },
  marketing_status(cell, { folded, saying }) {
    if (folded === '') return /[✗✘❌☐]/.test(cell) ? no('unsubscribed') : undefined
    if (NO.has(folded)) return no('unsubscribed')
    if (NOTHING.has(folded) || ALLOWED.has(folded) || YES.has(folded)) return undefined
    return consented(saying) ?? unclear
  },
  email_status(_cell, { folded, saying }, header) {
    if (NO.has(folded) && /\b(?:valid\w*|gultig\w*|deliverab\w*|delivrab\w*|zustellbar\w*)\b/.test(header)) {
      return no('bounced')
    }
    if (NO.has(folded) || NOTHING.has(folded) || /^(?:un|not |non )verif\w*$/.test(folded)) return undefined
    return plain(saying) ?? (saying || DENIES.test(folded) ? unclear : undefined)
  },
  pipeline(_cell, { saying }) {
    const said = plain(saying)
    if (said) return said
    if (saying === undefined) return undefined
    const { reason, whole } = saying
    return whole || reason === 'bounced' || reason === 'complained' ? unclear : undefined
  },
  other_channel: (_cell, { saying }) => (saying?.sense === 'clear' ? unclear : undefined),
  any(_cell, { saying }) {
    if (saying === undefined) return undefined
    const { reason, sense, whole } = saying
    if (sense === 'clear') return whole ? no(reason as SuppressionReason) : unclear
    return whole ? unclear : undefined
  },
}

/** In a column of consents, a doubtful word that refuses is a no; the others are not sure of themselves. */
function consented(saying: Saying | undefined): Heard | undefined {
  if (saying?.reason === 'refused' && saying.whole) return no('unsubscribed')
  return plain(saying)
}

/** In a column about e-mail, a wording is a no; so is a word that an address fails or complains, by itself. */
function plain(saying: Saying | undefined): Heard | undefined {
  if (saying === undefined) return undefined
  const { reason, sense, whole } = saying
  if (reason === 'refused' || reason === 'other') return undefined
  return sense === 'clear' || whole ? no(reason) : undefined
}

function reasonIn(header: string): SuppressionReason {
  if (
    /\b(?:bounc\w*|invalid\w*|unreachable|undeliverable|bad address|quarantin\w*|clean\w*|rebond\w*)\b/.test(
      header,
    )
  )
    return 'bounced'
  if (/\b(?:spam|complain\w*|plainte\w*)\b/.test(header)) return 'complained'
  if (
    /\b(?:contact\w*|contat\w*|disturb|blacklist\w*|blocklist\w*|dnc|solicit\w*|sollicit\w*|oppos\w*|not allow)\b/.test(
      header,
    )
  )
    return 'asked'
  return 'unsubscribed'
}

/** Recognises what CRMs and people write for a buying role, a language and a consent. */
import type { Role } from '../../cadence/words.ts'
import { foldText, remembered } from './text.ts'

/** Of several roles in one cell: who decides comes first, then who objects. */
const PRECEDENCE: readonly Role[] = ['decision_maker', 'saboteur', 'influencer', 'user']

/** HubSpot's `hs_buying_role`, Salesforce's contact roles, and French. */
const ROLE_WORDS: Record<Role, string> = {
  decision_maker:
    'decision maker;decision-maker;budget holder;executive sponsor;economic buyer;economic decision maker;approver;decideur;decideuse;decisionnaire;acheteur;acheteuse;detenteur du budget',
  saboteur:
    'saboteur;blocker;opponent;detractor;bloqueur;opposant;opposante;detracteur;detractrice;saboteuse',
  influencer:
    'influencer;champion;legal and compliance;legal compliance;evaluator;technical buyer;gatekeeper;advocate;recommender;influenceur;influenceuse;prescripteur;prescriptrice;ambassadeur',
  user: 'user;end user;business user;technical user;utilisateur;utilisatrice;utilisateur final;utilisatrice finale',
}

const roles = new Map(
  PRECEDENCE.flatMap((role) =>
    [role, ...ROLE_WORDS[role].split(';')].map((word) => [foldText(word), role] as const),
  ),
)

/**
 * The role of a cell, which may list several ("Champion;Decision Maker"): who decides comes first, then
 * who objects, so that a saboteur is never taken for an ally. Undefined where none is known.
 */
export const roleOf = remembered((text): Role | undefined => {
  const found = new Set(text.split(/[;,|]/).map((part) => roles.get(foldText(part))))
  return PRECEDENCE.find((role) => found.has(role))
})

let languages: Map<string, string> | undefined

/** The language subtag (BCP 47) of `fr`, `fr-CA`, `fr_FR`, `French`, `Français (France)`; or undefined. */
export const localeOf = remembered((text): string | undefined => {
  const tag = /^([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$/i.exec(text)?.[1]?.toLowerCase()
  languages ??= indexLanguages()
  if (tag !== undefined && languages.has(tag)) return languages.get(tag)
  return languages.get(foldText(text.replace(/[(\-–].*$/, '')))
})

function indexLanguages(): Map<string, string> {
  const names = new Map<string, string>()
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const display = ['en', 'fr'].map(
    (in_) => new Intl.DisplayNames(in_, { type: 'language', fallback: 'none' }),
  )
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    if (display[0]?.of(code) === undefined) continue
    const own = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' })
    const canonical = new Intl.Locale(code).language
    for (const name of [...display, own].map((of_) => of_.of(code))) {
      if (name !== undefined) names.set(foldText(name), canonical).set(code, canonical)
    }
  }
  return names
}

const NO = wordSet(
  '0;false;f;no;non;n;nein;faux;off;none;never;jamais;aucun;aucune;na;n a;null;in;unchecked;0 0',
)
/** What a column of opt-outs may say of somebody who is in. */
const SUBSCRIBED_ONLY = wordSet('subscribed;opted in;abonne;abonnee;inscrit;inscrite')
const SUBSCRIBED = wordSet(
  'subscribed;opted in;opt in;single opt in;double opt in;archived;active;confirmed;consent;consented;abonne;abonnee;inscrit;inscrite;actif;archive;1;true;yes;y;oui;vrai',
)
const STOP =
  /\b(?:unsubscrib\w*|opt(?:ed)? ?out|optout|no consent|do ?n[o ]t (?:contact|e ?mail)|desabonn\w*|desinscri\w*|ne (?:pas|plus) contacter|refus\w*|bounced?|spam|blacklist\w*|blocked|complain\w*)\b/

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(';'))
}

/** A column that says who may not be written to: anything but a clear "no" is one (a date, an "x", a reason). */
export const saysOptedOut = remembered((text) => {
  const said = foldText(text)
  // A check mark folds to nothing, but says it; a dash doesn't.
  if (said === '') return !/^[\s\-–—]*$/.test(text)
  return !NO.has(said) && !SUBSCRIBED_ONLY.has(said)
})

/** A column that says who agreed: only a clear "no" is a refusal; empty means it was never asked. */
export const saysNotOptedIn = remembered((text) => {
  const said = foldText(text)
  return said === '' ? /[✗✘❌]/.test(text) : NO.has(said) || STOP.test(said)
})

/**
 * A marketing status (Pipedrive: subscribed, archived, no_consent, unsubscribed): whatever isn't known to
 * allow e-mail forbids it.
 */
export const forbidsMarketing = remembered((text) => {
  const said = foldText(text)
  return said !== '' && !SUBSCRIBED.has(said)
})

/** A lead's status, which is about sales, but may say it ("Unsubscribed", "Ne plus contacter"). */
export const statusForbids = remembered((text) => STOP.test(foldText(text)))

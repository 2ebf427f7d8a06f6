/** Recognises what CRMs and people write for a buying role and a language. */
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

/** What `relance doctor` and `relance reconcile` say, in French. */
import type { TerminalWords } from './shape.ts'

export const doctorFr: TerminalWords['doctor'] = {
  fine: 'Rien à signaler.',
  found: (code, n, says) => `${code} (${n}) : ${says}.`,
  leads: (ids, more) => `${ids.join(', ')}${more > 0 ? ` et ${more} de plus` : ''}`,
  compared: (open, running, dry) =>
    `${open} pistes ouvertes et ${running} workflows en cours comparés${dry ? ' ; essai à blanc, rien n’a été changé' : ''}.`,
  counts: {
    begunAgain: 'recommencées d’après ce qui est enregistré',
    asked: 'en savaient plus que la base de données, et vont l’y écrire',
    ended: 'étaient terminées selon leurs règles, leur fin est de nouveau enregistrée',
    stopped: 'étaient terminées d’après la base de données, leurs workflows sont arrêtés',
    signals: 'signaux remis encore une fois',
    touches: 'actions remises au registre',
    failed: 'n’ont pas pu être réparées cette fois, le journal dit pourquoi ; à réessayer',
    unknown: 'sont irréparables, leur état n’est enregistré nulle part',
    orphans: 'workflows tournent pour des pistes que la base de données n’a pas ; ils n’envoient rien',
    lines: 'lignes d’historique sont perdues',
  },
  nothing: 'Il n’y avait rien à réparer.',
}

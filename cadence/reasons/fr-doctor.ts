/** Words for the checker in French: why a lead sleeps, what `relance doctor` finds, and what to do about it. */
import type { AsleepWord, FindingWord, Wakener } from '../words.ts'

/** Behind "endormie : ". */
export const asleepFr: Record<AsleepWord, string> = {
  terminated: 'son workflow a été arrêté du dehors',
  cancelled: 'son workflow a été annulé du dehors',
  failed: 'son workflow a échoué',
  timed_out: 'son workflow a dépassé son délai',
  completed: 'son workflow s’est terminé selon ses règles, et la base de données n’en sait rien',
  missing: 'Temporal n’a pas de workflow pour elle',
  behind: 'son workflow en sait moins que ce qui est enregistré',
}

/** Behind "recommencée par ". */
export const wakenerFr: Record<Wakener, string> = { relance: 'Relance', person: 'quelqu’un' }

export const findingFr: Record<FindingWord, string> = {
  signal_not_folded: 'un signal a été remis, et son workflow ne l’a pas pris en compte',
  signal_not_delivered: 'un signal attend Temporal dans la base de données',
  lead_not_started: 'une piste attend dans la base de données que son workflow soit lancé',
  lead_asleep: 'aucun workflow ne travaille pour une piste ouverte',
  lead_overdue: 'le prochain moment d’une piste est passé, et rien n’a eu lieu',
  slot_without_lead: 'un créneau est réservé pour aucune piste ouverte',
  slot_not_next: 'le créneau d’une piste n’est pas son prochain moment',
  touch_without_turn: 'une action est réglée, et sa piste n’en a rien su',
  turn_without_touch: 'un historique parle d’une action que le registre ne connaît pas',
  touch_not_settled: 'une action a été remise, et sa suite n’est pas enregistrée',
}

export const findingRemedyFr: Record<FindingWord, string> = {
  signal_not_folded: 'Vérifier qu’un worker tourne. `relance reconcile` le remet encore une fois.',
  signal_not_delivered:
    'Temporal est absent ou refuse la piste, le journal dit lequel des deux. L’essai reprend de lui-même.',
  lead_not_started:
    'Temporal est absent ou refuse la piste, le journal dit lequel des deux. L’essai reprend de lui-même.',
  lead_asleep: 'Elle recommence d’elle-même. Si elle reste là, `relance reconcile` dit ce qui l’empêche.',
  lead_overdue: 'Vérifier qu’un worker tourne. Son journal dit ce qui échoue.',
  slot_without_lead: 'Sans gravité, la boîte d’envoi perd une minute. `relance reconcile` libère le créneau.',
  slot_not_next: 'Son courriel est replanifié quand son moment vient.',
  touch_without_turn: 'Elle n’est pas refaite. Si elle reste là, `relance reconcile` interroge la piste.',
  turn_without_touch:
    'Elle n’est pas refaite. La base de données a été restaurée, ou des lignes du registre ont été effacées.',
  touch_not_settled: 'Elle n’est pas renvoyée. Sa piste s’en enquiert à son réveil.',
}

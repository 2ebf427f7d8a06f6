/**
 * Sentences in French for reasons, timeline lines and tasks (single words: `fr-words.ts`, signals: `fr-signals.ts`,
 * errors: `fr-errors.ts`). A stage is a phase, a step an étape, a play a scénario.
 */

import type { Closing } from '../lead.ts'
import type { Criterion, Part } from '../reason.ts'
import { stretchOf, type Unit } from '../time.ts'
import type { Waiting } from '../words.ts'
import type { Dictionary, Phrases } from './dictionary.ts'
import { sayCode } from './error-words.ts'
import { mailTasksFr } from './fr-mail.ts'
import { flawReasonsFr, mendChangesFr, mendClosingsFr, mendTaskFr } from './fr-mending.ts'
import { wordsFr as words } from './fr-words.ts'

const UNIT: Record<Unit, [one: string, many: string]> = {
  m: ['minute', 'minutes'],
  h: ['heure', 'heures'],
  bh: ['heure ouvrée', 'heures ouvrées'],
  d: ['jour', 'jours'],
  bd: ['jour ouvré', 'jours ouvrés'],
  w: ['semaine', 'semaines'],
  mo: ['mois', 'mois'],
  y: ['an', 'ans'],
}

/** Zero is singular in French. */
const count = (n: number, one: string, many: string): string => `${n} ${n < 2 ? one : many}`
const wait = (n: number, unit: Unit): string => count(n, ...UNIT[unit])

/** What is the case; and, where it doesn't hold, what was asked for. */
const asked = (what: string, has: string, wants: string, { holds }: Criterion): string =>
  holds ? `${what} ${has}` : `${what} ${has} (demandé : ${wants})`

function partOf(part: Part, p: Phrases): string {
  switch (part.kind) {
    case 'stage':
      return `phase ${part.id} (${p.all(part.goal)})`
    case 'play':
      return `scénario ${part.id}`
    case 'nurture':
      return `courriel d’entretien nᵒ ${part.n}, tous les ${p.wait(part.every)} jusqu’au ${p.day(part.until)}`
  }
}

const waitingFor = (waits: Waiting, task?: string): string =>
  task === undefined ? words.waiting[waits] : `${words.waiting[waits]} (${task})`

const closings: Dictionary['closings'] = {
  lead_ended: ({ outcome }) => `la piste est terminée (${words.outcome[outcome]})`,
  stage_over: ({ stage }) => `la phase ${stage} est finie`,
  play_over: ({ play }) => `le scénario ${play} est fini`,
  ...mendClosingsFr,
}

const TROUBLE = {
  server: 'le serveur l’a remis à plus tard',
  network: 'le serveur est injoignable',
  timeout: 'le serveur a mis trop de temps',
  configuration: 'la boîte d’envoi est refusée',
} as const

/**
 * The spaces of French typography (Lexique des règles typographiques, Imprimerie nationale): a no-break space before a
 * colon and inside quotes, a narrow one before the other double signs.
 */
const typeset = (text: string): string =>
  text
    .replace(/ (?=[:»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0')
    .replace(/ (?=[;!?%])/g, '\u202f')

const A_PERIOD: { [unit in Unit]?: string } = { d: 'par jour', w: 'par semaine', mo: 'par mois' }

export const fr: Dictionary = {
  typeset,
  detailed: (text, about) => `${text} : ${about}`,
  wait,
  elsewhere: (here, there, zone) => `${here} (${there} à ${zone})`,
  words,
  tasks: {
    find_role: ({ role }) => `Trouver qui est le ${words.role[role]}`,
    answer_challenge: ({ topic }) =>
      `Répondre à l’objection de l’opposant${topic === null ? '' : ` : ${topic}`}`,
    credit_check: ({ provider, company }) => `Contrôle de crédit auprès de ${provider} : ${company}`,
    urgency_notice: ({ lead, stage, urgency }) => `${lead} : phase ${stage}, urgence ${urgency}`,
    waiting_notice: ({ lead, waits, task }) => `${lead} : ${waitingFor(waits, task)}`,
    ...mailTasksFr,
    ...mendTaskFr,
  },
  closings,
  reasons: {
    interest: (c) => asked('intérêt', words.interest[c.has], words.interest[c.wants], c),
    need: (c) => asked('besoin', words.need[c.has], words.need[c.wants], c),
    credit: (c, p) => {
      const since = c.stale
        ? ` mais périmé depuis le ${p.day(c.stale)}`
        : c.since === undefined
          ? ''
          : ` depuis ${p.since(c.since)}`
      const short =
        c.short === undefined ? '' : `, mais son plafond ${c.limit} est inférieur au montant ${c.short}`
      const from = [c.provider, c.ref && `réf. ${c.ref}`].filter(Boolean).join(' ')
      return `crédit ${words.credit[c.state]}${since}${short}${from ? ` (${from})` : ''}`
    },
    dialogue: (c, p) => {
      if (c.last === undefined) return `pas encore de dialogue (demandé : sous ${p.wait(c.within)})`
      const last = `${c.by === 'reply' ? 'réponse' : 'nouvelles'} il y a ${p.since(c.last)}`
      return c.holds
        ? `dialogue en cours (${last})`
        : `dialogue rompu (${last} ; demandé : sous ${p.wait(c.within)})`
    },
    authority: (c) =>
      c.has
        ? `${words.role[c.has]} connu`
        : `aucun ${c.wants.map((role) => words.role[role]).join(' ni ')} connu`,
    demo: (c) => asked('démonstration', words.demo[c.has], words.demo[c.wants], c),
    proposal: (c) => asked('proposition', words.proposal[c.has], words.proposal[c.wants], c),
    deal: (c) => asked('affaire', words.deal[c.has], words.deal[c.wants], c),
    standing: (c) => asked('rang', words.standing[c.has], words.standing[c.wants], c),
    open_objections: (c) => count(c.has, 'objection ouverte', 'objections ouvertes'),
    stage_age: (c, p) => `${p.since(c.since)} à la phase ${c.stage} (${p.wait(c.wants)})`,
    unanswered: (c) => `${c.has} courriels sur ${c.wants} sans réponse`,
    offer_ends: (c, p) => `l’offre ${c.offer} se termine le ${p.day(c.at)}`,
    no_offer_ends: () => 'aucune offre sur le point de se terminer',
    credit_ends: (c, p) =>
      c.at === undefined ? 'le crédit n’expire pas' : `le crédit expire le ${p.day(c.at)}`,
    amount: (c, p) => asked('montant', p.number(c.has), p.number(c.wants), c),
    fact: (c) => {
      const has = c.has === undefined ? 'inconnu' : String(c.has)
      return asked(c.name, has, c.atLeast === undefined ? String(c.is) : `au moins ${c.atLeast}`, c)
    },
    deal_to_win: () => 'l’affaire',

    unsubscribed: () => 'désinscription demandée',
    complained: () => 'nous avons été signalés comme indésirables',
    address_unknown: () => 'l’adresse n’existe pas',
    decision_maker_refused: () => 'le décideur a dit non',
    deal_won: () => 'l’affaire est gagnée',
    deal_lost: () => 'l’affaire est perdue',
    colleague_replied: () => 'un collègue a répondu, et la cadence ne continue qu’avec lui',
    seller_ended: () => 'le vendeur y a mis fin après une réponse',
    stage_exit: ({ signal, stage }) => `${words.signal[signal]} à la phase ${stage}`,
    dropped: () => 'abandonnée par quelqu’un',
    stage_unanswered: ({ stage }) => `la phase ${stage} est restée sans réponse`,
    nurture_over: () => 'l’entretien est arrivé à son terme sans intérêt',

    moment_missed: () => 'le moment prévu est passé',
    too_early: () => 'le moment prévu n’était pas encore venu : l’horloge a été changée',
    slot_given_up: () => 'le moment prévu avait été rendu',
    mailbox_unknown: ({ mailbox }) => `la boîte d’envoi ${mailbox} n’est pas configurée`,
    mail_not_now: ({ trouble }) => `le courriel n’a pas pu partir (${TROUBLE[trouble]})`,
    recipient_not_now: ({ why }) =>
      why === 'full'
        ? 'la boîte aux lettres du destinataire est pleine'
        : 'la boîte aux lettres du destinataire est désactivée',
    mail_unreadable: () => 'la réponse du serveur est illisible',
    mailbox_refused: ({ mailbox, fault }) =>
      `la boîte d’envoi ${mailbox} a été refusée : ${words.mailFault[fault]}`,
    mailbox_paused: ({ mailbox, fault }) =>
      `la boîte d’envoi ${mailbox} est en pause : ${words.mailFault[fault]}`,
    provider_unreachable: ({ error }) => `l’organisme de crédit est injoignable (${error})`,
    provider_busy: ({ status }) => `l’organisme de crédit a répondu « plus tard » (HTTP ${status})`,
    gate_closed: ({ gate }) => words.gate[gate],
    ...flawReasonsFr,

    offer_over: () => 'l’offre est terminée',
    no_address: () => 'le contact n’a pas d’adresse',
    no_template: ({ template, locale }) =>
      `il n’y a pas de modèle ${template}${locale === undefined ? '' : ` en ${locale}`}`,
    error: ({ error, values }) => sayCode(error, values, 'fr'),
    tried_for_days: ({ delay }, p) => `${p.say(delay)}, et les essais durent depuis des jours`,
    provider_refused: ({ status }) => `l’organisme de crédit a refusé la demande (HTTP ${status})`,

    waited: ({ waits, pace, after, timeout, held }, p) => {
      const ours =
        waits.map(p.wait).join(' + ') + (pace === 1 || waits.length === 0 ? '' : ` × ${p.number(pace)}`)
      const all = [timeout && p.wait(timeout), ours].filter(Boolean).join(' + ')
      return `${all} après le ${p.moment(after)}${held ? `, sans compter ${p.lasting(held)} en attente` : ''}`
    },
    dated: ({ of, base, shift, time }, p) => {
      const date = 'at' in base ? p.moment(base.at) : p.date(base.day)
      const when = of === 'day' ? `le ${date}` : `${words.anchor[of]} (${date})`
      const near = shift ? `${p.wait(shift)} ${shift.sign < 0 ? 'avant' : 'après'} ${when}` : when
      return time === undefined ? near : `${near}, à ${p.time(time)}`
    },
    spread: ({ after }, p) => `son compte reprend depuis le ${p.moment(after)}, l’un après l’autre`,
    holiday: ({ day, name }, p) => `jour férié le ${p.date(day)} (${name})`,
    closed: ({ from, to }, p) =>
      from === to ? `fermé le ${p.date(from)}` : `fermé du ${p.date(from)} au ${p.date(to)}`,
    not_before: ({ at }, p) => `pas avant le ${p.moment(at)}`,
    window_opens: ({ at }, p) => `la fenêtre s’ouvre le ${p.moment(at)}`,
    cap: ({ of, kind, count: most, per, next }, p) => {
      const limit = `${most} ${kind === 'calendar' ? A_PERIOD[per.unit] : `en ${p.wait(stretchOf(per))}`}`
      return `plafond ${of === 'account' ? 'du compte' : 'de la piste'}, ${limit} : prochaine place le ${p.moment(next)}`
    },
    mailbox_free: ({ at }, p) => `la boîte d’envoi est libre le ${p.moment(at)}`,
    before_deadline: ({ at }, p) => `avant le ${p.moment(at)}`,

    ended: ({ outcome, cause }, p) => `${words.outcome[outcome]} : ${p.say(cause)}`,
    every_goal_met: () => 'l’objectif de chaque phase est atteint ; on attend l’affaire',
    paused: ({ since, until }, p) =>
      `mise en pause par quelqu’un le ${p.day(since)}${until === undefined ? '' : `, jusqu’au ${p.moment(until)}`}`,
    reply_waits: ({ since }, p) => `une réponse du ${p.day(since)} attend le vendeur`,
    kept_still: ({ since }, p) => `le vendeur la garde au calme depuis le ${p.day(since)}`,
    colleague_waits: ({ since, lead }, p) =>
      `la réponse d’un collègue du ${p.day(since)} attend le vendeur (piste ${lead})`,
    callback: ({ until }, p) => `a demandé à être rappelé le ${p.day(until)}`,
    out_of_office: ({ until }, p) => `absent jusqu’au ${p.day(until)}`,
    people_waited_for: ({ waits, who, task }) =>
      `${waitingFor(waits, task)} : le ${words.staff[who]} est prévenu`,
    passes_over: ({ part, step, unmet }, p) =>
      `${partOf(part, p)}, l’étape ${step} sera sautée : ${unmet.length > 0 ? p.all(unmet) : 'son offre est terminée'}`,
    urgency_rose: ({ level, who }) => `l’urgence est montée à ${level} : le ${words.staff[who]} est prévenu`,
    step: ({ part, step, wait: after, hurry, back }, p) =>
      [
        partOf(part, p),
        part.kind === 'nurture' ? undefined : `étape ${step}`,
        after && `${p.wait(after)} après la précédente`,
        back && `dès le retour de ${p.contact(back.contact)} le ${p.day(back.until)}`,
      ]
        .filter(Boolean)
        .join(', ') + (hurry ? ` (rythme ${p.number(hurry.pace)}, urgence ${hurry.level})` : ''),
    proposal_waits: ({ part, step, credit }, p) =>
      `${partOf(part, p)}, l’étape ${step} est une proposition et attend le crédit : ${p.say(credit)}`,
    nobody_known: ({ role }) => `aucun ${words.role[role]} n’est connu`,
    role_awaited: ({ role }) => `attend qu’un ${words.role[role]} soit connu`,
    task_awaited: ({ part, step, task, due, patience }, p) =>
      `${partOf(part, p)}, l’étape ${step} attend que la tâche ${task} soit faite, ou ${p.wait(patience)} après le ${p.moment(due)}`,
    challenged: ({ since, stage }, p) =>
      `l’objection d’un opposant, du ${p.day(since)}, retient la piste à la phase ${stage} jusqu’à ce qu’elle soit levée`,
    play_holds: ({ play, stage, goal }, p) =>
      `le scénario ${play} retient la phase ${stage} : ${goal.length > 0 ? p.all(goal) : 'ses étapes'}`,
    stage_waits: ({ stage, goal }, p) =>
      `la phase ${stage} n’a plus d’étape ; elle attend son objectif : ${p.all(goal)}`,
    stage_passes: ({ stage, goal, then }, p) =>
      `la phase ${stage} n’a plus d’étape et son objectif n’est pas atteint (${p.all(goal)}) : ${
        then === 'nurture' ? 'passe à l’entretien' : `se termine, ${words.outcome[then]}`
      }`,
    no_such_stage: ({ stage }) => `la phase ${stage} n’est pas dans cette cadence`,
    no_nurture: () => 'pas d’entretien dans cette cadence',
    put_off: ({ what, delay }, p) => `${p.say(what)} ; ${p.say(delay)}`,
    not_started: () => 'pas encore commencée',
    reopened_not_started: () => 'rouverte, pas encore recommencée',
    quoted: ({ text }) => `« ${text} »`,
  },
  changes: {
    launched: () => 'lancée',
    signal: ({ type, happened, contact, superseded }, p) =>
      [
        words.signal[type],
        contact && `(${p.contact(contact)})`,
        happened !== undefined && `, le ${p.moment(happened)}`,
        superseded && ' ; on savait déjà plus récent',
      ]
        .filter(Boolean)
        .join(' ')
        .replace(' ,', ',')
        .replace('  ;', ' ;'),
    stage: ({ stage, from }) => (from === undefined ? `commence à la phase ${stage}` : `${from} → ${stage}`),
    nurture_left: () => 'quitte l’entretien',
    play: ({ play, on }) => `le scénario ${play} commence : ${words.signal[on]}`,
    play_over: ({ play }) => `le scénario ${play} est terminé`,
    urgency: ({ urgency, criteria }, p) =>
      `urgence ${urgency}${criteria.length > 0 ? ` : ${p.all(criteria)}` : ''}`,
    standing: ({ standing }) => `est maintenant ${words.aStanding[standing]}`,
    hold: ({ hold, until }, p) => {
      if (hold === 'paused')
        return `mise en pause par quelqu’un${until === undefined ? '' : ` jusqu’au ${p.moment(until)}`}`
      return hold === 'over' ? 'reprend : la pause est finie' : 'reprend : quelqu’un l’a voulu'
    },
    touch: ({ step, channel, result, failure }, p) =>
      `${words.channel[channel]} ${step} : ${words.result[result]}${failure ? ` (${p.say(failure)})` : ''}`,
    passed_over: ({ step, unmet }, p) =>
      `${step} sautée : ${unmet.length > 0 ? p.all(unmet) : 'son offre est terminée'}`,
    task_closed: ({ step, because }) =>
      `tâche ${step} close : ${(closings[because.code] as (closing: Closing) => string)(because)}`,
    delayed: ({ step, until, delay }, p) => `${step} remis au ${p.moment(until)} : ${p.say(delay)}`,
    ...mendChangesFr,
    moved: ({ cadence, version }) => `passée à ${cadence}, version ${version}`,
    reopened: () => 'rouverte par quelqu’un',
    begun_again: ({ because, by }) => `recommencée par ${words.wakener[by]} : ${words.asleep[because]}`,
    end: ({ outcome, cause }, p) => `se termine, ${words.outcome[outcome]} : ${p.say(cause)}`,
  },
}

/** The terminal in French. */

import { doctorFr } from './fr-doctor.ts'
import { previewFr } from './fr-preview.ts'
import { suppressionsFr } from './fr-suppressions.ts'
import type { TerminalWords } from './shape.ts'

/** Zero is singular in French. */
const count =
  (one: string, many = `${one}s`) =>
  (n: number): string =>
    `${n} ${n < 2 ? one : many}`

export const fr: TerminalWords = {
  counts: {
    lead: count('piste'),
    task: count('tâche'),
    email: count('courriel'),
    credit_check: count('contrôle de crédit', 'contrôles de crédit'),
    notify: count('avis', 'avis'),
    problem: count('problème'),
    touch: count('contact'),
  },
  zoneIs: (zone) => `Heures de ${zone}.`,
  heads: {
    id: 'id',
    company: 'société',
    email: 'courriel',
    standing: 'rang',
    stage: 'phase',
    next: 'suite',
    when: 'quand',
    zone: 'son fuseau',
    task: 'tâche',
    due: 'échéance',
    contact: 'contact',
    done: 'faite',
    for: 'pour',
    what: 'quoi',
    because: 'parce que',
    step: 'étape',
    theme: 'argument',
    sent: 'envoyés',
    benefit: 'argument',
    emails: 'courriels',
    leads: 'pistes',
    answered: 'réponses',
    customers: 'clients',
  },
  explain: {
    where: (lead, standing, place, cadence, version) =>
      `${lead} est ${standing}, ${place} de ${cadence}, version ${version}.`,
    inStage: (stage) => `à la phase ${stage}`,
    inNurture: 'à l’entretien',
    ended: (outcome) => `terminée (${outcome}), au bout`,
    lacks: (missing) => `Pour monter de rang, il lui manque : ${missing.join(' ; ')}.`,
    looksAt: (rule) => `Ce qui compte pour cela : ${rule}.`,
    early:
      'C’est une phase précoce : de l’intérêt, mais le crédit n’est pas décidé ; on entretient, sans proposition.',
    next: (step, when) => `Vient ensuite ${step}${when}.`,
    skips: (step, when) => `L’étape ${step} sera sautée${when}.`,
    passes: (when) => `La phase se termine${when}.`,
    on: (moment) => ` le ${moment}`,
    rests: 'Rien n’est prévu : elle attend.',
    because: (reason) => `Parce que : ${reason}.`,
    whyThen: (timing) => `Pourquoi à ce moment : ${timing}.`,
    again: (moment) => `Quoi qu’il arrive, la situation est revue le ${moment}.`,
    resume: (lead) => `Elle reprend avec : relance resume ${lead}`,
    handled: (lead) => `Elle reprend avec : relance signal ${lead} reply.handled then=resume`,
    account: 'Elle reprend dès que la réponse du collègue est traitée, ou aussitôt si la personne écrit.',
    away: 'Elle reprend d’elle-même ce jour-là, ou quand une réponse de leur part est traitée.',
    anySignal:
      'Tout signal agit aussitôt : une réponse la retient, une désinscription la termine, un objectif atteint la fait avancer.',
    server: (says, remedy) =>
      `Le serveur de messagerie a dit : ${says}.${remedy === null ? '' : ` ${remedy}`}`,
    asleep: (says) =>
      `Endormie : ${says}. Voici ce qui a été noté en dernier ; rien n’a lieu avant qu’elle recommence, ce que Relance fait de lui-même.`,
    fromRecord: '(Aucun processus n’a répondu ; voici ce qui a été noté en dernier.)',
  },
  show: {
    lines: {
      lead: 'piste',
      cadence: 'cadence',
      standing: 'rang',
      stage: 'phase',
      urgency: 'urgence',
      hold: 'attente',
      asleep: 'endormie',
      outcome: 'issue',
      next: 'suite',
      because: 'car',
      server: 'serveur',
      facts: 'acquis',
    },
    version: (cadence, version, launched) => `${cadence}, version ${version}, lancée le ${launched}`,
    missing: (list) => ` ; il manque : ${list}`,
    nextAt: (step, moment) => `${step} le ${moment}`,
    noFacts: 'rien encore',
    asleepSince: (since, says) => `depuis ${since} : ${says}`,
    facts: {
      interest: 'intérêt',
      need: 'besoin',
      credit: 'crédit',
      demo: 'démonstration',
      proposal: 'proposition',
      deal: 'affaire',
      amount: 'montant',
      upTo: 'jusqu’à',
      heard: 'dernières nouvelles le',
    },
    objection: (topic, open) => `objection ${topic} ${open ? 'ouverte' : 'levée'}`,
    afterEnd:
      'Noté depuis la fin\u00a0: la piste n’en fait rien (un refus vaut quand même)\u00a0; `relance reopen` la fait reprendre\u00a0:',
  },
  asleep: 'endormie',
  doctor: doctorFr,
  mailboxes: {
    fine: 'Aucune boîte d’envoi n’est refusée.',
    refused: (n) => `refusée ${n} fois, envoie encore`,
    paused: (since, waiting) => `en pause depuis le ${since}, pistes en attente : ${waiting}`,
    says: (words) => `Le serveur dit : ${words}`,
    tries: (at, name) =>
      `Un courriel est essayé le ${at} ; relance mailbox resume ${name} les laisse tous repartir.`,
    resumed: (name) => `${name} envoie de nouveau ; ce qui attend est replanifié, un courriel après l’autre.`,
  },
  reopened: {
    would: (n) => `Pistes terminées par ces refus : ${n}.`,
    done: (reopened, n) => `${reopened} pistes sur ${n} recommencent ; leurs adresses sont rétablies.`,
    reply: (n, verdict, says) => `${n} × (${verdict}) ${says}`,
  },
  paused: {
    done: (n) => `${count('piste mise', 'pistes mises')(n)} en pause.`,
    would: (n) => `${count('piste serait mise', 'pistes seraient mises')(n)} en pause.`,
  },
  rehearse: {
    launched: (moment, zone) => `Commence le ${moment}, heures de ${zone}.`,
    holidays: (country, assumed) =>
      `Jours fériés : ${country}${assumed ? ' (supposé ; sinon --country)' : ''}.`,
    nothing: 'Rien n’est envoyé',
    ends: (outcome, moment) => `Se termine le ${moment} : ${outcome}.`,
    goesOn: (because, next) => `N’est pas terminée : ${because}${next ? `, suite le ${next}` : ''}.`,
    isA: (standing, rule) => `C’est ${standing} ; ${rule}.`,
    to: (role) => `→ ${role} : `,
  },
  demo: {
    title: (days, from, to) => `${days} jours de la cadence, du ${from} au ${to}`,
    funnel: 'Entonnoir',
    emails: (n) => `Courriels (${n})`,
    benefits: 'L’argument qui vend',
    credit: 'Crédit',
    outcomes: 'Issues',
    open: (n) => `Pistes ouvertes (${n}) et ce que chacune attend`,
    onHold: (hold) => `retenue : ${hold}`,
    inbox: (folder) => `Les courriels sont dans ${folder}, en fichiers .eml.`,
    late: (n) => `${count('contact')(n)} en retard, à planifier de nouveau.`,
    problem: (text) => `Problème : ${text}`,
    allWell: (emails) => `${emails} : aucun en double, aucun après une sortie, chacun consigné.`,
    found: (problems) => `${problems}.`,
  },
  start: {
    line: ({ text }) => text,
    database_made: () => 'base de données : création, quelques secondes une fois pour toutes',
    database_embedded: ({ folder }) => `base de données : intégrée, dans ${folder}`,
    database_server: ({ address }) => `base de données : PostgreSQL à ${address}`,
    mail_configured: ({ from }) => `courriels : ${from}`,
    mail_inbox: ({ folder }) => `courriels : boîte intégrée, dans ${folder}`,
    mail_login: ({ mailbox, refused, says }) =>
      refused
        ? `courriels : l’identifiant de ${mailbox} est refusé, ses courriels attendent (relance mailboxes). Le serveur dit : ${says}`
        : `courriels : le serveur de ${mailbox} est injoignable ou ne répond pas comme il faut, ses courriels seront essayés quand même : ${says}`,
    temporal_external: ({ address, namespace }) => `Temporal : ${address}, espace de noms ${namespace}`,
    temporal_embedded: ({ server, path }) => `Temporal : intégré, serveur ${server} (${path})`,
    local_bank: ({ name }) => `crédit : une banque locale, sous le nom de ${name}`,
    api: ({ url }) => `API : ${url}`,
    clock_changed: ({ speed, leads }) =>
      `horloge : ${speed} secondes de la cadence en une ; ${count('piste prévenue', 'pistes prévenues')(leads)}`,
    temporal_older: ({ leads, stopped }) =>
      `Temporal est plus ancien que la base de données : ${count('piste recommencée', 'pistes recommencées')(leads)} d’après ce qui est enregistré, ${count('workflow arrêté', 'workflows arrêtés')(stopped)}`,
    worker: () => 'worker : en marche',
    published: ({ cadence, version }) => `publiée : ${cadence}, version ${version}`,
    launched: ({ leads, refused }) =>
      `lancement : ${count('piste')(leads)} de leads.csv, ${count('ligne refusée', 'lignes refusées')(refused)}`,
    row_refused: ({ row, message, code }) => `  ligne ${row} : ${message} (${code})`,
  },
  host: {
    isUp: 'Relance est en marche.',
    stopsIt: 'Ctrl-C l’arrête.',
    stopped: 'Arrêté.',
    heads: { api: 'API', temporal: 'Temporal', inbox: 'boîte', data: 'données', speed: 'vitesse' },
    speed: (n) => `${n} secondes de la cadence en une`,
    stays: (url, temporal) => `Relance reste en marche : ${url}, Temporal ${temporal}. Ctrl-C l’arrête.`,
    askIt: (command) => `Pour l’interroger : ${command}`,
  },
  story: {
    day: 'jour',
    who: { 'e-mail': 'courriel', them: 'contact', bank: 'banque', seller: 'vendeur', lead: 'piste' },
    replies: (message) => `répond : « ${message} »`,
    interest: (level, theme) => `intérêt : ${level} (${theme})`,
    answers: 'répond au message reçu',
    follows: (theme) => `suit un lien (${theme})`,
    meets: (name, role) => `rencontre ${name} : ${role}`,
    verifiesNeed: (amount) => `vérifie un besoin${amount === undefined ? '' : ` de ${amount}`}`,
    booksDemo: 'réserve une démonstration',
    missesDemo: 'manque la démonstration',
    booksAgain: 'en réserve une autre',
    showsDemo: 'fait la démonstration',
    compares: (theme) => `nous compare avec d’autres (${theme})`,
    sendsProposal: (amount) => `envoie une proposition de ${amount}`,
    opensProposal: 'ouvre la proposition',
    acceptsProposal: 'accepte la proposition',
    objects: (name, topic) => `${name} objecte : ${topic}`,
    overcomes: (topic) => `lève l’objection : ${topic}`,
    letsPass: (topic, reason) => `passe outre : ${topic} (${reason})`,
    notes: (name, value) => `note : ${name} ${value}`,
    extendsOffer: (until, reason) => `prolonge l’offre jusqu’au ${until} : ${reason}`,
    won: (amount) => `gagnée : ${amount}`,
    lost: (reason) => `perdue : ${reason}`,
    namesSomebody: (name, company) => `recommande quelqu’un : ${name}, ${company}`,
    endsIt: 'en reste là',
    goesOnAnyway: 'continue malgré tout',
    unsubscribes: 'se désinscrit',
    complains: 'signale le courriel comme indésirable',
    noAddress: 'l’adresse n’existe pas',
    outOfOffice: (until) => `absent jusqu’au ${until}`,
    callMe: (on) => `« appelez-moi le ${on} »`,
    approvesCredit: (limit) => `accorde un crédit jusqu’à ${limit}`,
    refusesCredit: 'refuse le crédit',
    reviewsCredit: 'veut examiner le dossier',
    isNow: (standing) => `est maintenant ${standing}`,
    ends: (outcome) => `se termine : ${outcome}`,
    movesOn: (from, to) => `avance : ${from} → ${to}`,
    urgency: (from, to) => `urgence : ${from} → ${to}`,
    holds: {
      account: 'retenue : la réponse d’un collègue attend',
      out_of_office: 'retenue : absence',
      callback: 'retenue : à rappeler plus tard',
    },
    topics: {
      migration: 'reprise des données',
      supplier: 'un autre fournisseur',
      shop_floor: 'accueil à l’atelier',
    },
    reasons: {
      board: 'le conseil se réunit à la fin du mois',
      sites: 'deux sites veulent d’abord voir le pilote',
      shop_floor: 'l’atelier n’en veut pas',
      own_decision: 'Samir Benali décide seul',
    },
    need: 'trois plannings qui se contredisent',
  },
  done: {
    done: 'faite',
    undecided: 'la piste attend encore la décision (relance done TASK decision=…)',
    answered: (signal) => `faite ; ${signal}`,
  },
  signal: {
    duplicate: (type) => `${type} avait déjà été reçu, et ne compte qu’une fois`,
    ended: (type) => `${type} est noté ; la piste est terminée, rien n’en découle`,
    acts: (type) => `${type} est noté et agit maintenant`,
    waits: (type) => `${type} est noté, et agira dès que Temporal sera joignable`,
    suppressed: (type, ended) =>
      `${type} est noté, et plus aucune cadence n’écrit à cette adresse${ended ? ' ; la piste était terminée' : ''}`,
    became: {
      started: (lead) => `La personne est maintenant une piste : ${lead}`,
      linked: (lead) => `La personne est déjà une piste, qui est reliée : ${lead}`,
      suppressed: () => 'Il ne faut pas écrire à cette personne : elle n’est pas devenue une piste.',
    },
  },
  inbox: {
    date: 'date',
    to: 'à',
    subject: 'objet',
    in: (emails, folder) => `${emails} dans ${folder}`,
  },
  referrals: {
    named: (who, when) => `${who} a recommandé, le ${when} :`,
    came: (who, linked, when) => `${who}${linked ? ', déjà une piste' : ''}, le ${when}`,
    suppressed: 'une adresse à laquelle il ne faut pas écrire',
    nobody: 'Personne ne l’a recommandée, et elle n’a recommandé personne.',
  },
  check: {
    warning: (text) => `attention\u00a0: ${text}`,
    files: count('fichier'),
    found: (what, errors, warnings) =>
      `${what}\u00a0: ${errors > 0 ? count('erreur')(errors) : 'aucune erreur'}${warnings > 0 ? `, ${count('avertissement')(warnings)}` : ''}`,
  },
  publish: {
    published: (cadence, version, warnings) =>
      `${cadence} est publiée, version ${version}${warnings > 0 ? `, avec ${count('avertissement')(warnings)}` : ''}.`,
    unchanged: (cadence, version) => `${cadence} est inchangée\u00a0: c’est déjà la version ${version}.`,
  },
  edited: {
    nothing: 'c’était déjà ainsi',
    suppressed: 'Il ne faut pas écrire à cette adresse (relance suppressions).',
    ended: (lead) => `La piste est terminée : relance reopen ${lead} la fait reprendre, si sa fin le permet.`,
  },
  preview: previewFr,
  suppressions: suppressionsFr,
  move: {
    heads: { from: 'en est à', to: 'puis à', repeats: 'refait', skips: 'laisse de côté', done: 'fait' },
  },
  launch: {
    checking: 'vérification',
    launching: 'lancement',
    heads: {
      row: 'ligne',
      refused: 'refusée',
      because: 'parce que',
      column: 'colonne',
      takenFor: 'prise pour',
      samples: 'par exemple',
    },
    encoding: ({ name, confidence, sample }) =>
      `lu en ${name}${confidence < 1 ? `, sûr à ${Math.round(confidence * 100)}\u00a0%` : ''}${sample.length > 0 ? `\u00a0: ${sample.join(', ')}` : ''}${confidence < 1 ? '. Si un nom est faux, précisez --encoding' : ''}`,
    takenFor: ({ fields, ignored, dates }) =>
      `${fields.join(', ') || 'rien\u00a0: laissée de côté'}${dates ? `, dates (${dates})` : ''}${ignored ? '\u00a0; oppositions douteuses ignorées' : ''}`,
    counts: ({ launched, already, refused, dryRun }) =>
      `${count('piste')(launched)} ${dryRun ? 'à lancer' : launched < 2 ? 'lancée' : 'lancées'}, ${already} déjà dans cette cadence, ${count('refusée')(refused)}`,
    ended: (n) =>
      `Parmi celles qui y sont déjà, ${n} ${n < 2 ? 'est terminée' : 'sont terminées'}\u00a0: \`relance reopen PISTE\` fait reprendre une piste.`,
    suppressed: (n, dryRun) =>
      `${count('adresse')(n)} de lignes qui disent non ${dryRun ? 'à inscrire' : n < 2 ? 'inscrite' : 'inscrites'} sur la liste d’opposition.`,
    stopped: (list, dryRun) =>
      `Pistes ouvertes ${dryRun ? 'à terminer' : 'terminées'} parce qu’une ligne dit non\u00a0: ${list.map(({ row, lead, cadence }) => `${lead} de ${cadence} (ligne ${row})`).join(', ')}.`,
    starting: (n) => `Dont ${count('piste')(n)} à commencer dès que Temporal sera joignable.`,
  },
}

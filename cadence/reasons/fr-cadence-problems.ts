/** What the parts of a cadence, and its templates, have against each other, in French. Keys and values to be typed stand between backticks. */
import type { CadenceProblems, TemplateProblems, Unreachable } from '../problem-values.ts'
import { STEP_KINDS } from '../words.ts'
import { didYouMean, listed, ofStage, stage, step, typed, user } from './fr-problem-words.ts'
import { quoted, t } from './fr-typography.ts'
import type { Texts, Told } from './problem-dictionary.ts'

/** Two of a kind. */
const TWO = {
  step: 'deux étapes s’appellent',
  stage: 'deux phases s’appellent',
  play: 'deux scénarios s’appellent',
  level: 'deux niveaux s’appellent',
}

const MORE = 'demandez-en plus dans son `until`'

function unreachable(fault: Unreachable): Told {
  switch (fault.kind) {
    case 'ended':
      return [
        `après ${stage(fault.by)}, une piste est terminée`,
        `mettez-la avant ${stage(fault.by)}, ou faites-en un scénario sur \`deal.won\``,
      ]
    case 'implied':
      return [
        `le but ${ofStage(fault.by)} atteint déjà le sien`,
        `mettez-la avant ${stage(fault.by)}, ou ${MORE}`,
      ]
    case 'always':
      return ['son but est toujours atteint', MORE]
    case 'together':
      return ['les buts d’avant atteignent déjà le sien', MORE]
  }
}

export const cadenceProblemsFr: Texts<CadenceProblems & TemplateProblems> = {
  duplicate_id: (fault) =>
    fault.of === 'signal'
      ? [
          `deux signaux ont l’identifiant ${quoted(fault.id)}`,
          t`donnez-lui-en un autre : un identifiant ne compte qu’une fois`,
        ]
      : [`${TWO[fault.of]} ${quoted(fault.id)}`, t`prenez un autre nom : ${typed(fault.free)}`],
  never_holds: ({ kind }) => {
    switch (kind) {
      case 'excluding':
        return [
          t`ceci ne peut jamais être vrai : ses parties s’excluent`,
          'prenez `any: […]` pour dire l’un ou l’autre',
        ]
      case 'no_offer':
        return [
          'aucune étape ne fait d’offre, donc aucune offre ne se termine',
          'ajoutez une offre à un courriel',
        ]
      case 'no_stale_credit':
        return ['le crédit ne se périme pas dans cette cadence', 'ajoutez `credit: { valid_for: 90d }`']
    }
  },
  asks_itself: ({ kind }) =>
    kind === 'stage_age'
      ? [
          t`l’âge d’une phase ne peut pas être son but : il repart de zéro quand la phase est quittée`,
          'prenez `otherwise` pour quitter une phase après ses étapes',
        ]
      : [
          'cette règle fixe un rang, et ne peut donc pas en demander un',
          'demandez des faits, comme `credit`, `interest` ou `need`',
        ],
  no_nurture: [
    'il n’y a pas d’entretien où aller',
    'ajoutez `nurture: { every: 60d, for: 2y, emails: […], until: { … } }`',
  ],
  nurture_never_starts: ({ stage: name }) => [
    t`personne n’y va : qui arrive à ${stage(name)} remplit déjà le ${'`until`'} de l’entretien`,
    'demandez plus dans le `until` de l’entretien, ou terminez la piste ici',
  ],
  nurture_never_writes: ({ after }) => [
    `l’entretien est fini avant son premier courriel, qui vient après ${after}`,
    'faites-le durer plus longtemps',
  ],
  unreachable_stage: ({ stage: name, ...why }) => {
    const [because, remedy] = unreachable(why)
    return [t`${stage(name)} n’est jamais atteinte : ${because}`, remedy]
  },
  conflicting_goals: ({ by }) => [
    `atteindre ce but défait celui ${ofStage(by)}, et la piste y retourne`,
    t`donnez à ${stage(by)} un ${'`until`'} de la forme ${'`{ any: [son but, ce but] }`'}`,
  ],
  proposal_waits: [
    'ceci attend un crédit accordé, qu’aucune phase ne demande avant',
    'mettez avant elle une phase avec `until: { credit: approved }`',
  ],
  play_never_starts: ({ kind, on }) => {
    switch (kind) {
      case 'when':
        return [
          t`ce scénario ne commence jamais : ${on} exclut cette condition`,
          'demandez autre chose, ou retirez-la',
        ]
      case 'until':
        return [
          t`ce scénario finit dès qu’il commence : ${on} est tout ce qu’il attend`,
          'attendez autre chose, ou retirez cette condition',
        ]
      case 'ending':
        return [
          `${on} termine la piste, donc ce scénario ne commence jamais pour son contact principal`,
          'retirez-le, sauf s’il est pour les autres contacts',
        ]
    }
  },
  emails_at_once: ({ step: id }) => [
    `${step(id)} part juste derrière le courriel précédent, sans attente`,
    'ajoutez `wait`, par exemple `wait: 3bd`',
  ],
  waits_unseen: (place) => {
    switch (place.kind) {
      case 'reply':
      case 'role':
        return [
          place.kind === 'reply'
            ? 'une réponse peut attendre sans fin, et personne n’est prévenu'
            : 'quelqu’un à qui écrire peut manquer sans fin, et personne n’est prévenu',
          `nommez quelqu’un dans \`escalate: ${place.kind}: { owner: 1d }\``,
        ]
      default: {
        const where = place.kind === 'stage' ? 'la phase' : 'le scénario'
        const named = place.id === undefined ? where : `${where} ${quoted(place.id)}`
        return [
          `une piste peut attendre sans fin dans ${named}, et personne n’est prévenu`,
          place.kind === 'stage'
            ? 'ajoutez `otherwise`, une tâche, un `notify`, ou un niveau d’urgence avec `tell`'
            : 'ajoutez une tâche, un `notify`, ou un niveau d’urgence avec `tell`',
        ]
      }
    }
  },
  wait_and_at: ({ step: id }) => [`${step(id)} a une attente et une date`, 'enlevez `wait`, ou `at`'],
  nothing_to_wait_for: ({ kind, step: id }) =>
    kind === 'dated'
      ? [`${step(id)} a une date, et n’attend personne`, 'enlevez `wait_for`, ou `at`']
      : [`aucune tâche à attendre avant ${step(id)}`, 'mettez une tâche avant elle, ou enlevez `wait_for`'],
  step_kind: ({ step: id, kinds }) =>
    kinds.length === 0
      ? [`${step(id)} ne fait rien`, `ajoutez ${listed(STEP_KINDS)}`]
      : [`${step(id)} est à la fois ${kinds.map(typed).join(' et ')}`, 'faites-en deux étapes'],
  misplaced_key: ({ key, kind, allowed }) => [
    `une étape ${typed(kind)} n’a pas de ${typed(key)}`,
    `retirez cette clé, ou mettez-la dans une étape ${listed(allowed)}`,
  ],
  unknown_step: ({ kind, step: id, emails, meant }) => {
    const what = {
      itself: `${step(id)} ne peut pas se répondre`,
      no_email: `${step(id)} n’est pas un courriel auquel répondre`,
      later: `${step(id)} ne vient pas avant celle-ci`,
      unknown: `${step(id)} n’existe pas`,
    }
    if (meant) return [what[kind], didYouMean(meant)]
    return [
      what[kind],
      emails.length > 0 ? `répondez à ${listed(emails)}` : t`retirez-la : aucun courriel ne vient avant`,
    ]
  },
  offer_too_short: ({ lasts, wait }) => [
    `l’offre finit après ${lasts}, avant que ne vienne l’étape suivante (${wait})`,
    `faites-la durer plus de ${wait}`,
  ],
  urgency_when: (fault) =>
    fault.kind === 'first'
      ? ['le premier niveau est celui où tout le monde commence', 'retirez son `when`']
      : [
          `${fault.level === undefined ? 'ce niveau' : `le niveau ${quoted(fault.level)}`} n’a pas de \`when\`, donc tout le monde y est aussitôt`,
          'ajoutez `when: { … }`',
        ],
  pace_rises: ({ before }) => [
    `les attentes s’allongent à partir d’ici (\`pace\` valait ${before})`,
    `écrivez ${before} ou moins`,
  ],
  unknown_mailbox: ({ mailbox, known, meant }) => [
    `la boîte d’envoi ${quoted(mailbox)} n’est pas configurée ici`,
    meant
      ? didYouMean(meant)
      : `ajoutez-la à relance.yaml${known.length > 0 ? t`, ou nommez-en une qui l’est : ${known.join(', ')}` : ''}`,
  ],

  unknown_template: ({ template, others, files, meant }) => {
    if (others.length > 0) {
      return [
        `le modèle ${quoted(template)} n’existe que dans d’autres langues (${others.join(', ')})`,
        `ajoutez ${listed(files)}`,
      ]
    }
    return [
      `le modèle ${quoted(template)} n’existe pas`,
      meant ? didYouMean(meant) : `ajoutez ${typed(`templates/${files[0]}`)}`,
    ]
  },
  unused_template: ({ named }) => [
    'aucune étape n’emploie ce modèle',
    named
      ? 'employez-le dans une étape `email`, ou retirez-le'
      : 'appelez-le `NOM.md` ou `NOM.LANGUE.md`, en minuscules',
  ],
  unknown_variable: ({ variable, known, meant }) => [
    `la variable ${quoted(variable)} n’existe pas`,
    meant ? didYouMean(meant) : t`les variables sont ${known.join(', ')}`,
  ],
  variable_without_value: (fault) => {
    const { variable } = fault
    const around = t`entourez-la de ${`\`{% if ${variable} %}…{% endif %}\``}`
    switch (fault.kind) {
      case 'task':
        return [`${variable} n’a pas de valeur dans une tâche`, 'retirez-la']
      case 'no_offer':
        return [
          `${variable} n’a pas de valeur dans ${user(fault.user)}, qui ne fait pas d’offre`,
          `${around}, ou faites-y une offre`,
        ]
      case 'no_objection':
        return [
          `${variable} peut ne pas avoir de valeur dans ${user(fault.user)}, qui ne répond à aucune objection`,
          around,
        ]
    }
  },
  unknown_column: ({ variable, kind, meant }) => {
    const what = {
      list: `la liste n’a pas de colonne pour ${variable}`,
      launched: `aucune liste lancée n’avait de colonne pour ${variable}`,
      slip: t`${variable} n’est pas une variable, sauf pour une liste qui a cette colonne`,
    }[kind]
    const look = t`vérifiez que la liste l’a : ${'`relance check --leads FICHIER`'}`
    return [what, meant ? didYouMean(meant) : kind === 'list' ? 'retirez-la, ou ajoutez la colonne' : look]
  },
  unwritable_rows: ({ rows, ...is }, phrases) => [
    `${'gap' in is ? phrases.gap(is.gap) : phrases.textFault(is.fault)} (cette ligne${rows === 1 ? '' : ` et ${rows - 1} de plus`})`,
    t`corrigez le modèle ou la liste : ces lignes sont refusées (docs/templates.md)`,
  ],
  unwritable_leads: ({ leads, ...is }, phrases) => [
    `${'gap' in is ? phrases.gap(is.gap) : phrases.textFault(is.fault)}, pour ${leads === 1 ? 'une piste ouverte' : `${leads} pistes ouvertes`}`,
    t`corrigez avant de les passer à cette version : leurs courriels attendraient`,
  ],
  unwritable_text: (is, phrases) => [
    phrases.textFault(is),
    t`corrigez-le : il ne partirait pas (docs/templates.md)`,
  ],
  invalid_template: (fault, phrases) => {
    const { message, remedy = 'voyez docs/templates.md' } = phrases.template(fault)
    return [message, remedy]
  },
}

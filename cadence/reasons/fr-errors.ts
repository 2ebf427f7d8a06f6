/**
 * Errors in French: a lead is a piste, a stage a phase, a play a scénario. Phrases, without a full stop, which
 * `errors.ts` makes sentences where they stand alone.
 */
import type {
  AddressFault,
  CliFault,
  FolderFault,
  Gap,
  MappingFault,
  ProcessEnd,
  Wanted,
} from '../error-values.ts'
import { SIGNAL_TYPES } from '../signals.ts'
import type { HoldWord, OutcomeWord, StepKind } from '../words.ts'
import type { ErrorDictionary, ErrorPhrases, ProblemLine } from './error-dictionary.ts'
import { templateFaultFr as template, textFaultFr as textFault } from './fr-template-faults.ts'
import { quoted, t } from './fr-typography.ts'
import { wordsFr } from './fr-words.ts'

const list = (names: readonly string[], none = 'aucune'): string => names.join(', ') || none

/** The names of columns, and how many more there are. */
const columnsOf = ({ columns, more }: { columns: readonly string[]; more: number }): string =>
  `${columns.map(quoted).join(', ')}${more > 0 ? ` et ${more} autres` : ''}`

/** What a field takes. */
function wants(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'one_of':
      return wanted.values.join(', ')
    case 'number':
      return 'un nombre positif ou nul'
    case 'boolean':
      return 'true ou false'
    case 'instant':
      return 'une date comme 2026-12-03, ou une heure comme 2026-12-03T14:00'
    case 'code':
      return t`un code court : lettres, chiffres et ${'. _ : / + -'}`
    case 'text':
      return `un texte de ${wanted.most} caractères au plus`
    case 'topic':
      return `quelques mots, ${wanted.most} caractères au plus`
    case 'line':
      return `une ligne de ${wanted.most} caractères au plus`
    case 'value':
      return 'un nombre, true, false ou un mot court'
  }
}

/** How many problems a message tells; all of them are in `problems`. */
const TOLD = 20

function linesOf(problems: readonly ProblemLine[], remedies = false): string {
  const lines = problems.map(({ file, line, column, message, remedy }) => {
    const text = remedies && remedy !== undefined ? `${message}, ${remedy}` : message
    return file === undefined ? text : `${file}:${line}:${column}  ${text}`
  })
  const more = lines.length > TOLD ? [`et ${lines.length - TOLD} autres`] : []
  return [...lines.slice(0, TOLD), ...more].join('\n')
}

const OUTCOMES: Record<OutcomeWord, string> = {
  won: 'gagnée',
  lost: 'perdue',
  refused_credit: 'crédit refusé',
  opted_out: 'désinscrite',
  unreachable: 'injoignable',
  unresponsive: 'sans réponse',
  erased: 'effacée',
}

/** Why an end is for good. */
const FOR_GOOD: Partial<Record<OutcomeWord, string>> = {
  won: 'un client se lance dans une cadence à part',
  opted_out: 'la personne a demandé qu’on ne lui écrive plus, et personne ne l’a levé',
  erased: 'ses données sont effacées',
}

const KINDS: Record<StepKind, string> = {
  email: 'un courriel',
  task: 'une tâche à faire',
  credit_check: 'un contrôle de crédit',
  notify: 'un avis',
}

const ADDRESS: Record<AddressFault['kind'], (most: number) => string> = {
  control_character: () => 'un saut de ligne ou un caractère de contrôle est dans l’adresse',
  formula: () => 'la cellule contient une formule de tableur',
  quoted: () => t`les adresses entre guillemets ne sont pas admises : les messageries les lisent mal`,
  not_bare: () => 'la cellule ne doit contenir que l’adresse (nom@societe.com)',
  no_at: () => 'il n’y a pas de @',
  several: () => 'la cellule contient plusieurs adresses, ou un @ de trop',
  space: () => 'il y a une espace dans l’adresse',
  nothing_before_at: () => 'il n’y a rien avant le @',
  accents_before_at: () => 'seuls des lettres sans accent, des chiffres et des signes vont avant le @',
  sign_before_at: () => 'un caractère ou un point n’est pas admis à cet endroit avant le @',
  no_domain: () => 'ce qui suit le @ n’est pas un nom de domaine',
  everybodys_domain: () => t`n’importe qui peut avoir une adresse sous ce domaine : nommez des adresses`,
  long_before_at: (most) => `il y a plus de ${most} caractères avant le @`,
  too_long: (most) => `elle dépasse ${most} caractères`,
}

/** What is wrong with an e-mail address. */
const address = (fault: AddressFault): string => ADDRESS[fault.kind]('most' in fault ? fault.most : 0)

function unmappable(fault: MappingFault): string {
  switch (fault.kind) {
    case 'no_json':
      return 'n’est pas du JSON'
    case 'missing':
      return 'est absent'
    case 'limit_missing':
      return t`est absent (le chemin d’un plafond qui peut manquer finit par « ${'?'} »)`
    case 'no_number':
      return 'n’est pas un nombre positif ou nul'
    case 'no_date':
      return 'n’est pas une date comme 2026-12-03 ou 2026-12-03T14:00:00Z'
    case 'impossible_date':
      return 'est une date qui n’existe pas'
    case 'none_of':
      return t`n’est pas une valeur prévue : ${fault.values.join(', ')}`
  }
}

function cli(fault: CliFault): string {
  switch (fault.kind) {
    case 'not_temporal':
      return 'ce n’est pas le programme Temporal'
    case 'too_old':
      return `son serveur est en ${fault.has}, il faut au moins ${fault.needs}`
    case 'failed':
      return fault.says
  }
}

/** How a process ended, as in `le serveur s’est arrêté : signal SIGKILL`. */
function end(how: ProcessEnd): string {
  switch (how.kind) {
    case 'signal':
      return `signal ${how.signal}`
    case 'status':
      return `code de sortie ${how.status}`
    case 'error':
      return how.says
    case 'silent':
      return 'pas de réponse'
  }
}

/** A gap in a cadence's texts, as in `hello.md a besoin de contact.first_name`. */
const gap = ({ text, variables }: Gap): string =>
  `${'template' in text ? text.template : `l’étape ${text.step}`} a besoin de ${variables.join(', ')}`

const MISSING = {
  DATABASE_URL: 'DATABASE_URL (PostgreSQL, partagé avec les autres)',
  TEMPORAL_ADDRESS: 'TEMPORAL_ADDRESS (ou un profil de Temporal)',
}

const FORMATS = {
  zip: 'une archive, ou un classeur d’un autre format que XLSX',
  xls: 'un ancien classeur Excel (.xls), ou un classeur protégé par un mot de passe',
  pdf: 'un PDF',
  gzip: 'un fichier compressé (gzip)',
}

/** Ce qui empêche de se servir d’un dossier, et que faire. */
const FOLDER_FAULT: Record<FolderFault, readonly [string, string]> = {
  not_a_folder: ['n’est pas un dossier', 'Choisissez un autre dossier de données avec RELANCE_HOME.'],
  read_only: [
    'est sur un système de fichiers en lecture seule',
    'Montez-le en écriture, ou choisissez un autre dossier de données avec RELANCE_HOME.',
  ],
  denied: [
    'n’est pas accessible en écriture à cet utilisateur',
    'Lancez Relance sous l’utilisateur à qui est le dossier, ou choisissez-en un autre avec RELANCE_HOME.',
  ],
  full: [
    'est sur un disque plein',
    t`Libérez de la place et relancez : ce qui a été confirmé est gardé, rien n’est perdu.`,
  ],
}
const OPENAPI = 'La référence de l’API est dans /openapi.json.'
const EXPORT_AGAIN = 'exportez de nouveau les pistes, en CSV avec une ligne d’en-tête'
const SAVE_AS_CSV = t`enregistrez la feuille au format « CSV UTF-8 », ou en XLSX sans mot de passe (dans Excel : Fichier, Enregistrer sous), et donnez ce fichier`
const UP = '`relance up`'

export const phrasesFr: ErrorPhrases = { between: t` ; `, template, address, cli, end, gap, textFault }

/** Ce qui fait reprendre une piste que personne n’a mise en pause. */
const GOES_ON: Record<HoldWord, string> = {
  paused: t`Elle reprend d’elle-même : relance explain dit quand.`,
  reply: t`Elle reprend quand la réponse est traitée : relance signal PISTE reply.handled then=resume.`,
  held: t`Le vendeur la garde au calme : relance signal PISTE reply.handled then=resume la laisse reprendre.`,
  account: t`Elle reprend quand la réponse du collègue est traitée.`,
  callback: t`Elle reprend d’elle-même au jour demandé, ou quand une réponse de leur part est traitée.`,
  out_of_office: t`Elle reprend d’elle-même à leur retour, ou quand une réponse de leur part est traitée.`,
}

export const errorsFr: ErrorDictionary = {
  usage: {
    message: (fault) => {
      switch (fault.kind) {
        case 'zone':
          return `--zone ${fault.text} n’est pas un fuseau horaire`
        case 'country':
          return `--country ${fault.text} n’est pas un pays`
        case 'date':
          return `--${fault.option} ${fault.text} n’est pas une date`
        case 'number':
          return `--${fault.option} ${fault.text} n’est pas un nombre de ${fault.least} à ${fault.most}`
        case 'field':
          return `${quoted(fault.text)} n’est pas de la forme champ=valeur`
        case 'map':
          return `--map ${fault.text} n’est pas de la forme champ=Colonne`
        case 'whom_to_reopen':
          return 'il faut une piste, ou --mailbox avec --since, et pas les deux'
        case 'whom':
          return 'on ne sait pas qui mettre en pause'
        case 'file_or_lead':
          return 'il faut un fichier de cadence ou bien --lead, pas les deux'
        case 'leads_or_cadence':
          return 'il faut des pistes ou bien --cadence, pas les deux'
        case 'template_or_all':
          return 'il faut un modèle ou bien --all, pas les deux'
        case 'whose_letters':
          return 'on ne sait pas de qui montrer les lettres'
      }
    },
    remedy: (fault) => {
      switch (fault.kind) {
        case 'zone':
          return 'Écrivez un nom IANA, comme Europe/Paris.'
        case 'country':
          return 'Écrivez son nom ou son code, comme France ou FR.'
        case 'date':
          return 'Écrivez-la comme 2026-12-01 ou 2026-12-01T09:00.'
        case 'number':
          return fault.option === 'speed'
            ? '86400 fait passer un jour par seconde.'
            : `Écrivez un nombre de ${fault.least} à ${fault.most}.`
        case 'field':
          return 'Écrivez les champs comme level=general.'
        case 'map':
          return 'Écrivez par exemple --map email="Adresse pro".'
        case 'whom_to_reopen':
          return 'Écrivez relance reopen PISTE, ou relance reopen --mailbox NOM --since 2026-11-27.'
        case 'whom':
          return 'Nommez une piste, ou --owner, --cadence ou --account.'
        case 'file_or_lead':
          return 'Écrivez relance rehearse FICHIER, ou relance rehearse --lead PISTE.'
        case 'leads_or_cadence':
          return 'Écrivez relance move PISTE, ou relance move --cadence NOM.'
        case 'template_or_all':
          return 'Écrivez relance preview hello --lead PISTE, ou relance preview --all --lead PISTE.'
        case 'whose_letters':
          return t`Nommez une piste vivante par --lead, ou un fichier par --cadence ; de sa liste, quelqu’un par --row ou --lead.`
      }
    },
  },
  not_found: { message: ({ path }) => `le fichier ${path} n’existe pas` },
  not_a_file: { message: ({ path }) => `${path} est un dossier, pas un fichier` },
  no_access: { message: ({ path }) => `${path} ne peut pas être lu ou écrit` },
  goes_in_circles: {
    message: ({ cadence, at }) => `la cadence ${cadence} tourne en rond le ${at}`,
    remedy: t`Une phase ou un scénario recommence dès la fin : donnez une attente aux étapes.`,
  },
  no_inbox: {
    message: t`il n’y a pas de boîte de réception intégrée : les courriels partent par un serveur SMTP`,
    remedy: t`Regardez dans les boîtes elles-mêmes ; ${'`relance show PISTE`'} dit ce qui est parti.`,
  },
  no_cluster: {
    message: ({ verb, missing }) =>
      `relance ${verb} a besoin de ${missing.map((name) => MISSING[name]).join(' et de ')}`,
    remedy: `Renseignez ces variables, ou lancez tout dans un seul processus avec ${UP}.`,
  },
  part_died: {
    message: ({ part, how }) =>
      part === 'worker'
        ? t`le processus qui fait avancer les pistes s’est arrêté : ${end(how)}`
        : t`le serveur Temporal s’est arrêté : ${end(how)}`,
    remedy: ({ log }) => `Le journal est ${log}.`,
  },
  bad_example: {
    message: ({ file }) => `${file} n’est plus tel qu’il était`,
    remedy: '`relance check` dit pourquoi.',
  },
  not_a_demo: {
    message: ({ folder }) => `${folder} n’est pas vide, et aucune démo ne l’a créé`,
    remedy: 'Donnez un dossier vide avec --home.',
  },
  unexpected: {
    message: ({ says }) => t`une erreur inattendue s’est produite : ${says}`,
    remedy: 'C’est un défaut de Relance. RELANCE_DEBUG=1 montre où.',
  },

  not_running: {
    message: ({ at }) => {
      if ('url' in at) return t`Relance n’est pas en marche : rien n’écoute à ${at.url}`
      if ('home' in at) return t`Relance n’est pas en marche : rien n’a été lancé dans ${at.home}`
      return t`Relance n’est pas en marche : ${at.file} ne dit rien d’utilisable`
    },
    remedy: `Lancez Relance avec ${UP}.`,
  },
  no_token: {
    message: 'RELANCE_URL est renseignée, et RELANCE_TOKEN ne l’est pas',
    remedy: 'Donnez à RELANCE_TOKEN le contenu du fichier `token` du dossier de données, là-bas.',
  },
  not_relance: {
    message: ({ status }) => `ce qui répond à cette adresse n’est pas Relance (HTTP ${status})`,
    remedy: `Vérifiez RELANCE_URL, ou lancez Relance avec ${UP}.`,
  },
  connection_lost: {
    message: 'la connexion s’est rompue avant la fin de la réponse',
    remedy: t`Renvoyez la demande : rien n’est fait deux fois.`,
  },

  config_missing: {
    message: ({ file }) => `RELANCE_CONFIG désigne ${file}, qui n’existe pas`,
    remedy: 'Corrigez RELANCE_CONFIG, ou supprimez-la pour continuer sans configuration.',
  },
  config_too_large: {
    message: ({ file, kilobytes }) => `${file} dépasse ${kilobytes} Ko`,
    remedy: t`Une configuration tient en une page : vérifiez que RELANCE_CONFIG désigne le bon fichier.`,
  },
  bad_config: {
    message: (_, problems) => linesOf(problems, true),
    remedy: 'relance.example.yaml montre tout ce qui peut y figurer.',
  },
  mailbox_unknown: {
    message: ({ mailbox }, problems) =>
      problems.length > 0 ? linesOf(problems, true) : `la boîte d’envoi ${mailbox} n’est pas configurée`,
    remedy: ({ known }) =>
      t`Ajoutez-la dans relance.yaml sous mailboxes et redémarrez, ou nommez-en une autre dans la cadence (boîtes configurées : ${list(known)}).`,
  },
  mailbox_without_smtp: {
    message: ({ mailbox }) => `la boîte d’envoi ${mailbox} n’a pas de serveur SMTP`,
    remedy: ({ mailbox }) => `Renseignez mailboxes.${mailbox}.smtp dans relance.yaml, ou SMTP_URL.`,
  },
  mailbox_not_paused: {
    message: ({ mailbox }) => `la boîte d’envoi ${mailbox} n’est pas en pause`,
    remedy: '`relance mailboxes` montre celles qui le sont.',
  },
  mailbox_unreal: {
    message: ({ mailboxes }) =>
      mailboxes.length === 0
        ? 'des courriels partiraient par un vrai serveur sous une adresse de relance.example, que personne n’a'
        : t`${list(mailboxes)} : l’adresse de l’expéditeur finit par .example, et un vrai serveur doit l’envoyer`,
    remedy:
      'Donnez les vrais expéditeurs sous mailboxes dans relance.yaml (relance.example.yaml montre comment).',
  },
  smtp_url_invalid: {
    message: ({ setting }) => `${setting} n’est pas l’adresse d’un serveur de messagerie`,
    remedy: 'Écrivez-la sous la forme smtp://user:password@host:587, ou smtps:// pour le port 465.',
  },
  no_smtp: {
    message: 'aucun serveur SMTP n’est configuré pour envoyer les courriels',
    remedy: 'Renseignez SMTP_URL, ou donnez un smtp à chaque boîte d’envoi de relance.yaml.',
  },
  bank_needs_up: {
    message: ({ provider }) => `credit.${provider} est une banque locale, que seul ${UP} fait tourner`,
    remedy: 'Pour une grappe, configurez un autre type dans relance.yaml.',
  },
  data_folder_in_use: {
    message: ({ folder, pid }) =>
      `${folder} est utilisé par ${pid === undefined ? 'un processus' : `le processus ${pid}`}`,
    remedy: 'Arrêtez ce processus, ou choisissez un autre dossier de données avec RELANCE_HOME.',
  },
  data_folder_unusable: {
    message: ({ folder, fault }) => t`${folder} ${FOLDER_FAULT[fault][0]}`,
    remedy: ({ fault }) => FOLDER_FAULT[fault][1],
  },
  data_folder_foreign: {
    message: ({ path }) => `${path} existe, et n’est pas la base de données d’un Relance`,
    remedy:
      'Choisissez un autre dossier de données avec RELANCE_HOME, ou déplacez-le. Rien n’y a été touché.',
  },
  database_damaged: {
    message: ({ folder, missing, says }) =>
      t`la base de données dans ${folder} est endommagée : ${missing.length > 0 ? `il manque ${missing.join(', ')}` : (says ?? '')}`,
    remedy: t`Elle est laissée telle quelle. Gardez une copie de tout le dossier de données, et remettez la dernière sauvegarde à sa place ; elle ne sait rien de ce qui a été envoyé depuis.`,
  },
  disk_full: {
    message: 'le disque de la base de données est plein, rien de tout cela n’a été écrit',
    remedy: 'Libérez-y de la place, et demandez de nouveau.',
  },
  database_unreachable: {
    message: ({ says }) => t`PostgreSQL ne répond pas : ${says}`,
    remedy: 'Vérifiez DATABASE_URL, ou supprimez-la pour utiliser la base du dossier de données.',
  },
  database_too_new: {
    message: ({ n, name }) => `un Relance plus récent a modifié la base (${n}, ${name})`,
    remedy: 'Utilisez cette version, ou une base à part.',
  },
  format_too_new: {
    message: ({ format, known }) =>
      `les données sont au format ${format}, et ce Relance ne connaît que le ${known}`,
    remedy: t`Un Relance plus récent les a écrites : mettez celui-ci à la même version.`,
  },
  port_taken: {
    message: ({ host, port }) => `le port ${port} de ${host} est déjà pris`,
    remedy: 'Arrêtez ce qui y écoute, ou choisissez-en un autre dans relance.yaml sous api.port.',
  },
  host_unusable: {
    message: ({ host, port, says }) => `impossible d’écouter à ${host}:${port} (${says})`,
    remedy: 'Corrigez api.host et api.port dans relance.yaml.',
  },
  temporal_missing: {
    message: ({ path, fault }) =>
      path === undefined
        ? 'le programme Temporal n’est pas sur cette machine, et n’a pu être ni téléchargé ni compilé'
        : `TEMPORAL_CLI désigne ${path}, qui est inutilisable${fault ? t` : ${cli(fault)}` : ''}`,
    remedy: t`Installez le programme Temporal (${'https://docs.temporal.io/cli'}), ou pip (Python), ou Go, ou donnez à TEMPORAL_CLI le chemin d’un programme Temporal, ou à TEMPORAL_ADDRESS l’adresse d’un serveur Temporal en marche.`,
  },
  temporal_config: {
    message: (of) => {
      if ('file' in of) return `TEMPORAL_CONFIG_FILE désigne ${of.file}, qui n’existe pas`
      if ('profile' in of) return `le profil Temporal ${of.profile} n’a pas d’adresse`
      return t`la configuration de Temporal est inutilisable : ${of.says}`
    },
    remedy: t`Corrigez TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE ou le fichier, ou renseignez TEMPORAL_ADDRESS ; sans aucune d’elles, Relance lance son propre serveur Temporal.`,
  },
  temporal_unreachable: {
    message: ({ address, says }) => t`Temporal ne répond pas à ${address} : ${says}`,
    remedy: t`Vérifiez TEMPORAL_ADDRESS, ou supprimez-la : Relance lance alors son propre serveur Temporal.`,
  },
  temporal_not_started: {
    message: ({ problem, tail }) =>
      [t`le serveur Temporal n’a pas démarré : ${end(problem)}`, tail].filter(Boolean).join('\n'),
    remedy: ({ log }) => `Son journal est ${log}.`,
  },
  temporal_damaged: {
    message: ({ file, says }) => t`le fichier de Temporal ${file} est endommagé : ${says}`,
    remedy: ({ log }) =>
      `Il est laissé tel quel, comme la base de données, qui a toutes les pistes et tous les signaux. Son journal est ${log}.`,
  },
  temporal_older: {
    message: ({ path, has, folder, wrote }) =>
      t`le serveur Temporal ${wrote} a écrit ${folder} ; ${path} est plus ancien (${has}) et ne peut pas continuer`,
    remedy: ({ wrote }) =>
      `Donnez à TEMPORAL_CLI le chemin d’un programme Temporal dont le serveur est le ${wrote} ou plus récent, ou choisissez un autre dossier de données avec RELANCE_HOME.`,
  },
  port_in_use: {
    message: ({ host, port }) =>
      `le port ${port} de ${host}, demandé pour Temporal, est pris par un autre programme`,
    remedy: 'Arrêtez ce programme, ou choisissez un autre port.',
  },
  temporal_left_behind: {
    message: ({ pid, folder }) => `le processus ${pid} utilise encore ${folder} et ne peut pas être arrêté`,
    remedy: t`Appartient-il à un autre utilisateur ? Arrêtez-le, puis relancez Relance.`,
  },
  namespace_missing: {
    message: ({ namespace }) => `Temporal n’a pas d’espace de noms ${namespace}`,
    remedy: ({ namespace }) => t`Créez-le : ${`temporal operator namespace create --namespace ${namespace}`}`,
  },
  search_attribute_type: {
    message: ({ namespace, names }) =>
      `dans l’espace de noms ${namespace}, ${names.join(', ')} n’est pas du type Keyword`,
    remedy: 'Supprimez ces attributs de recherche, ou donnez à Relance un espace de noms à part.',
  },

  unauthorized: {
    message: ({ given }) => (given ? 'le jeton n’est pas le bon' : 'la requête ne porte pas de jeton'),
    remedy: t`Envoyez ${'"Authorization: Bearer JETON"'} ; le jeton est dans le fichier ${'`token`'} du dossier de données.`,
  },
  host_refused: {
    message: ({ host }) => `ce serveur ne répond pas pour l’hôte ${host}`,
    remedy: 'Utilisez http://127.0.0.1, ou nommez l’hôte dans relance.yaml sous api.host.',
  },
  origin_refused: {
    message: ({ origin }) => `ce serveur ne fait rien pour les pages de ${origin}`,
    remedy: 'Interrogez-le depuis un programme, pas depuis une page dans un navigateur.',
  },
  too_large: {
    message: ({ megabytes }) => `la requête dépasse ${megabytes} Mo`,
    remedy: 'Envoyez-la en plusieurs fois.',
  },
  unsupported_media_type: {
    message: 'le corps de la requête est d’un type qui n’est pas accepté ici',
    remedy: OPENAPI,
  },
  bad_request: {
    message: ({ says }) => `la requête n’a pas pu être lue${says ? ` (${says})` : ''}`,
    remedy: OPENAPI,
  },
  invalid_request: {
    message: (_, problems) =>
      t`la requête n’est pas valable : ${problems.map(({ message }) => message).join(phrasesFr.between)}`,
    remedy: OPENAPI,
  },
  no_file: {
    message: ({ field }) => `le formulaire n’a pas de fichier dans son champ \`${field}\``,
    remedy: OPENAPI,
  },
  no_such_route: {
    message: ({ method, path }) => `${method} ${path} n’existe pas`,
    remedy: OPENAPI,
  },
  method_not_allowed: {
    message: ({ method, path, allowed }) => `${path} accepte ${allowed.join(', ')}, pas ${method}`,
    remedy: OPENAPI,
  },
  internal: {
    message: ({ reference }) => `quelque chose d’inattendu s’est produit ici (référence ${reference})`,
    remedy: t`Cherchez cette référence dans le journal de Relance ; la requête peut être renvoyée.`,
  },

  lead_unknown: {
    message: ({ lead }) =>
      lead.includes('@') ? `aucune piste n’a l’adresse ${lead}` : `aucune piste n’a l’identifiant ${lead}`,
    remedy: '`relance leads` en donne la liste.',
  },
  lead_ended: {
    message: ({ outcome }) => t`la piste est terminée : ${OUTCOMES[outcome]}`,
    remedy: ({ outcome }) => FOR_GOOD[outcome] ?? '`relance reopen` la fait reprendre.',
  },
  ended_for_good: {
    message: ({ outcome }) =>
      t`la piste est terminée (${OUTCOMES[outcome]}) : ${FOR_GOOD[outcome] ?? 'définitivement'}`,
    remedy: ({ outcome }) =>
      outcome === 'opted_out'
        ? t`Si la personne revient sur son refus : ${'`relance suppressions lift ADRESSE --reason …`'}, puis rouvrez-la.`
        : 'Elle ne peut pas être rouverte.',
  },
  not_paused: {
    message: ({ hold }) =>
      `la piste n’est pas en pause${hold === undefined ? '' : t` ; elle est en attente : ${wordsFr.hold[hold]}`}`,
    remedy: ({ hold }) => GOES_ON[hold ?? 'paused'],
  },
  not_ended: { message: 'la piste n’est pas terminée', remedy: 'Il n’y a rien à rouvrir.' },
  suppressed: {
    message: 'on ne doit plus écrire à cette adresse',
    remedy: t`Une autre personne de la société peut être lancée ; ou ${'`relance suppressions lift ADRESSE --reason …`'}, si la personne revient sur son refus.`,
  },
  already_open: {
    message: ({ lead }) => `la piste ouverte ${lead} a une adresse de ses contacts`,
    remedy: ({ lead }) => `Abandonnez d’abord ${lead}, ou continuez avec elle.`,
  },
  not_started: {
    message: 'le suivi de la piste n’a pas encore commencé',
    remedy: t`Il commence dès que Temporal est joignable : réessayez dans un instant.`,
  },
  lead_not_running: {
    message: 'le suivi de la piste n’est pas en marche',
    remedy: '`relance show PISTE` dit où elle en est.',
  },
  no_worker: {
    message: 'la piste n’a pas répondu à temps',
    remedy: t`Un processus fait-il avancer les pistes ? ${UP} ou ${'`relance worker`'} en lance un.`,
  },
  temporal_away: {
    message: 'Temporal ne répond pas',
    remedy: t`Rien n’est perdu : réessayez quand il sera revenu.`,
  },
  bad_outcome: {
    message: ({ outcome }) => `une piste ne peut pas se terminer par ${outcome}`,
    remedy: t`Les issues sont ${Object.keys(OUTCOMES).join(', ')}.`,
  },
  bad_plan: {
    message: 'une piste ne passe qu’à une version publiée d’une cadence',
    remedy: t`Publiez-la d’abord : relance publish FICHIER.`,
  },
  move_refused: {
    message: ({ lead, version, repeats, skips }) => {
      const faults = [
        repeats.length > 0 && `referait ce qui est fait (${repeats.join(', ')})`,
        skips.length > 0 && `laisserait de côté ce qui devait venir (${skips.join(', ')})`,
      ]
      return `à la version ${version}, ${lead} ${faults.filter(Boolean).join(' et ')}`
    },
    remedy: t`Rendez à ces étapes leurs identifiants, ou passez outre : relance move PISTE --anyway.`,
  },
  refused: {
    message: ({ says }) => t`le suivi de la piste a refusé : ${says}`,
    remedy: t`Le processus qui fait avancer les pistes est peut-être plus récent : mettez tout à la même version.`,
  },

  cadence_unknown: {
    message: ({ cadence, version }) =>
      version === undefined
        ? `la cadence ${cadence} n’existe pas`
        : `la cadence ${cadence} n’a pas de version ${version}`,
    remedy: t`Publiez-la d’abord : relance publish FICHIER.`,
  },
  cadence_invalid: {
    message: (_, problems) =>
      linesOf(
        problems.filter(({ severity }) => severity === 'error'),
        true,
      ),
    remedy: '`relance check FICHIER` dit ce qui serait juste.',
  },
  template_unknown: {
    message: ({ cadence, template }) => `la cadence ${cadence} n’a pas de lettre ${quoted(template)}`,
    remedy: ({ known, meant }) =>
      meant === undefined ? `ses lettres sont ${known.join(', ')}` : t`vouliez-vous dire ${meant} ?`,
  },
  invalid_template: {
    message: ({ file, line, column, fault }) => `${file}:${line}:${column}  ${template(fault).message}`,
    remedy: ({ fault }) => template(fault).remedy ?? 'voyez docs/templates.md',
  },
  variable_without_value: {
    message: ({ file, line, column, variable }) =>
      `${file}:${line}:${column}  ${variable === undefined ? 'il n’y a rien à écrire ici' : `${variable} n’a pas de valeur`}`,
    remedy: t`remplissez-la, ou donnez-en une autre : ${"{{ nom | default: '…' }}"} ou ${'{% if nom %}…{% endif %}'}`,
  },
  link_without_address: {
    message: 'un lien commence par une valeur qui n’est pas une adresse web',
    remedy: 'donnez-en une qui commence par https://',
  },

  unknown_signal: {
    message: ({ type }) => `aucun signal ne s’appelle ${quoted(type)}`,
    remedy: ({ meant }) =>
      meant === undefined
        ? `les types sont ${SIGNAL_TYPES.join(', ')}`
        : t`vouliez-vous dire ${meant} ? Les types sont ${SIGNAL_TYPES.join(', ')}`,
  },
  own_signal: {
    message: ({ type }) => `${type} n’est émis que par Relance`,
    remedy: t`Envoyez ce qui est arrivé à l’autre piste : il découle de reply.received et de reply.handled.`,
  },
  unknown_field: {
    message: ({ type, field }) => `${type} n’a pas de champ ${quoted(field)}`,
    remedy: ({ known, meant }) => {
      if (meant !== undefined) return t`vouliez-vous dire ${meant} ?`
      return known.length > 0 ? `ses champs sont ${known.join(', ')}` : 'il n’en a aucun'
    },
  },
  missing_field: {
    message: ({ type, field }) => `il manque ${field} à ${type}`,
    remedy: ({ field, wanted }) => `ajoutez ${field} (${wants(wanted)})`,
  },
  invalid_field: {
    message: ({ field, value }) => `${field} ne peut pas valoir ${value}`,
    remedy: ({ wanted, meant }) =>
      meant === undefined
        ? `écrivez ${wants(wanted)}`
        : t`écrivez ${meant} ; les valeurs sont ${wants(wanted)}`,
  },
  signal_in_the_future: {
    message: ({ at }) => `${at} n’est pas encore arrivé`,
    remedy: ({ now }) => t`Ici, il est ${now} ; pour maintenant, ne donnez pas d’heure.`,
  },
  signal_conflict: {
    message: ({ id, before, now }) =>
      before === now
        ? `l’identifiant ${id} a déjà servi, pour un autre ${before}`
        : `l’identifiant ${id} a déjà servi, pour ${before}`,
    remedy: t`Un identifiant vaut pour une seule chose : envoyez ce qui est nouveau avec le sien.`,
  },
  not_suppressed: {
    message: ({ entry, domain }) =>
      domain === undefined
        ? `${entry} n’est pas sur la liste d’opposition`
        : `${entry} n’est pas elle-même sur la liste d’opposition, mais son domaine ${domain} y est`,
    remedy: ({ domain }) =>
      domain === undefined
        ? t`${'`relance suppressions`'} montre ce qui y est.`
        : t`Pour écrire de nouveau à toutes ses adresses : ${`\`relance suppressions lift ${domain} --reason …\``}.`,
  },
  contact_unknown: {
    message: ({ contact }) => `la piste n’a pas de contact ${contact}`,
    remedy: ({ known }) =>
      t`Elle a ${list(known, 'aucun contact')} ; quelqu’un de nouveau se présente par contact.identified, avec son adresse.`,
  },
  invalid_email: {
    message: ({ fault }) => t`email : ${address(fault)}`,
    remedy: 'écrivez une adresse comme nom@societe.com',
  },
  address_taken: {
    message: ({ lead, cadence, contact }) =>
      `c’est l’adresse ${contact === 'main' ? `de la piste ouverte ${lead}` : `d’un contact de la piste ouverte ${lead}`}, de la cadence ${cadence}`,
    remedy: ({ lead }) =>
      t`Une adresse est à une seule personne : continuez avec cette piste (${`\`relance show ${lead}\``}), ou abandonnez-la ou corrigez son adresse d’abord.`,
  },
  self_referral: {
    message: 'la personne s’est recommandée elle-même',
    remedy: 'Envoyez l’adresse de la personne qu’elle recommande.',
  },
  unfillable_template: {
    message: ({ cadence, gaps }) => t`${cadence} : ${gaps.map(gap).join(phrasesFr.between)}`,
    remedy: 'Renvoyez-la avec ce qui manque, ou nommez une autre cadence.',
  },

  unwritable_text: {
    message: ({ cadence, faults }) => t`${cadence} : ${faults.map(textFault).join(phrasesFr.between)}`,
    remedy:
      'Corrigez les modèles et publiez-les, envoyez d’autres valeurs, ou nommez une autre cadence (docs/templates.md).',
  },

  task_unknown: {
    message: ({ task }) => `la tâche ${task} n’existe pas`,
    remedy: '`relance tasks` en donne la liste.',
  },
  no_form: {
    message: ({ task, kind }) => `la tâche ${task} est ${KINDS[kind]}, qui n’a pas de formulaire`,
    remedy: t`Dites qu’elle est faite : ${'POST /v1/tasks/{task}/done'}, ou ${'`relance done TÂCHE`'}.`,
  },
  task_answered: {
    message: ({ task, before }) =>
      `la tâche ${task} a déjà une réponse${before === undefined ? '' : t` : ${before}`}`,
    remedy: ({ lead, now }) =>
      now === 'task.done'
        ? '`relance tasks` liste ce qui est à faire maintenant.'
        : t`Si cela a changé, dites-le par un signal : ${`relance signal ${lead} ${now} …`}`,
  },
  hook_refused: {
    message: ({ provider }) =>
      t`organisme de crédit ${provider} : inconnu ici, ou le secret n’est pas le bon`,
    remedy: 'relance.yaml dit sous credit.NOM.webhook quel en-tête porte quoi.',
  },
  credit_unmappable: {
    message: ({ path = 'le corps', fault }) => `${path} ${unmappable(fault)}`,
    remedy: 'La correspondance est dans relance.yaml sous credit.',
  },
  credit_request_unwritable: {
    message: ({ provider }) => `la demande de credit.${provider} ne peut pas être écrite`,
    remedy: 'Voyez sa demande dans relance.yaml, et ce que l’on sait de la piste.',
  },
  credit_reference_unknown: {
    message: 'aucun contrôle de crédit n’a cette référence',
    remedy: 'Envoyez la référence qui était dans la demande.',
  },
  credit_company_unknown: {
    message: 'aucun contrôle de crédit n’a porté sur cette société',
    remedy: 'relance.yaml dit sous credit comment l’organisme désigne une société (`company`).',
  },

  unknown_zone: {
    message: ({ zone }) => `${quoted(zone)} n’est pas un fuseau horaire`,
    remedy: 'Il faut un nom IANA, comme Europe/Paris.',
  },
  window_never_opens: {
    message: ({ zone, within }) => `la plage d’envoi n’a aucun jour ouvert à ${zone} en ${within} jours`,
    remedy: ({ days, from, to }) =>
      t`Ses jours sont [${days.join()}], de la minute ${from} à la minute ${to} : donnez-lui un jour qui ne soit pas férié, et des heures qui finissent après avoir commencé.`,
  },
  no_slot: {
    message: 'la boîte d’envoi n’a aucun créneau libre dans la plage d’envoi avant dix ans',
    remedy: ({ spacing }) =>
      t`Ses créneaux sont espacés de ${spacing / 1000} s : élargissez la plage, ou rapprochez les courriels.`,
  },

  csv_empty: { message: 'le fichier est vide', remedy: EXPORT_AGAIN },
  csv_spreadsheet: {
    message: ({ format }) => `le fichier est ${FORMATS[format]}, et non un CSV ou un XLSX`,
    remedy: SAVE_AS_CSV,
  },
  csv_binary: { message: 'le fichier n’est pas du texte', remedy: SAVE_AS_CSV },
  csv_not_csv: { message: 'le fichier est du HTML, du XML ou du JSON, pas du CSV', remedy: EXPORT_AGAIN },
  encoding_unknown: {
    message: ({ encoding }) => `l’encodage ${quoted(encoding)} n’existe pas`,
    remedy: ({ known }) => `donnez-en un, par exemple ${known.join(', ')}`,
  },
  encoding_unclear: {
    message: ({ readings }) =>
      t`l’encodage du fichier n’est pas clair${readings.length > 0 ? t` : ${readings.map(({ encoding, sample }) => `${encoding} lirait ${quoted(sample)}`).join(', ')}` : ''}`,
    remedy: ({ readings }) =>
      `précisez-le avec --encoding ${readings[0]?.encoding ?? 'windows-1252'}, ou enregistrez le fichier en UTF-8`,
  },
  csv_no_header: {
    message: 'la première ligne contient une piste, pas les noms des colonnes',
    remedy: t`ajoutez une ligne d’en-tête, par exemple : ${'email,first_name,last_name,company'}`,
  },
  csv_duplicate_columns: {
    message: (of) => t`deux colonnes ont le même nom : ${columnsOf(of)}`,
    remedy: 'renommez-en une, ou supprimez-la',
  },
  csv_no_email_column: {
    message: 'aucune colonne ne semble contenir d’adresses de courriel',
    remedy: (of) => t`nommez-la avec ${'--map "email=COLONNE"'} ; les colonnes sont ${columnsOf(of)}`,
  },
  workbook_broken: {
    message: ({ says }) => t`le classeur est illisible : ${says}`,
    remedy: t`ouvrez-le dans un tableur, enregistrez-le de nouveau en XLSX, ou au format « CSV UTF-8 », et donnez ce fichier`,
  },
  workbook_too_large: {
    message: ({ kind, most }) =>
      ({
        memory: t`il faut plus de ${most} Mo de mémoire pour lire le classeur`,
        time: t`il faut plus de ${most} s pour lire le classeur`,
        size: t`la feuille du classeur contient plus de ${most} Mo de texte`,
      })[kind],
    remedy: t`enregistrez la feuille au format « CSV UTF-8 », ou ses parties dans plusieurs classeurs`,
  },
  sheet_unknown: {
    message: ({ sheet, sheets }) =>
      sheets.length === 0
        ? t`le fichier n’a pas de feuille ${quoted(sheet)} : ce n’est pas un classeur`
        : `la feuille ${quoted(sheet)} n’existe pas`,
    remedy: ({ meant, sheets }) =>
      sheets.length === 0
        ? 'retirez --sheet'
        : meant === undefined
          ? `les feuilles sont ${sheets.map(quoted).join(', ')}`
          : t`vouliez-vous dire ${quoted(meant)} ? Les feuilles sont ${sheets.map(quoted).join(', ')}`,
  },
  sheet_unclear: {
    message: ({ sheets }) => t`plusieurs feuilles peuvent être la liste : ${sheets.map(quoted).join(', ')}`,
    remedy: ({ sheets }) => `dites laquelle, avec --sheet "${sheets[0] ?? ''}"`,
  },
  csv_unknown_column: {
    message: ({ column }) => `la colonne ${quoted(column)} n’existe pas`,
    remedy: ({ meant, ...of }) =>
      meant === undefined
        ? `les colonnes sont ${columnsOf(of)}`
        : t`vouliez-vous dire ${quoted(meant)} ? Les colonnes sont ${columnsOf(of)}`,
  },
  csv_quote_not_closed: {
    message: ({ row }) => `un guillemet ouvert à la ligne ${row} n’est jamais fermé`,
    remedy: ({ row }) => `fermez-le, ou doublez les guillemets dans les cellules de la ligne ${row} ("")`,
  },
  csv_record_too_long: {
    message: ({ row, most }) =>
      t`la ligne ${row} dépasse ${most} caractères : ce n’est pas un tableau de pistes, ou un guillemet n’est pas fermé`,
    remedy: EXPORT_AGAIN,
  },
  csv_malformed: {
    message: ({ row }) => `la ligne ${row} ne se lit pas comme du CSV`,
    remedy: EXPORT_AGAIN,
  },
  not_in_list: {
    message: ({ file, ...who }) =>
      `${file} n’a pas de piste ${'row' in who ? `à la ligne ${who.row}` : `à l’adresse ${who.lead}`}`,
    remedy: t`Les lignes se comptent comme dans un tableur, en-tête compris ; un lancement avec --dry-run dit lesquelles il refuse.`,
  },
  map_invalid: {
    message: (fault) => {
      switch (fault.kind) {
        case 'no_pair':
          return `${quoted(fault.text)} n’est pas une correspondance`
        case 'twice':
          return `${quoted(fault.name)} a deux correspondances`
        case 'whole_or_last':
          return `${quoted(fault.name)} peut être un nom de famille ou un nom complet`
        case 'no_name':
          return `${quoted(fault.name)} ne peut pas nommer un champ`
        case 'slip':
          return t`${quoted(fault.name)} n’est pas un champ ; ${fault.meant} en est un`
      }
    },
    remedy: (fault) => {
      switch (fault.kind) {
        case 'no_pair':
          return t`écrivez champ=Colonne, par exemple : ${'--map "email=Adresse mail"'}`
        case 'twice':
          return 'une seule correspondance par champ'
        case 'whole_or_last':
          return 'écrivez last_name ou full_name'
        case 'no_name':
          return 'commencez-le par une lettre'
        case 'slip':
          return t`les champs sont ${fault.fields.join(', ')} ; tout autre nom fait un champ à vous`
      }
    },
  },
}

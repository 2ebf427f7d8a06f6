/** What makes a file unreadable, or a key or a value of it wrong, in French. Keys and values to be typed stand between backticks. */
import type { FileProblems, TypeFault, ValueFault } from '../problem-values.ts'
import {
  countryName,
  didYouMean,
  listed,
  NOUNS,
  shown,
  size,
  subject,
  typed,
  wantedType,
} from './fr-problem-words.ts'
import { quoted, t } from './fr-typography.ts'
import { yamlFr } from './fr-yaml.ts'
import type { Texts, Told } from './problem-dictionary.ts'

function wrongType(fault: TypeFault): Told {
  switch (fault.kind) {
    case 'wait_for':
      return ['`wait_for` dit ce que l’étape attend', 'écrivez `done` ou `{ done: true, patience: 2bd }`']
    case 'otherwise':
      return ['`otherwise` dit où va la piste', 'écrivez `nurture` ou `{ end: unresponsive, after: 7d }`']
    case 'fact_test':
      return ['un fait se compare à une valeur', 'écrivez 120, `true`, un mot, ou `{ at_least: 100 }`']
    case 'signal':
      return [`un signal ne peut pas être ${shown(fault.value)}`, 'écrivez `{ at: +9d, type: demo.held }`']
    case 'value':
      return [
        `${subject(fault.subject)} ne peut pas être ${shown(fault.value)}`,
        `écrivez ${wantedType(fault.wanted)}`,
      ]
  }
}

function wrongValue(fault: ValueFault): Told {
  const isnt = (what: string): string =>
    `${what} ne peut pas être ${'value' in fault ? shown(fault.value) : ''}`
  switch (fault.kind) {
    case 'one_of': {
      const { meant, words } = fault
      const others = words.filter((word) => word !== meant)
      const also = others.length > 0 ? ` (ou ${listed(others)})` : ''
      return [
        isnt(subject(fault.subject)),
        meant ? `écrivez ${typed(meant)}${also}` : `écrivez ${listed(words)}`,
      ]
    }
    case 'at_least':
      return [isnt(subject(fault.subject)), `écrivez au moins ${fault.bound}`]
    case 'more_than':
      return [isnt(subject(fault.subject)), `écrivez plus de ${fault.bound}`]
    case 'at_most':
      return [isnt(subject(fault.subject)), `écrivez au plus ${fault.bound}`]
    case 'no_items':
      return [`${subject(fault.subject)} est vide`, 'mettez-y au moins un élément']
    case 'no_words':
      return ['le texte est vide', 'écrivez quelques mots']
    case 'no_condition':
      return ['une condition qui ne demande rien est toujours remplie', 'dites ce qu’il faut']
    case 'moment':
      return [isnt(typed('at')), 'écrivez `+9d` (depuis le début), `2026-12-03` ou `2026-12-03T14:00`']
    case 'seen_before':
      return ['il est arrivé avant d’avoir eu lieu', 'écrivez un `seen` qui n’est pas avant `at`']
    case 'id':
      return [isnt(typed('id')), 'écrivez un mot court, comme `crm-8841`']
    case 'contact':
      return [isnt(typed('contact')), 'écrivez `main`, ou un nom à vous comme `hugo`']
    case 'other':
      return [isnt(subject(fault.subject)), 'voyez le schéma']
  }
}

const SAVE = 'enregistrez-le en UTF-8'

export const fileProblemsFr: Texts<FileProblems> = {
  not_text: ({ utf16 }) => {
    if (utf16 === 'surely') return ['le fichier est en UTF-16', SAVE]
    return [`le fichier n’est pas du texte en UTF-8${utf16 ? ' (il est peut-être en UTF-16)' : ''}`, SAVE]
  },
  too_big: ({ bytes, most }) => [
    `le fichier fait ${size(bytes)}`,
    `il ne doit pas dépasser ${Math.floor(most / 1024)} Ko`,
  ],
  unreadable_file: (fault) => {
    switch (fault.kind) {
      case 'not_a_file':
        return [`${fault.name} n’est pas un fichier`, 'nommez un fichier']
      case 'missing':
        return ['ce fichier n’existe pas', 'vérifiez son nom et son dossier']
      case 'error':
        return [`le fichier ne peut pas être lu (${fault.says})`, 'vérifiez qui a le droit de le lire']
    }
  },
  yaml_syntax: ({ error }) => yamlFr(error),
  yaml_version: ['Relance lit YAML 1.2', 'retirez la ligne `%YAML`'],
  yaml_tag: ({ tag }) => [t`balise inconnue : ${tag}`, 'retirez la balise en `!`'],
  yaml_merge: ['les clés de fusion (<<) ne sont pas lues', 'écrivez les clés elles-mêmes'],
  yaml_alias: ({ name, fault }) => [
    fault === 'unknown' ? `il n’y a pas d’ancre &${name} avant ceci` : `*${name} se contient soi-même`,
    'écrivez la valeur elle-même',
  ],
  tab: ['le retrait ne se fait pas avec des tabulations', 'mettez des espaces'],
  several_documents: ['un second document commence ici', 'une cadence par fichier, sans second `---`'],
  too_deep: ({ most }) => ['l’imbrication est trop profonde', `${most} niveaux au plus`],
  too_many_values: ({ most }) => [
    `le fichier dit plus de ${most} choses, une fois les alias développés`,
    'employez moins d’alias',
  ],
  wrong_key: [
    'une clé doit être un simple mot',
    t`mettez entre guillemets les textes où il y a ${'{{ }}'} ou ${'[ ]'}`,
  ],
  duplicate_key: ({ key }) => [`la clé ${quoted(key)} est là deux fois`, 'gardez-en une'],
  too_many_problems: ['à partir d’ici, il y a d’autres problèmes', 'corrigez d’abord ceux du dessus'],

  not_a_mapping: ({ empty }) => [
    empty ? 'le fichier est vide' : 'le fichier n’est pas un ensemble de clés',
    'commencez par `cadence: NOM`',
  ],
  not_a_list: ['le fichier n’est pas une liste', 'commencez par `- { at: +9d, type: demo.held }`'],
  unknown_key: ({ noun, key, known, meant }) => [
    noun ? `${NOUNS[noun]} n’a pas de clé ${quoted(key)}` : `la clé ${quoted(key)} n’existe pas ici`,
    meant ? didYouMean(meant) : `les clés sont ${listed(known, 'et')}`,
  ],
  missing_key: ({ subject: of, add }) => [`il manque ${subject(of)}`, `ajoutez ${typed(add)}`],
  wrong_type: wrongType,
  wrong_value: wrongValue,

  impossible_wait: (fault) => {
    const text = quoted(fault.text)
    switch (fault.kind) {
      case 'no_wait':
        return [
          `${text} n’est pas une attente`,
          fault.meant
            ? `écrivez ${typed(fault.meant)}`
            : 'écrivez `30m`, `4h`, `4bh` (heures ouvrées), `3d` (jours), `3bd` (jours ouvrés), `2w` (semaines), `6mo` (mois) ou `2y` (ans)',
        ]
      case 'too_long':
        return [`${text} dépasse dix ans`, 'écrivez dix ans (`10y`) au plus']
      case 'none':
        return [`${text} est une durée nulle`, 'écrivez au moins `1h`']
    }
  },
  no_business_days: ({ text, instead }) => [
    `${quoted(text)} compte du temps ouvré, et il n’y a pas de calendrier ici pour le compter`,
    `écrivez ${typed(instead)}`,
  ],
  window_never_opens: (fault) => {
    if (fault.kind === 'no_days') return ['la plage d’envoi n’a aucun jour', 'écrivez `mon-fri`']
    return [
      `la plage d’envoi ${fault.window} finit quand elle commence`,
      'écrivez `"00:00-24:00"` pour la journée',
    ]
  },
  wrong_moment: ({ text }) => [
    `${quoted(text)} n’est pas un moment lié à une date`,
    'écrivez `"offer ends - 9d"`, `"demo - 1d 09:00"`, `"credit ends - 14d"`, `2027-03-01` ou `"fact renewal - 30d"`',
  ],
  wrong_days: ({ text }) => [
    `${quoted(text)} ne désigne pas de jours`,
    'écrivez `mon-fri`, `mon,wed,fri` ou `business`',
  ],
  wrong_hours: ({ text }) => [`${quoted(text)} ne désigne pas d’heures`, 'écrivez `"09:00-17:30"`'],
  wrong_closed: ({ text }) => [
    `${quoted(text)} ne désigne pas de jours`,
    'écrivez `2026-12-24` ou `2026-12-28..2026-12-31`',
  ],
  wrong_limit: ({ kind, text }) =>
    kind === 'limit'
      ? [`${quoted(text)} n’est pas une limite`, 'écrivez `2 per week` ou `4 per 10d`']
      : [`${quoted(text)} n’est pas une durée`, 'écrivez `per day`, `week`, `month` ou `10d`'],
  limit_of_none: ({ text, stretch }) => [
    `${quoted(text)} ne laisse partir aucun courriel`,
    `écrivez au moins ${typed(`1 per ${stretch}`)}`,
  ],
  wrong_name: ({ of, text, meant }) =>
    of === 'fact'
      ? [`${quoted(text)} ne peut pas nommer un fait`, 'prenez des lettres, des chiffres, - et _, 64 au plus']
      : [
          `${quoted(text)} ne peut pas être un nom`,
          meant
            ? `écrivez ${typed(meant)}`
            : 'prenez des minuscules sans accent, des chiffres, - et _, 64 au plus',
        ],
  reserved_name: (fault) =>
    fault.of === 'step'
      ? [
          t`aucune étape ne peut s’appeler ${quoted(fault.text)} : Relance crée lui-même ces étapes`,
          `appelez-la ${typed(fault.instead)}`,
        ]
      : [
          t`aucune phase ne peut s’appeler ${quoted(fault.text)} : le mot a déjà un sens`,
          'donnez-lui un autre nom',
        ],
  wrong_locale: ({ text, meant }) => [
    `${quoted(text)} n’est pas un code de langue`,
    `écrivez ${meant ? typed(meant) : '`fr`, `en` ou `pt-BR`'}`,
  ],
  unknown_holidays: ({ text, country, meant }) => [
    `aucun jour férié n’est connu pour ${quoted(text)}${country ? ` (${countryName(country)})` : ''}`,
    `écrivez ${meant ? typed(meant) : 'un pays comme `FR`, ou une région comme `DE-BY`'}`,
  ],
}

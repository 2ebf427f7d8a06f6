/** Problems of relance.yaml and of requests, in French. */

import type { InputFault } from '../input-fault.ts'
import type { InputProblems } from '../problem-values.ts'
import type { ErrorPhrases } from './error-dictionary.ts'
import { didYouMean, listed, typed } from './fr-problem-words.ts'
import { t } from './fr-typography.ts'
import type { Texts, Told } from './problem-dictionary.ts'

const TYPES = {
  mapping: 'un ensemble de clés',
  list: 'une liste',
  text: 'un texte',
  number: 'un nombre',
  whole_number: 'un nombre entier',
  boolean: '`true` ou `false`',
  other: 'autre chose',
} as const

/** What is wrong, behind the name of the setting. */
function wrong(fault: InputFault, phrases: ErrorPhrases): Told {
  switch (fault.kind) {
    case 'type':
      return [`doit être ${TYPES[fault.wanted]}`]
    case 'one_of':
      return ['n’a pas de sens ainsi', t`les valeurs sont ${fault.words.join(', ')}`]
    case 'at_least':
      return ['est trop petit', `écrivez au moins ${fault.bound}`]
    case 'at_most':
      return ['est trop grand', `écrivez au plus ${fault.bound}`]
    case 'longest':
      return [`dépasse ${fault.bound} caractères`]
    case 'pattern':
      return ['n’a pas de sens ainsi', `il faut un texte de la forme ${`\`${fault.pattern}\``}`]
    case 'liquid': {
      const { message, remedy } = phrases.template(fault.fault)
      return [t`n’est pas du Liquid : ${`${fault.line}:${fault.column}  ${message}`}`, remedy]
    }
    case 'unknown_variable':
      return [
        `contient ${fault.variable}, qui n’existe pas`,
        'prenez `lead.*`, `contact.*`, `fact.*`, `amount` ou `reference`',
      ]
    case 'not_for':
      return [
        fault.provider === undefined ? 'ne va pas sans `kind`' : `ne va pas avec \`kind: ${fault.provider}\``,
      ]
    case 'empty':
      return ['est vide']
    case 'not_storable':
      return ['contient un caractère de contrôle, ou une moitié de caractère']
    case 'name':
      return ['n’est pas un nom', 'prenez des lettres, des chiffres, - et _']
    case 'zone':
      return ['n’est pas un fuseau horaire', 'écrivez par exemple `Europe/Paris` ou `America/Los_Angeles`']
    case 'spacing':
      return ['n’est pas une durée', 'écrivez par exemple `20s` ou `2m`']
    case 'address':
      return ['n’est pas une adresse', 'écrivez `Claire Vasseur <claire@atelier.example>`']
    case 'smtp_url':
      return ['n’est pas une URL SMTP', 'écrivez par exemple `smtps://user:password@mail.example:465`']
    case 'url':
      return ['n’est pas une URL', 'écrivez par exemple `https://api.bureau.example/checks`']
    case 'path':
      return [
        'n’est pas un chemin',
        'écrivez par exemple `decision.status` ou `Audits[RuleName=Credit Limit].description`',
      ]
    case 'limit_path':
      return [
        'n’est pas un chemin',
        'écrivez par exemple `decision.limit` (`decision.limit?` s’il peut manquer)',
      ]
    case 'values':
      return ['n’est ni une valeur ni une liste de valeurs']
    case 'timeout':
      return ['n’est pas une durée de deux minutes au plus', 'écrivez par exemple `10s`']
    case 'no_kind':
      return [t`demande ${'`kind: http`, `manual` ou `local`, ou bien `preset: creditsafe`'}`]
    case 'only_manual':
      return ['ne va qu’avec `kind: manual`']
    case 'company_twice':
      return ['est dit deux fois, ici et dans `answer.company`']
    case 'two_secrets':
      return ['est de trop', 'donnez le secret dans un en-tête, ou signez avec lui']
    case 'no_reference':
      return ['demande `reference`, le chemin de notre référence, ou `ref`, le chemin de la leur']
    case 'other':
      return ['n’a pas de sens ainsi', 'voyez la référence']
  }
}

const ABOUT = {
  request: t` : que demander, et où`,
  answer: t` : ce que dit la réponse`,
}

const named = (setting: string): string => setting || 'le fichier'

export const inputProblemsFr: Texts<InputProblems> = {
  variable_not_set: ({ variable, setting }) => [
    `la variable d’environnement ${variable}, dont ${named(setting)} a besoin, n’a pas de valeur`,
  ],
  missing_setting: ({ setting, about }) => [`il manque ${named(setting)}${about ? ABOUT[about] : ''}`],
  wrong_setting: ({ setting, fault }, phrases) => {
    const [what, remedy] = wrong(fault, phrases)
    return [`${named(setting)} ${what}`, remedy]
  },
  unknown_input: ({ field, meant, known }) => [
    `le champ ${typed(field)} n’existe pas`,
    meant ? didYouMean(meant) : known && t`il y a ${listed(known, 'et')}`,
  ],
  missing_input: ({ field }) => [`il manque ${typed(field)}`],
  wrong_input: ({ field, fault }, phrases) => {
    const [what, remedy] = wrong(fault, phrases)
    return [`${typed(field)} ${what}`, remedy]
  },
}

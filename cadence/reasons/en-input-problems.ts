/** Problems of relance.yaml and of requests, in English. */

import type { InputFault } from '../input-fault.ts'
import type { InputProblems } from '../problem-values.ts'
import { didYouMean, listed } from './en-problem-words.ts'
import type { ErrorPhrases } from './error-dictionary.ts'
import type { Texts, Told } from './problem-dictionary.ts'

const TYPES = {
  mapping: 'a mapping',
  list: 'a list',
  text: 'a string',
  number: 'a number',
  whole_number: 'a whole number',
  boolean: 'true or false',
  other: 'something else',
} as const

/** What is wrong, behind the name of the setting. */
function wrong(fault: InputFault, phrases: ErrorPhrases): Told {
  switch (fault.kind) {
    case 'type':
      return [`must be ${TYPES[fault.wanted]}`]
    case 'one_of':
      return ["can't be that", `write one of ${fault.words.join(', ')}`]
    case 'at_least':
      return ['is too small', `write at least ${fault.bound}`]
    case 'at_most':
      return ['is too big', `write at most ${fault.bound}`]
    case 'longest':
      return [`is longer than ${fault.bound} characters`]
    case 'pattern':
      return ["can't be that", `it has to match ${fault.pattern}`]
    case 'liquid': {
      const { message, remedy } = phrases.template(fault.fault)
      return [`is no Liquid: ${fault.line}:${fault.column}  ${message}`, remedy]
    }
    case 'unknown_variable':
      return [`has ${fault.variable}, which there is not`, 'use lead.*, contact.*, fact.*, amount, reference']
    case 'not_for':
      return [`is not for kind: ${fault.provider ?? '(none)'}`]
    case 'empty':
      return ['is empty']
    case 'not_storable':
      return ['holds a control character, or half a character']
    case 'name':
      return ['is no name', 'use letters, digits, - and _']
    case 'zone':
      return ['is not a time zone', 'write one like Europe/Paris or America/Los_Angeles']
    case 'spacing':
      return ['is not a time', 'write one like 20s or 2m']
    case 'address':
      return ['is not an address', 'write Claire Vasseur <claire@atelier.example>']
    case 'smtp_url':
      return ['is not an SMTP URL', 'write one like smtps://user:password@mail.example:465']
    case 'url':
      return ['is not a URL', 'write one like https://api.bureau.example/checks']
    case 'path':
      return ['is not a path', 'write one like decision.status or Audits[RuleName=Credit Limit].description']
    case 'limit_path':
      return ['is not a path', 'write one like decision.limit (decision.limit? where it may be missing)']
    case 'values':
      return ['is not a value or a list of values']
    case 'timeout':
      return ['is not a time of 2m at most', 'write one like 10s']
    case 'no_kind':
      return ['needs kind: http, manual or local, or preset: creditsafe']
    case 'only_manual':
      return ['is for kind: manual']
    case 'company_twice':
      return ['is said twice, here and in answer.company']
    case 'two_secrets':
      return ['is one too many', 'give the secret in a header, or sign with it']
    case 'no_reference':
      return ['needs reference, the path of our reference, or ref, the path of theirs']
    case 'other':
      return ['is wrong', 'see the reference']
  }
}

const ABOUT = { request: ': what to ask, and where', answer: ': what the answer means' }

const named = (setting: string): string => setting || 'the file'

export const inputProblemsEn: Texts<InputProblems> = {
  variable_not_set: ({ variable, setting }) => [
    `the environment variable ${variable} is not set, which ${named(setting)} needs`,
  ],
  missing_setting: ({ setting, about }) => [`${named(setting)} is missing${about ? ABOUT[about] : ''}`],
  wrong_setting: ({ setting, fault }, phrases) => {
    const [what, remedy] = wrong(fault, phrases)
    return [`${named(setting)} ${what}`, remedy]
  },
  unknown_input: ({ field, meant, known }) => [
    `there is no field ${field}`,
    meant ? didYouMean(meant) : known && `there are ${listed(known, 'and')}`,
  ],
  missing_input: ({ field }) => [`${field} is missing`],
  wrong_input: ({ field, fault }, phrases) => {
    const [what, remedy] = wrong(fault, phrases)
    return [`${field} ${what}`, remedy]
  },
}

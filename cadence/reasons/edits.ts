/** What an edit of a cadence does to the ids of its steps, in words. */
import type { Edit, EditCode, FeltEdit } from '../edits.ts'
import type { Language } from './dictionary.ts'
import { t } from './fr-typography.ts'

type Words = {
  [Code in EditCode]: (values: Extract<Edit, { code: Code }>['values'], leads: number) => string
}

const leadsEn = (n: number): string => (n === 1 ? '1 open lead has' : `${n} open leads have`)
const leadsFr = (n: number): string => (n < 2 ? `${n} piste ouverte a` : `${n} pistes ouvertes ont`)

const DICTIONARIES: Record<Language, Words> = {
  en: {
    step_renamed: ({ step, to }, n) =>
      `${step} is called ${to} now, and ${leadsEn(n)} done it: moved to this version, they may get it again`,
    step_vanished: ({ step }, n) => `${step} is gone, and ${leadsEn(n)} done it`,
    step_reused: ({ step }, n) =>
      `${step} stands for something else now, and ${leadsEn(n)} done it: moved to this version, they may miss the new one`,
    step_moved: ({ step, from, to }, n) =>
      `${step} is in ${to} now, not in ${from}, and ${leadsEn(n)} done it: it stays done`,
  },
  fr: {
    step_renamed: ({ step, to }, n) =>
      t`${step} s’appelle maintenant ${to}, et ${leadsFr(n)} déjà fait cette étape : à cette version, elle pourrait être refaite`,
    step_vanished: ({ step }, n) => `${step} a disparu, et ${leadsFr(n)} déjà fait cette étape`,
    step_reused: ({ step }, n) =>
      t`${step} désigne maintenant autre chose, et ${leadsFr(n)} déjà fait cette étape : à cette version, la nouvelle pourrait manquer`,
    step_moved: ({ step, from, to }, n) =>
      t`${step} est maintenant dans ${to} et non plus dans ${from}, et ${leadsFr(n)} déjà fait cette étape : elle reste faite`,
  },
}

/** An edit, and how many leads have done its step, as a sentence without its full stop. */
export const sayEdit = ({ code, values, leads }: FeltEdit, language: Language): string =>
  (DICTIONARIES[language][code] as (values: object, leads: number) => string)(values, leads)

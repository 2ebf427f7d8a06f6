/** Words in French for touches that can't be made: what keeps them, what to do, what their owner is asked for. */
import type { TextFault } from '../error-values.ts'
import type { Flaw } from '../reason.ts'
import type { Dictionary } from './dictionary.ts'
import { errorPhrases } from './error-words.ts'
import { t } from './fr-typography.ts'

function remedyOf(why: TextFault): string {
  const where = 'step' in why.text ? 'la cadence' : 'le modèle'
  const thenMove = 'publiez, et passez la piste à cette version (relance move)'
  const orEdit = t`ou corrigez ce qu’on sait de la piste (relance edit)`
  switch (why.kind) {
    case 'language':
      return t`écrivez le courriel en ${why.language}, ou dites dans locales de la cadence ce qui le remplace ; puis ${thenMove}`
    case 'template': {
      const { remedy } = errorPhrases('fr').template(why.fault)
      return t`corrigez ${where}${remedy === undefined ? '' : ` (${remedy})`}, ${thenMove} ; ${orEdit}`
    }
    case 'link':
      return t`faites commencer le lien par https:// dans ${where}, ${thenMove} ; ${orEdit}`
    case 'value':
      return t`corrigez ce qu’on sait de la piste (relance edit), ou donnez une autre valeur dans ${where}, ${thenMove}`
  }
}

/** What is wrong with a touch, and what to do about it. */
function flaw(is: Flaw): { message: string; remedy: string } {
  if (is.code === 'address_missing') {
    const who = is.contact === 'main' ? '' : ` --contact ${is.contact}`
    return {
      message: `personne ne connaît d’adresse de ${is.contact}`,
      remedy: `relance edit PISTE${who} email=…`,
    }
  }
  return { message: errorPhrases('fr').textFault(is.why), remedy: remedyOf(is.why) }
}

const said = (is: Flaw): string => {
  const { message, remedy } = flaw(is)
  return t`elle ne peut pas se faire : ${message} ; elle attend que ce soit corrigé : ${remedy}`
}

export const flawReasonsFr: Pick<Dictionary['reasons'], Flaw['code']> = {
  text_unwritable: said,
  address_missing: said,
}

export const mendTaskFr: Pick<Dictionary['tasks'], 'mend'> = {
  mend: ({ lead, step, flaw: is }) => {
    const { message, remedy } = flaw(is)
    return t`${lead} : l’étape ${step} ne peut pas se faire, et la piste y attend : ${message}. Que faire : ${remedy}. Un nouvel essai a lieu de lui-même quand une donnée de la piste est corrigée ou qu’elle change de version, sinon quand cette tâche est faite ; ${'decision=skip'} saute l’étape.`
  },
}

export const mendChangesFr: Pick<Dictionary['changes'], 'put_aside' | 'left_out'> = {
  put_aside: ({ step, flaw: is }) => t`${step} ne peut pas se faire, et attend : ${flaw(is).message}`,
  left_out: ({ step }) => `${step} sautée par quelqu’un`,
}

export const mendClosingsFr: Pick<Dictionary['closings'], 'touch_over' | 'other_flaw'> = {
  touch_over: ({ step }) => `l’étape ${step} n’attend plus`,
  other_flaw: ({ step }) => `l’étape ${step} attend maintenant pour une autre raison`,
}

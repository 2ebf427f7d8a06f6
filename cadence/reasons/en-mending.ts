/** Words in English for touches that can't be made: what keeps them, what to do, what their owner is asked for. */
import type { TextFault } from '../error-values.ts'
import type { Flaw } from '../reason.ts'
import type { Dictionary } from './dictionary.ts'
import { errorPhrases } from './error-words.ts'

function remedyOf(why: TextFault): string {
  const where = 'step' in why.text ? 'the cadence' : 'the template'
  const thenMove = 'publish it and move the lead (relance move)'
  switch (why.kind) {
    case 'language':
      return `write the letter in ${why.language}, or say in locales of the cadence what stands in; then ${thenMove}`
    case 'template': {
      const { remedy } = errorPhrases('en').template(why.fault)
      return `mend ${where}${remedy === undefined ? '' : ` (${remedy})`}, ${thenMove}; or correct what is known of the lead (relance edit)`
    }
    case 'link':
      return `let the link begin with https:// in ${where}, ${thenMove}; or correct what is known of the lead (relance edit)`
    case 'value':
      return `correct what is known of the lead (relance edit), or give ${where} another value, ${thenMove}`
  }
}

/** What is wrong with a touch, and what to do about it. */
function flaw(is: Flaw): { message: string; remedy: string } {
  if (is.code === 'address_missing') {
    const who = is.contact === 'main' ? '' : ` --contact ${is.contact}`
    return { message: `nobody knows an address of ${is.contact}`, remedy: `relance edit LEAD${who} email=…` }
  }
  return { message: errorPhrases('en').textFault(is.why), remedy: remedyOf(is.why) }
}

const said = (is: Flaw): string => {
  const { message, remedy } = flaw(is)
  return `it can't be made: ${message}; it waits until that is mended: ${remedy}`
}

export const flawReasonsEn: Pick<Dictionary['reasons'], Flaw['code']> = {
  text_unwritable: said,
  address_missing: said,
}

export const mendTaskEn: Pick<Dictionary['tasks'], 'mend'> = {
  mend: ({ lead, step, flaw: is }) => {
    const { message, remedy } = flaw(is)
    return `${lead}: step ${step} can't be made, and the lead waits at it: ${message}. What to do: ${remedy}. It is tried again by itself when something of the lead is corrected or the lead is moved, else when this task is done; decision=skip leaves the step out.`
  },
}

export const mendChangesEn: Pick<Dictionary['changes'], 'put_aside' | 'left_out'> = {
  put_aside: ({ step, flaw: is }) => `${step} can't be made, and waits: ${flaw(is).message}`,
  left_out: ({ step }) => `${step} left out by a person`,
}

export const mendClosingsEn: Pick<Dictionary['closings'], 'touch_over' | 'other_flaw'> = {
  touch_over: ({ step }) => `step ${step} waits no more`,
  other_flaw: ({ step }) => `step ${step} waits for another reason now`,
}

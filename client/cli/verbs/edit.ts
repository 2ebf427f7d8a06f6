/** `relance edit`: corrects what is known of a lead. */
import type { Command } from 'commander'
import { dictionaryOf } from '../../../cadence/reasons/say.ts'
import type { EditBody } from '../../contract/index.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, BY, me, verb } from '../verb.ts'
import { readFields } from './fields.ts'

interface Options {
  contact?: string
  by?: string
  json?: boolean
}

export const edit = (program: Command): Command =>
  verb(program, 'edit', 'correct an address, a name, a phone, a company or an owner', [
    'relance edit hugo.morel@atelier-morel.example email=h.morel@atelier-morel.example',
    'relance edit k3v9q2m7x4t1 owner=claire phone=',
  ])
    .argument('<lead>', "a lead's id or e-mail address")
    .argument(
      '<field=value...>',
      'email, first_name, last_name, title, phone; company, owner; nothing after the =: none',
    )
    .option('--contact <contact>', 'whom it is about, by id or address (default: the main contact)')
    .option(...BY)
    .action(
      action(async (lead: string, pairs: string[], { contact, by = me(), json }: Options) => {
        const fields = readFields(pairs) as EditBody
        const answer = await (await connected()).edit(lead, { ...fields, ...(contact && { contact }), by })
        if (json) {
          sayJson(answer)
          return undefined
        }
        const language = terminalLanguage()
        const { edited } = terminalWords(language)
        const { typeset } = dictionaryOf(language)
        for (const { field, before, now } of answer.changed)
          say(`${answer.lead}: ${field} ${before ?? '–'} → ${now ?? '–'}`)
        if (answer.changed.length === 0) say(typeset(`${answer.lead}: ${edited.nothing}`))
        if (answer.suppressed) say(typeset(edited.suppressed))
        else if (answer.ended) say(typeset(edited.ended(answer.lead)))
        return undefined
      }),
    )

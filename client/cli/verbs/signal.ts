/** `relance signal`: says that something happened. */
import type { Command } from 'commander'
import { dictionaryOf } from '../../../cadence/reasons/say.ts'
import { SIGNAL_TYPES, specOf } from '../../../cadence/signals.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { signalAnswer } from '../../terminal/signal-answer.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'
import { readFields } from './fields.ts'

interface Options {
  id?: string
  at?: string
  contact?: string
  json?: boolean
}

export const signal = (program: Command): Command =>
  verb(program, 'signal', 'say that something happened to a lead', [
    'relance signal hugo.morel@atelier-morel.example interest.expressed level=general',
    'relance signal k3v9q2m7x4t1 credit.approved limit=50000 --id crm-8841 --at 2026-11-23T14:00:00Z',
  ])
    .argument('<lead>', "a lead's id or e-mail address")
    .argument('<type>', 'what happened')
    .argument('[field=value...]', 'its fields')
    .option('--id <id>', 'an id of yours: the same one twice counts once')
    .option('--at <time>', 'when it happened (default: now)')
    .option('--contact <contact>', 'whom it is about, by id or address (default: the main contact)')
    .addHelpText('after', `\n${catalogue()}`)
    .action(
      action(async (lead: string, type: string, pairs: string[], options: Options) => {
        const { json, ...more } = options
        const answer = await (await connected()).signal(lead, type, readFields(pairs), {
          source: 'cli',
          ...more,
        })
        if (json) {
          sayJson(answer)
          return undefined
        }
        const language = terminalLanguage()
        const { typeset } = dictionaryOf(language)
        say(typeset(`${answer.lead}: ${signalAnswer(answer, language)} (${answer.id})`))
        if (answer.referral) {
          const { became } = terminalWords(language).signal
          say(typeset(became[answer.referral.became](answer.referral.lead ?? '')))
        }
        return undefined
      }),
    )

function catalogue(): string {
  const lines = SIGNAL_TYPES.filter((type) => !specOf(type).own).map((type) => {
    const fields = Object.entries(specOf(type).fields).map(([name, { kind, required }]) => {
      const values = kind.kind === 'one_of' ? `=${kind.values.join('|')}` : ''
      return `${name}${required ? '' : '?'}${values}`
    })
    return `  ${type.padEnd(20)} ${fields.join(' ')}`.trimEnd()
  })
  return `Types and their fields (? may be left out):\n${lines.join('\n')}`
}

/** `relance tasks` and `relance done`: what people are asked to do, and having done it. */
import type { Command } from 'commander'
import { dictionaryOf } from '../../../cadence/reasons/say.ts'
import type { TaskForm, TaskRow } from '../../contract/index.ts'
import { moment, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { signalAnswer } from '../../terminal/signal-answer.ts'
import { table } from '../../terminal/table.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb, ZONE } from '../verb.ts'
import { readFields } from './fields.ts'

interface Options {
  lead?: string
  for?: string
  all?: boolean
  zone?: string
  json?: boolean
}

export const tasks = (program: Command): Command =>
  verb(program, 'tasks', 'list what people are asked to do: tasks, notices, credit checks', [
    'relance tasks --for finance',
    "relance tasks --json | jq -r '.[].id'",
  ])
    .option('--lead <lead>', 'of one lead, by id or e-mail address')
    .option('--for <who>', 'of one seller, or manager, or finance')
    .option('--all', 'those that are done or closed, too')
    .option(...ZONE)
    .action(
      action(async ({ json, all, zone, ...filter }: Options) => {
        const rows = await (await connected(zone)).tasks({ ...filter, ...(all ? {} : { open: 'true' }) })
        if (json) {
          sayJson(rows)
          return undefined
        }
        const { heads, counts, zoneIs } = terminalWords(terminalLanguage())
        const here = terminalZone(zone)
        const lines = table(rows, [
          { head: heads.task, cell: (r) => r.id },
          { head: heads.due, cell: (r) => moment(r.due, here) },
          { head: heads.done, cell: (r) => moment(r.doneAt, here) },
          ...(all
            ? [{ head: heads.because, cell: (r: TaskRow) => r.closing?.text ?? null, shrinks: true as const }]
            : []),
          { head: heads.for, cell: (r) => r.for },
          { head: heads.company, cell: (r) => r.company, shrinks: true },
          { head: heads.contact, cell: (r) => whom(r), shrinks: true },
          { head: heads.what, cell: (r) => r.text, shrinks: true },
        ])
        if (rows.length > 0) for (const line of lines) say(line)
        say(`${counts.task(rows.length)}. ${zoneIs(here)}`)
        return undefined
      }),
    )

/** Whom to call, and for how much. */
const whom = ({ contact, amount }: TaskRow): string =>
  [contact?.name, contact?.phone, amount].filter(Boolean).join(', ')

export const done = (program: Command): Command =>
  verb(program, 'done', 'say that a task is done; for a credit check, what was decided', [
    'relance done k3v9q2m7x4t1/2/call',
    'relance done k3v9q2m7x4t1/3/check decision=approved limit=50000 rating=B reference=8841',
  ])
    .argument('<task>', 'its id, as `relance tasks` has it')
    .argument(
      '[field=value...]',
      'a credit check: decision=approved|refused|review limit rating reference note; a step to be mended: decision=skip; any: decision=opted_out note',
    )
    .action(
      action(async (id: string, pairs: string[], { json }: { json?: boolean }) => {
        const relance = await connected()
        if (pairs.length === 0) {
          const task = await relance.finishTask(id)
          if (json) sayJson(task)
          else {
            const { done, undecided } = terminalWords(terminalLanguage()).done
            say([`${task.id}: ${done}`, task.kind === 'credit_check' && undecided].filter(Boolean).join('; '))
          }
          return undefined
        }
        const answer = await relance.answerTask(id, readFields(pairs) as unknown as TaskForm)
        if (json) sayJson(answer)
        else {
          const language = terminalLanguage()
          const { answered } = terminalWords(language).done
          say(
            dictionaryOf(language).typeset(
              `${answer.task.id}: ${answered(signalAnswer(answer.signal, language))}`,
            ),
          )
        }
        return undefined
      }),
    )

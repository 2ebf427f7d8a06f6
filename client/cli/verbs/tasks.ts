/** `relance tasks` and `relance done`: what people are asked to do, and having done it. */
import type { Command } from 'commander'
import type { TaskForm } from '../../contract/index.ts'
import { count, moment, say, sayJson } from '../../terminal/output.ts'
import { table } from '../../terminal/table.ts'
import { action, verb } from '../verb.ts'
import { readFields } from './fields.ts'

interface Options {
  lead?: string
  for?: string
  all?: boolean
  json?: boolean
}

export const tasks = (program: Command): Command =>
  verb(program, 'tasks', 'list what people are asked to do: tasks, notices, credit checks', [
    'relance tasks --for finance',
    "relance tasks --json | jq -r '.[].id'",
  ])
    .option('--lead <lead>', 'of one lead, by id or e-mail address')
    .option('--for <who>', 'of one seller, or manager, or finance')
    .option('--all', 'those that are done, too')
    .action(
      action(async ({ json, all, ...filter }: Options) => {
        const { connect } = await import('../../library/connect.ts')
        const rows = await connect().tasks({ ...filter, ...(all ? {} : { open: 'true' }) })
        if (json) {
          sayJson(rows)
          return undefined
        }
        const lines = table(rows, [
          { head: 'task', cell: (r) => r.id },
          { head: 'due', cell: (r) => moment(r.due) },
          { head: 'done', cell: (r) => moment(r.doneAt) },
          { head: 'for', cell: (r) => r.for },
          { head: 'company', cell: (r) => r.company, shrinks: true },
          { head: 'what', cell: (r) => r.text, shrinks: true },
        ])
        if (rows.length > 0) for (const line of lines) say(line)
        say(count(rows.length, 'task'))
        return undefined
      }),
    )

export const done = (program: Command): Command =>
  verb(program, 'done', 'say that a task is done; for a credit check, what was decided', [
    'relance done k3v9q2m7x4t1/2/call',
    'relance done k3v9q2m7x4t1/3/check decision=approved limit=50000 rating=B reference=8841',
  ])
    .argument('<task>', 'its id, as `relance tasks` has it')
    .argument(
      '[field=value...]',
      'a credit check: decision=approved|refused|review limit rating reference note',
    )
    .action(
      action(async (id: string, pairs: string[], { json }: { json?: boolean }) => {
        const { connect } = await import('../../library/connect.ts')
        const relance = connect()
        if (pairs.length === 0) {
          const task = await relance.finishTask(id)
          if (json) sayJson(task)
          else say(`${task.id}: done${task.kind === 'credit_check' ? UNDECIDED : ''}`)
          return undefined
        }
        const answer = await relance.answerTask(id, readFields(pairs) as unknown as TaskForm)
        if (json) sayJson(answer)
        else say(`${answer.task.id}: done; ${words(answer.signal)}`)
        return undefined
      }),
    )

const UNDECIDED = '; the lead still waits for the decision (relance done TASK decision=…)'

function words({
  type,
  duplicate,
  ended,
  delivered,
}: Record<'duplicate' | 'ended' | 'delivered', boolean> & { type: string }): string {
  if (duplicate) return `${type} was said before, and counts once`
  if (ended) return `${type} is recorded; the lead has ended, so nothing follows from it`
  return `${type} ${delivered ? 'is recorded and acts now' : 'is safe on record, and acts as soon as Temporal is reachable'}`
}

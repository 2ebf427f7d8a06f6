/** `relance inbox`: what the built-in inbox has received. */
import type { Command } from 'commander'
import { RelanceError } from '../../../cadence/errors.ts'
import { homeOf } from '../../../worker/home.ts'
import { moment, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { table } from '../../terminal/table.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

export const inbox = (program: Command): Command =>
  verb(program, 'inbox', 'list the e-mails that the built-in inbox has received', [
    'relance inbox',
    "relance inbox --json | jq -r '.[].file'",
  ]).action(
    action(async ({ json }: { json?: boolean }) => {
      const messages = await received()
      if (json) {
        sayJson(messages)
        return undefined
      }
      const { inbox: text, counts } = terminalWords(terminalLanguage())
      const lines = table(messages, [
        { head: text.date, cell: (m) => moment(m.date) },
        { head: text.to, cell: (m) => m.to, shrinks: true },
        { head: text.subject, cell: (m) => m.subject, shrinks: true },
      ])
      if (messages.length > 0) for (const line of lines) say(line)
      say(text.in(counts.email(messages.length), homeOf().inbox))
      return undefined
    }),
  )

/** The files are there when nothing runs any more, too. */
async function received(): Promise<{ to: string; subject: string; date: string }[]> {
  try {
    return await (await connected()).inbox()
  } catch (error) {
    const { existsSync } = await import('node:fs')
    const { inbox } = homeOf()
    const { code } = error as { code?: string }
    if (code === 'no_such_route') {
      throw new RelanceError('no_inbox', {})
    }
    if (code !== 'not_running' || !existsSync(inbox)) throw error
    const { listInbox } = await import('../../../worker/inbox/mail-files.ts')
    return listInbox(inbox)
  }
}

/** The table of replies that mail servers give (`test/cases/data-and-mail/replies.txt`). */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Verdict } from '../../activities/mail/replies/classify.ts'
import type { Stage } from '../../activities/mail/replies/reply.ts'

export interface KnownReply {
  stage: Stage
  verdict: Verdict
  source: string
  /** As the server sends it. */
  text: string
}

const FILE = fileURLToPath(new URL('../cases/data-and-mail/replies.txt', import.meta.url))

/** What stands for what can't be written into a text file. */
const UNESCAPED: Record<string, string> = { '\\n': '\r\n', '\\0': '\0', '\\xff': '\u00ff', '\\xfe': '\u00fe' }

export const REPLIES: readonly KnownReply[] = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [stage, verdict, source, reply = ''] = line.split('\t')
    const text = reply.replace(/\\n|\\0|\\xff|\\xfe/g, (escaped) => UNESCAPED[escaped] as string)
    return { stage: stage as Stage, verdict: verdict as Verdict, source: source as string, text }
  })

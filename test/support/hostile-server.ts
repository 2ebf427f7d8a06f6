/**
 * A hostile mail server: it says of each conversation what a test tells it, at one stage, and remembers what it took.
 * And a mailbox that has one conversation with it for each letter, as through a server that greets everybody anew.
 */

import type { Stage } from '../../activities/mail/replies/reply.ts'
import { createMailbox, type Mailbox } from '../../activities/mail/transport.ts'
import { closing, startServer } from './smtp.ts'

/** What is said at a stage. At `connect` the connection is cut, whatever the text is. */
export interface Play {
  stage: Stage
  text: string
}

export interface HostileServer {
  mailbox: Mailbox
  /** Message-IDs and recipients of the letters that it took, in their order. */
  taken: { id: string; to: string }[]
  /** Conversations begun. */
  conversations(): number
  /** What it has said to each recipient whom it was told of, the latest last. */
  said: Map<string, Play[]>
}

/** The extension that brings a conversation to the stage. */
const EXTENSION: Partial<Record<Stage, string>> = { auth: 'AUTH PLAIN', starttls: 'STARTTLS' }

/** @param next - what to say in the next conversation; nothing, and the letter is taken */
export async function hostileServer(from: string, next: () => Play | undefined): Promise<HostileServer> {
  const taken: HostileServer['taken'] = []
  const said: HostileServer['said'] = new Map()
  let play: Play | undefined
  let to = ''
  /** The play's text at its stage, what is usual at others. */
  const at = (stage: Stage, usual: string) => () => {
    if (play?.stage !== stage) return usual
    if (to !== '') said.set(to, [...(said.get(to) ?? []), play])
    return play.text
  }
  const server = await startServer({
    greeting: () => {
      play = next()
      to = ''
      return play?.stage === 'connect' ? 'drop' : at('greeting', '220 hi')()
    },
    EHLO: () => at('ehlo', `250-hi\r\n250 ${EXTENSION[play?.stage ?? 'dot'] ?? 'SIZE 1000000'}`)(),
    STARTTLS: at('starttls', '454 no'),
    AUTH: at('auth', '235 ok'),
    MAIL: at('mail', '250 ok'),
    RCPT: (line) => {
      to = /<(.*)>/.exec(line)?.[1] ?? ''
      return at('rcpt', '250 ok')()
    },
    DATA: at('data', '354 go'),
    end: () => {
      if (play?.stage === 'dot') return at('dot', '')()
      taken.push({ id: /^Message-ID:\s*(<.*>)/im.exec(server.seen.data)?.[1] ?? '', to })
      return '250 taken'
    },
  })
  const mailbox = createMailbox({
    url: `smtp://claire:secret@127.0.0.1:${server.port}`,
    smtp: { maxConnections: 1, maxMessages: 1 },
    from: { name: 'Claire', email: from },
  })
  closing.push(() => mailbox.close())
  return { mailbox, taken, said, conversations: () => server.seen.connections }
}

/**
 * The chaos's SMTP server, a process of its own: writes down what it took, synced to the disk before it says so, and has
 * moods that the chaos tells it of: refusals, and an answer after the final dot that is lost or late.
 *
 *   node … mail-server.ts FILE PORT
 */
import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs'
import { SMTPServer } from 'smtp-server'

/** `lost`: it takes the message, and the connection breaks; `late`: it answers so much later. */
export type Mood =
  | { kind: 'calm' }
  | { kind: 'refuses'; at: 'rcpt' | 'dot'; code: number; text: string }
  | { kind: 'lost' }
  | { kind: 'late'; ms: number }

/** One line of the file: a message that was taken. */
export interface Taken {
  at: number
  id: string
  to: string
  mood: Mood['kind']
}

const [file = '', port = '0'] = process.argv.slice(2)
let mood: Mood = { kind: 'calm' }
process.on('message', (told: Mood) => {
  mood = told
})
process.on('disconnect', () => process.exit())

const fault = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_address, _session, done) => {
    if (mood.kind === 'refuses' && mood.at === 'rcpt') done(fault(mood.code, mood.text))
    else done()
  },
  onData: (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const now = mood
      if (now.kind === 'refuses' && now.at === 'dot') return done(fault(now.code, now.text))
      const text = Buffer.concat(chunks).toString('utf8')
      const id = /^Message-ID:\s*(<[^>]*>)/im.exec(text)?.[1] ?? ''
      const to = session.envelope.rcptTo[0]?.address ?? ''
      keep({ at: Date.now(), id, to, mood: now.kind })
      if (now.kind === 'lost') return void socketOf(session)?.destroy()
      if (now.kind === 'late') return void setTimeout(() => done(), now.ms)
      return done()
    })
  },
})

function keep(taken: Taken): void {
  appendFileSync(file, `${JSON.stringify(taken)}\n`)
  const handle = openSync(file, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** The session's socket: smtp-server hands out no way to break a connection. */
function socketOf({ id }: { id: string }): { destroy(): void } | undefined {
  for (const connection of server.connections) {
    const { session, _socket } = connection as unknown as {
      session: { id: string }
      _socket: { destroy(): void }
    }
    if (session.id === id) return _socket
  }
  return undefined
}

server.on('error', () => undefined)
server.listen(Number(port), '127.0.0.1')

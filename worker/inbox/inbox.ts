/**
 * The built-in inbox: an SMTP server that keeps what it receives as files. It stands in for the outside
 * world where nothing else is configured, and delivers to nobody.
 */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { type InboxEntry, prepareInbox, storeMessage } from './mail-files.ts'

/** Whom a message is from and one of those it is for. */
export interface Envelope {
  from: string
  to: string
}

export interface InboxOptions {
  /** Where the messages are kept, as `.eml` files; made if it isn't there. */
  dir: string
  host?: string
  /** 0 takes a free one. */
  port?: number
  /** Answers a recipient otherwise than with 250: `{ code: 451, text: '4.7.1 Try again later' }`. */
  respond?: (envelope: Envelope) => { code: number; text: string } | undefined
  /** Hears of every message once it is stored. */
  onMessage?: (entry: InboxEntry) => void
}

export interface Inbox {
  port: number
  close: () => Promise<void>
}

const LARGEST = 25 * 1024 * 1024

/** Starts the inbox. A message is on the disk, whole and under its name, before it is answered with 250. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  await prepareInbox(options.dir)
  const server = new SMTPServer({
    name: 'inbox.relance',
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    rejectOversized: true,
    closeTimeout: 1000,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onRcptTo: (recipient, session, done) => {
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
      const answer = options.respond?.({ from, to: recipient.address })
      done(answer && Object.assign(new Error(answer.text), { responseCode: answer.code }))
    },
    onData: (stream, _session, done) => {
      keep(stream, options.dir).then(
        (entry) => {
          done()
          if (entry) options.onMessage?.(entry)
        },
        () => done(Object.assign(new Error('4.3.0 It could not be stored'), { responseCode: 451 })),
      )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => resolve())
  })
  // A client that goes away is its own affair; without a listener it would end the process.
  server.removeAllListeners('error').on('error', () => undefined)
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/**
 * Stores a message when the final dot has come; rejects when the client goes away before.
 * One that is too large is not kept, and smtp-server refuses it.
 */
async function keep(
  stream: AsyncIterable<Buffer> & { sizeExceeded: boolean },
  dir: string,
): Promise<InboxEntry | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk)
  return stream.sizeExceeded ? undefined : storeMessage(dir, Buffer.concat(chunks))
}

/** Messages as a mail server gets them: sent by the product's own mailbox to a server in this process. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { Message } from '../../activities/mail/message.ts'
import { createMailbox } from '../../activities/mail/transport.ts'

/** @returns each message's bytes, in their order. @throws where one isn't taken */
export async function onTheWire(messages: readonly Message[]): Promise<Buffer[]> {
  let latest: Buffer = Buffer.alloc(0)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      buffer(stream).then((bytes) => {
        latest = bytes
        done()
      }, done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const url = `smtp://127.0.0.1:${port}?name=client.example`
  const mailbox = createMailbox({ url, from: { email: 'a@b.example' } })
  const taken: Buffer[] = []
  try {
    for (const message of messages) {
      const result = await mailbox.send(message, { handingOver: async () => undefined })
      if (result.kind !== 'accepted') throw new Error(`a letter wasn't taken: ${JSON.stringify(result)}`)
      taken.push(latest)
    }
  } finally {
    await mailbox.close()
    await new Promise<void>((resolve) => server.close(resolve))
  }
  return taken
}

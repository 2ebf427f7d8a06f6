/** A mailbox without a server, for tests of what sends: it records messages and gives the answers it is told. */
import type { Address } from './address.ts'
import type { Refused, SendResult } from './answers.ts'
import type { Message } from './message.ts'
import type { Mailbox } from './transport.ts'

/** A server's no, at RCPT unless said otherwise. */
export const no = (verdict: Refused['verdict'], more: Partial<Refused> = {}): Refused => ({
  ...{ kind: 'refused', verdict, stage: 'rcpt', code: 550, enhanced: undefined, response: '550 no' },
  ...more,
})

export interface FakeMailbox extends Mailbox {
  /** What the server took, in order. */
  sent: Message[]
  /** Every message it was given, whatever became of it. */
  tried: Message[]
}

/**
 * @param answer what to say of a message, instead of accepting it; called before anything is handed over.
 *   With `accepted` and `unconfirmed`, `handingOver` is asked first, as by a real one.
 */
export function fakeMailbox(
  answer: (message: Message) => SendResult | undefined = () => undefined,
  from: Address = { name: 'Claire', email: 'claire@atelier.example' },
): FakeMailbox {
  const sent: Message[] = []
  const tried: Message[] = []
  return {
    from,
    sent,
    tried,
    send: async (message, hooks) => {
      tried.push(message)
      const result = answer(message) ?? { kind: 'accepted', response: '250 OK' }
      if (result.kind !== 'accepted' && result.kind !== 'unconfirmed') return result
      try {
        await hooks.handingOver()
      } catch (reason) {
        return { kind: 'closed', why: reason instanceof Error ? reason.message : String(reason), reason }
      }
      if (result.kind === 'accepted') sent.push(message)
      return result
    },
    close: async () => undefined,
  }
}

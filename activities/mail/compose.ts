/** A message as nodemailer takes it: its headers, its two texts, and whom the envelope names. */
import type { SendMailOptions } from 'nodemailer'
import type { Address } from './address.ts'
import { encodedWords, needsEncoding } from './encoded-words.ts'
import type { Message } from './message.ts'

/** @param to - the recipient's address in ASCII */
export function compose(message: Message, to: string): SendMailOptions {
  const { subject, references, unsubscribe } = message
  const odd = needsEncoding(subject)
  return {
    messageId: message.messageId,
    date: new Date(message.date),
    from: person(message.from),
    to: person({ ...message.to, email: to }),
    replyTo: message.replyTo && person(message.replyTo),
    inReplyTo: references.at(-1),
    references: references.length > 0 ? references : undefined,
    ...(!odd && { subject }),
    text: message.text,
    html: message.html,
    headers: {
      ...(odd && { Subject: { prepared: true, foldLines: true, value: encodedWords(subject) } }),
      ...(unsubscribe && { 'List-Unsubscribe': `<${unsubscribe}>` }),
    },
    envelope: { from: message.from.email, to },
  }
}

/** A name that wouldn't arrive as it is written is none: nodemailer encodes addresses itself. */
const person = ({ name = '', email }: Address) => ({ name: needsEncoding(name) ? '' : name, address: email })

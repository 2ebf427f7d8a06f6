/**
 * Tries a mailbox's login as it would be used for sending: connects, and logs in where there is a login and the server
 * offers to take one (nodemailer's `verify`, without `forceAuth`). Nothing is sent.
 */
import nodemailer from 'nodemailer'
import { answerOf, type MailError, type Refused } from './answers.ts'
import { connectionOptions, type MailboxConfig } from './transport.ts'

/** Real milliseconds for each step of the conversation. */
const PATIENCE_MS = 10_000

/** @returns why it can't send now; undefined where it can, as far as that can be known before anything is sent */
export async function tryLogin(
  config: Pick<MailboxConfig, 'smtp' | 'url'>,
  patienceMs = PATIENCE_MS,
): Promise<Refused | undefined> {
  const transporter = nodemailer.createTransport({
    ...connectionOptions(config),
    ...{ connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs },
    pool: false,
  })
  try {
    await transporter.verify()
    return undefined
  } catch (error) {
    return answerOf(error as MailError)
  } finally {
    transporter.close()
  }
}

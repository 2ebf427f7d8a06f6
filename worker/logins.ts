/**
 * Logins of mailboxes, tried when a process starts. Nothing that comes of it ends the start: other mailboxes send, and
 * opt-outs are heard. A login that is refused pauses its mailbox at once, so that its e-mails wait instead of being
 * refused one by one; one that is taken ends such a pause. A server that can't be reached counts as one refusal, as for
 * an e-mail (docs/refusals.md).
 */
import type { Refused } from '../activities/mail/answers.ts'
import { tryLogin } from '../activities/mail/login.ts'
import { ALIKE_WITHIN_MS, areAlike, countingOf, probeAfter } from '../activities/mail/pause-rules.ts'
import { withoutAddresses } from '../activities/mail/replies/reply.ts'
import type { ActivityDeps } from '../activities/touch/deps.ts'
import { endTrouble, listTroubles, noteRefusal } from '../store/mailbox-troubles.ts'
import { mailServerOf } from './mail-servers.ts'

export interface LoginsDeps extends Pick<ActivityDeps, 'db' | 'clock' | 'log' | 'signalled'> {
  /** Tries one; nodemailer's way when left out. */
  attempt?: (url: string) => Promise<Refused | undefined>
  /** The process closes: what comes of a login is of no use any more. */
  signal?: AbortSignal
}

/** A mailbox that can't send now. `refused`: the server says no to its login; else it can't be reached or won't talk. */
export interface LoginFault {
  mailbox: string
  refused: boolean
  /** The server's words, or what went wrong on the way to it, without addresses. */
  says: string
}

/**
 * Tries all of them, each login once.
 * @param servers - mailboxes and the URLs of their servers
 */
export async function tryLogins(
  deps: LoginsDeps,
  servers: readonly { name: string; url: string }[],
): Promise<LoginFault[]> {
  const { attempt = (url) => tryLogin({ url }), signal } = deps
  const urls = [...new Set(servers.map(({ url }) => url))]
  const said = new Map(await Promise.all(urls.map(async (url) => [url, await attempt(url)] as const)))
  const faults: LoginFault[] = []
  if (signal?.aborted) return faults
  for (const { name, url } of servers) {
    const refused = said.get(url)
    if (refused) faults.push(await noteFault(deps, name, url, refused))
  }
  // Behind the faults: of two mailboxes of a server that fail, its others would seem to be paused, too.
  for (const { name, url } of servers) if (!said.get(url)) await noteSuccess(deps, name, url)
  return faults
}

async function noteFault(
  { db, clock, log }: LoginsDeps,
  mailbox: string,
  url: string,
  refused: Refused,
): Promise<LoginFault> {
  const { verdict, response } = refused
  const isLogin = verdict === 'login'
  const circumstances = { beforeRecipient: true, everybodys: false }
  const { fault, count } = countingOf(verdict, circumstances) ?? { fault: 'connection', count: 3 }
  const now = await clock.now()
  const { began } = await db.transaction((tx) =>
    noteRefusal(
      tx,
      {
        mailbox,
        server: mailServerOf(url)?.server ?? null,
        verdict,
        fault,
        touch: `login:${mailbox}`,
        says: response,
        now,
      },
      {
        ...{ count: isLogin ? 1 : count, distinct: false },
        alike: (before) => areAlike(before, { verdict, fault }),
        ...{ within: ALIKE_WITHIN_MS * clock.speed, probeAfter: probeAfter(0) * clock.speed },
      },
    ),
  )
  const says = withoutAddresses(response)
  log.error({ mailbox, fault, says, paused: began }, 'the mailbox can’t send now')
  return { mailbox, refused: isLogin, says }
}

/** Ends what a login that is taken disproves; of a quota or a block list it says nothing. */
async function noteSuccess(
  { db, clock, log, signalled }: LoginsDeps,
  mailbox: string,
  url: string,
): Promise<void> {
  const server = mailServerOf(url)?.server
  const disproved = (await listTroubles(db)).some(
    (one) =>
      (one.fault === 'login' || one.fault === 'connection') &&
      (one.mailbox === mailbox || (one.serverWide && one.server === server)),
  )
  const own = (await listTroubles(db)).find((one) => one.mailbox === mailbox)
  if (!disproved || (own && own.fault !== 'login' && own.fault !== 'connection')) return
  const now = await clock.now()
  await db.transaction((tx) => endTrouble(tx, mailbox, now, { server }))
  log.info({ mailbox }, 'the mailbox sends again')
  signalled?.()
}

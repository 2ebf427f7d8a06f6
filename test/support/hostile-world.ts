/**
 * The full system with hostile mail servers: each mailbox has one of its own, and a cadence that writes from it. What is
 * waited in real time (retries, pauses) passes as fast as the environment's clock, an hour in a second.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { MINUTE, type Wait } from '../../cadence/time.ts'
import { insertLeads } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { KINDS } from './database.ts'
import { type FullSystem, startFullSystem } from './full-system.ts'
import { type HostileServer, hostileServer, type Play } from './hostile-server.ts'
import { mails } from './mails.ts'
import { closeAll } from './smtp.ts'

const SPEED = 3600
/** Between two e-mails of a mailbox, on the environment's clock: 50 real milliseconds. */
export const SPACING = 3 * MINUTE
/** Longer than any test, on the environment's clock. */
const LONG: Wait = { n: 1, unit: 'y' }

export interface HostileWorld extends FullSystem {
  /**
   * Opens a mailbox.
   * @param next - what its server says in the next conversation; nothing, and the letter is taken
   * @param server - the server's name where it isn't its own
   */
  serve(name: string, next: () => Play | undefined, server?: string): Promise<HostileServer>
  /** Launches leads of as many companies, to be written to from this mailbox. @returns their ids */
  launch(name: string, leads: { count: number; letters: number; wait: Wait }): Promise<string[]>
  /** What a mailbox's cadence has sent, in the order of its slots; after the test is at rest. */
  sentFrom(name: string): Promise<{ lead: string; slot: number; handedOverAt: number; messageId: string }[]>
}

export async function startHostileWorld(): Promise<HostileWorld> {
  const open = new Map<string, { mailbox: HostileServer['mailbox']; server: string; spacing: number }>()
  const mailboxes = (name: string) => open.get(name) as NonNullable<ReturnType<typeof open.get>>
  const system = await startFullSystem({
    ...{ speed: SPEED, spacing: SPACING, workers: 2, database: KINDS.at(-1), hurried: true, mailboxes },
  })
  const { store, clock, deps } = system
  return {
    ...system,
    serve: async (name, next, server = `smtp.${name}.example`) => {
      const made = await hostileServer(`us@${name}.example`, next)
      open.set(name, { mailbox: made.mailbox, server, spacing: SPACING })
      return made
    },
    launch: async (name, { count, letters, wait }) => {
      const plan = {
        ...mails({ count: letters, wait, until: { deal: 'won' }, after: LONG }),
        cadence: name,
        from: name,
      }
      const version = await system.publish(plan)
      const launched = await insertLeads(
        store.db,
        Array.from({ length: count }, (_, i) => ({ email: `zoe@${name}-${i}.example`, zone: 'UTC' })),
        { cadence: name, version, now: await clock.now() },
      )
      deps.relay.wake()
      return launched.map((one) => ('id' in one ? one.id : ''))
    },
    sentFrom: async (name) => {
      const rows = await ledgerIn(store.db).list()
      return rows
        .filter(({ status, mailbox }) => status === 'accepted' && mailbox === name)
        .map(({ lead, slot, handedOverAt, messageId }) => ({
          ...{ lead, slot, handedOverAt: handedOverAt as number, messageId: messageId as string },
        }))
        .sort((a, b) => a.slot - b.slot)
    },
    close: async () => {
      await system.close()
      await closeAll()
    },
  }
}

/** Looks again and again; the test's own time limit is the only one. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(200)
}

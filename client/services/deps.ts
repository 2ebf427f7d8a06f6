/** Dependencies of the services: the outbox's, its relay and its lookout; `hosting/` passes them in. */
import type { Relay } from '../outbox/relay.ts'
import type { WatchDeps } from '../outbox/watch.ts'

export interface Deps extends WatchDeps {
  relay: Relay
  /** The names of the mailboxes; left out where none is configured, and any name is one of the default server's. */
  mailboxes?: readonly string[] | undefined
}

/** Dependencies of the services: the outbox's, and its relay; `hosting/` passes them in. */
import type { OutboxDeps } from '../outbox/deps.ts'
import type { Relay } from '../outbox/relay.ts'

export interface Deps extends OutboxDeps {
  relay: Relay
}

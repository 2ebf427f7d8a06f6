/** What the services work with; whoever hosts them brings it. */
import type { OutboxDeps } from '../outbox/deps.ts'
import type { Relay } from '../outbox/relay.ts'

export interface Deps extends OutboxDeps {
  relay: Relay
}

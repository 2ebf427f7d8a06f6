/**
 * The lead's one timer. Setting it for the instant it is set for already does nothing, so that a signal which doesn't
 * change the next moment costs no timer: two events fewer in the history.
 */
import { CancellationScope, sleep } from '@temporalio/workflow'
import type { Instant } from '../cadence/time.ts'

export class LeadTimer {
  #at: Instant | undefined
  #fired = false
  #scope: CancellationScope | undefined

  /** Whether the instant it is set for has come. */
  get fired(): boolean {
    return this.#fired
  }

  /**
   * Sets it, unless it is set for this instant.
   * @param ms - until then, real milliseconds
   * @param summary - what it waits for, for Temporal's own UI
   */
  set(at: Instant, ms: number, summary: string): void {
    if (at === this.#at) return
    this.clear()
    const scope = new CancellationScope()
    this.#at = at
    this.#scope = scope
    scope
      .run(() => sleep(ms, { summary }))
      .then(
        () => {
          if (this.#scope === scope) this.#fired = true
        },
        () => undefined,
      )
  }

  /** Forgets what it was set for. */
  clear(): void {
    if (!this.#fired) this.#scope?.cancel()
    this.#at = undefined
    this.#scope = undefined
    this.#fired = false
  }
}

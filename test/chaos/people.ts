/**
 * What people and other systems do meanwhile: launch lists and send signals, some of them twice, late or out of order,
 * each again and again until it is acknowledged. What was acknowledged, and when, is kept.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { RelanceClient } from '../../client/library/client.ts'
import { CADENCE, listOf } from './cadence.ts'
import type { Roll } from './faults.ts'

export interface Acknowledged {
  lead: string
  id: string
  type: string
  /** Real time at which the answer was there. */
  at: number
}

/** Leads of one list. */
const LIST = 30
/** Milliseconds until something that failed is asked again. */
const AGAIN_MS = 500

/** What is said of somebody, and how often in a hundred; a reply is followed by its answer. */
const SAID: readonly [weight: number, type: string, fields: Record<string, string | number | boolean>][] = [
  [30, 'reply.received', {}],
  [25, 'link.clicked', {}],
  [15, 'interest.expressed', { level: 'general' }],
  [10, 'objection.raised', { topic: 'price' }],
  [8, 'fact.recorded', { name: 'visits', value: 3 }],
  [6, 'unsubscribed', {}],
  [3, 'deal.won', {}],
  [3, 'deal.lost', {}],
]

export class People {
  readonly acknowledged: Acknowledged[] = []
  /** Ids of leads whose launch was acknowledged. */
  readonly launched: string[] = []
  readonly #api: RelanceClient
  readonly #roll: Roll
  #sent = 0
  #on = true

  constructor(api: RelanceClient, roll: Roll) {
    this.#api = api
    this.#roll = roll
  }

  /** Publishes, launches so many, and sends signals until it is told to stop. */
  async live(leads: number): Promise<void> {
    await this.#insist(() => this.#api.publish({ ...CADENCE, file: 'chaos.yaml' }))
    const answers: Promise<void>[] = []
    for (let from = 0; from < leads; from += LIST) {
      await this.#insist(() => this.#api.launch('chaos', listOf(from, Math.min(LIST, leads - from))))
      const rows = await this.#insist(() => this.#api.leads())
      this.launched.splice(0, this.launched.length, ...rows.map(({ id }) => id))
    }
    while (this.#on) {
      await pause(this.#roll.between(50, 800))
      answers.push(this.#say(this.#roll.of(this.launched)))
    }
    await Promise.all(answers)
  }

  stop(): void {
    this.#on = false
  }

  async #say(lead: string): Promise<void> {
    const [, type, fields] = this.#roll.of(SAID.flatMap((one) => Array.from({ length: one[0] }, () => one)))
    const replyIn = this.#roll.between(500, 6000)
    // One in four is late: it happened some hours ago.
    const late = this.#roll.between(0, 3) === 0
    const at = late ? new Date(Date.now() - this.#roll.between(1, 20) * 3_600_000).toISOString() : undefined
    const twice = this.#roll.between(0, 4) === 0
    await this.#send(lead, type, fields, { twice, ...(at !== undefined && { at }) })
    if (type !== 'reply.received') return
    await pause(replyIn)
    await this.#send(lead, 'reply.handled', { then: 'resume' }, { twice: false })
  }

  async #send(
    lead: string,
    type: string,
    fields: Record<string, string | number | boolean>,
    { twice, at }: { twice: boolean; at?: string },
  ): Promise<void> {
    this.#sent += 1
    const id = `chaos-${this.#sent}`
    const send = () => this.#api.signal(lead, type, fields, { id, ...(at !== undefined && { at }) })
    await this.#insist(async () => {
      if (twice) send().catch(() => undefined)
      await send()
    })
    this.acknowledged.push({ lead, id, type, at: Date.now() })
  }

  /** Until it is acknowledged: all requests may be sent again. */
  async #insist<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        const { code } = error as { code?: string }
        if (code === undefined || !AGAIN.has(code)) throw error
        await pause(AGAIN_MS)
      }
    }
  }
}

/** Errors that asking again helps: a part is away, or was while it worked. */
const AGAIN = new Set(['not_running', 'connection_lost', 'internal', 'disk_full'])

/**
 * Stories for the ledger and the slots: random things that happen to a few leads and mailboxes, told to a world by its
 * ports.
 */
import fc from 'fast-check'
import { HOUR, type Instant } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import type { HandedOver, Ledger, Settlement, StoredTouch, TouchStatus } from '../../store/ledger-port.ts'
import type { MailboxUse } from '../../store/slots-port.ts'
import { MONDAY, touchOf } from './plans.ts'
import type { Shut, World } from './ports.ts'

const KIND_OF = { hello: 'email', gain: 'email', call: 'task' } as const
const STEPS = ['hello', 'gain', 'call'] as const
const SPACING = 4 * HOUR
const FIRST = Math.ceil(MONDAY / SPACING) * SPACING
const MINUTE = 60_000

/** Few of each, so that they meet. */
const lead = fc.constantFrom(0, 0, 1, 2)
const slot = fc.integer({ min: 0, max: 9 }).map((n) => FIRST + n * SPACING)
const mailbox = fc.constantFrom('claire', 'ines')
const account = fc.constantFrom('a', 'a', 'b', null)
const touch = { lead, step: fc.constantFrom(...STEPS), token: fc.constantFrom('t', 't', 'u') }
const claim = {
  ...{ ...touch, slot, account, version: fc.integer({ min: 1, max: 2 }) },
  offer: fc.option(fc.record({ name: fc.constantFrom('early', 'late'), ends: slot })),
}
const words = {
  response: fc.option(fc.constantFrom('250', '451 later')),
  hard: fc.option(fc.boolean()),
  reason: fc.option(
    fc.constantFrom({ code: 'offer_over' } as const, { code: 'provider_busy', status: 503 } as const),
  ),
}
const settled = fc.constantFrom<Settlement['status']>(
  ...(['accepted', 'unconfirmed', 'refused', 'failed', 'deferred', 'closed'] as const),
)

const happens = <const What extends string, Fields extends object>(
  what: What,
  fields: { [name in keyof Fields]: fc.Arbitrary<Fields[name]> },
): fc.Arbitrary<Fields & { what: What }> =>
  fc.record(fields).map((values) => ({ ...(values as Fields), what }))

/** Things that happen. What often comes together is one of them: a touch with its slot, one that is put off. */
const claimed = happens('claim', claim)
const put = happens('put off', { ...claim, ...words })
/** Answered, as often as not. */
const leaves = happens('go out', { ...claim, ...words, mailbox, status: fc.option(settled, { freq: 2 }) })
const handed = happens('hand over', { ...touch, mailbox })
const settles = happens('settle', { ...touch, ...words, status: settled })
const doubted = happens('doubt', touch)
const confirmed = happens('confirm', touch)
const reserved = happens('reserve', { lead, mailbox, slot, account })
const released = happens('release', { lead, account, slot })
const read = happens('book', { lead, account, slot })
/** Daily caps whose days begin at different times. */
const daily = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  zone: fc.constantFrom('UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'),
})
const sought = happens('find', { mailbox, slot, perDay: fc.option(daily) })
const listed = happens('list', { lead, status: fc.option(settled), limit: fc.integer({ min: 1, max: 3 }) })
const shut = happens('shut', { lead, why: fc.constantFrom<Shut>('paused', 'ended', null, null, null) })

type Happening =
  | typeof claimed
  | typeof put
  | typeof leaves
  | typeof handed
  | typeof settles
  | typeof doubted
  | typeof confirmed
  | typeof reserved
  | typeof released
  | typeof read
  | typeof sought
  | typeof listed
  | typeof shut
export type Event = Happening extends fc.Arbitrary<infer T> ? T : never

const often = (arbitrary: Happening, weight: number) => ({
  arbitrary: arbitrary as fc.Arbitrary<Event>,
  weight,
})
const event: fc.Arbitrary<Event> = fc.oneof(
  ...[often(claimed, 3), often(put, 5), often(leaves, 5), often(handed, 2), often(settles, 3)],
  ...[often(doubted, 1), often(confirmed, 1), often(reserved, 3), often(released, 1), often(read, 2)],
  ...[often(sought, 3), often(listed, 1), often(shut, 3)],
)

/** A story, long enough for a touch to be tried several times. */
export const stories = fc.array(event, { minLength: 10, maxLength: 40 })

const ordered = (list: readonly Instant[]): Instant[] => [...list].sort((a, b) => a - b)

/** The leads of a story, and the moment it has come to. */
interface Scene {
  leads: string[]
  now: Instant
}

/** Names of mailboxes and accounts are of one story alone. */
const own = <T extends string | null>({ leads }: Scene, name: T): T =>
  (name === null ? name : `${leads[0]} ${name}`) as T

type Named = Pick<Extract<Event, { what: 'confirm' }>, 'lead' | 'step'>
type Claims = Omit<Extract<Event, { what: 'claim' }>, 'what'>
type Words = Pick<Extract<Event, { what: 'settle' }>, keyof typeof words>

const orderOf = ({ leads }: Scene, { lead, step }: Named): Touch =>
  touchOf(leads[lead] as string, step, { kind: KIND_OF[step] })

function claimIn(ledger: Ledger, scene: Scene, event: Claims): Promise<boolean> {
  const { token, slot, version, offer } = event
  const order = orderOf(scene, event)
  const touch = offer ? { ...order, offer, urgency: offer.name } : order
  const account = own(scene, event.account)
  return ledger.claim({ touch, account, cadence: 'c', version, slot, token, now: scene.now })
}

function settleIn(
  ledger: Ledger,
  scene: Scene,
  event: Named & Words & { token: string },
  status: Settlement['status'],
): Promise<TouchStatus | undefined> {
  const { token, response, hard, reason } = event
  return ledger.settle({
    ...{ key: orderOf(scene, event).key, token, status, now: scene.now },
    ...(response !== null && { response }),
    ...(hard !== null && { hard }),
    ...(reason !== null && { reason }),
  })
}

function handOverIn(
  ledger: Ledger,
  scene: Scene,
  event: Named & { token: string; mailbox: string },
): Promise<HandedOver> {
  const { key, kind } = orderOf(scene, event)
  const mailbox = own(scene, event.mailbox)
  const address = 'anna@atelier.example'
  const email = {
    mailbox,
    address,
    messageId: `<${key}>`,
    references: ['<a>'],
    subject: 'Hello',
    variant: 'b',
  }
  return ledger.handOver({ key, token: event.token, now: scene.now, ...(kind === 'email' && { email }) })
}

/** Tells one event to a world. @returns its answers */
async function tell({ ledger, slots, shut }: World, scene: Scene, event: Event): Promise<unknown[]> {
  const { now } = scene
  const who = 'lead' in event ? (scene.leads[event.lead] as string) : ''
  switch (event.what) {
    case 'claim':
      return [await claimIn(ledger, scene, event)]
    case 'put off':
      return [await claimIn(ledger, scene, event), await settleIn(ledger, scene, event, 'deferred')]
    case 'go out': {
      const [mailbox, account] = [own(scene, event.mailbox), own(scene, event.account)]
      const taken = await slots.reserve({ mailbox, at: event.slot, lead: who, account })
      const out = [taken, await claimIn(ledger, scene, event), await handOverIn(ledger, scene, event)]
      return event.status === null ? out : [...out, await settleIn(ledger, scene, event, event.status)]
    }
    case 'hand over':
      return [await handOverIn(ledger, scene, event)]
    case 'settle':
      return [await settleIn(ledger, scene, event, event.status)]
    case 'doubt':
      return [await ledger.markUnconfirmed(orderOf(scene, event).key, event.token, now)]
    case 'confirm':
      return [await ledger.confirm(orderOf(scene, event).key, now)]
    case 'reserve': {
      const [mailbox, account] = [own(scene, event.mailbox), own(scene, event.account)]
      return [await slots.reserve({ mailbox, at: event.slot, lead: who, account })]
    }
    case 'release':
    case 'book': {
      const of = { lead: who, account: own(scene, event.account), since: event.slot }
      const book = await (event.what === 'book' ? slots.book(of) : slots.release(of))
      return [ordered(book.lead), ordered(book.account)]
    }
    case 'find': {
      const use: MailboxUse = { name: own(scene, event.mailbox), spacing: SPACING }
      if (event.perDay !== null) use.perDay = event.perDay
      return [await slots.firstFree(use, event.slot)]
    }
    case 'list': {
      const { status, limit } = event
      return [await ledger.list({ lead: who, limit, ...(status !== null && { status }) })]
    }
    case 'shut':
      return [await shut(who, event.why)]
  }
}

/** Tells a whole story. @returns all answers, and what the ledger has of its leads at the end */
export async function play(
  world: World,
  leads: string[],
  story: Event[],
): Promise<{ answers: unknown[]; left: StoredTouch[] }> {
  const answers: unknown[] = []
  for (const [i, event] of story.entries())
    answers.push([event.what, ...(await tell(world, { leads, now: MONDAY + i * MINUTE }, event))])
  const left = (await world.rows()).filter(({ leadId }) => leads.includes(leadId))
  return { answers, left }
}

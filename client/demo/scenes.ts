/** What the people of a demo do and what the seller does about it: the scenes that stories are made of. */
import type { Interest, Role, Theme } from '../../cadence/words.ts'
import type { Actor } from './world.ts'

export type Scene = (lead: Actor) => Promise<void>

const QUESTIONS = {
  fr: "Pouvez-vous m'en dire plus ?",
  en: 'Could you tell me more?',
}

interface Asks {
  level?: Interest
  in?: keyof typeof QUESTIONS
}

/** They answer our `mails`th e-mail and want to know more; the seller writes back the next day. */
export const asks =
  (mails: number, days: number, theme: Theme, { level = 'general', in: locale = 'fr' }: Asks = {}): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(days)
    const message = QUESTIONS[locale]
    await lead.happens('them', `replies: "${message}"`, 'reply.received', { message })
    await lead.happens('them', `interest: ${level}, about ${theme}`, 'interest.expressed', { level, theme })
    await lead.days(1)
    await lead.happens('seller', 'answers the reply', 'reply.handled', { then: 'resume' })
  }

/** They look something up, on their own. */
export const clicks =
  (mails: number, theme: Theme): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    await lead.happens('them', `follow a link about ${theme}`, 'link.clicked', { theme })
  }

/** `Odile Lambert` of a lead's company has an address there. */
export function addressOf(lead: Actor, name: string): string {
  const ascii = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return `${ascii.replaceAll(' ', '.')}@${lead.domain}`
}

/** Somebody else of the company comes to light: the buying centre. */
export const meets =
  (role: Role, name: string, days: number): Scene =>
  async (lead) => {
    await lead.stage('discovery', 'booking', 'proposal', 'decision')
    await lead.days(days)
    const [first_name = '', last_name = ''] = name.split(' ')
    const stance = role === 'saboteur' ? 'against' : role === 'decision_maker' ? 'neutral' : 'for'
    const fields = { role, stance, email: addressOf(lead, name), first_name, last_name }
    await lead.happens('seller', `meets ${name}: ${role}`, 'contact.identified', fields)
  }

/** The need is real. `amount`: what it may come to, where they say. */
export const needs =
  (days: number, amount?: number): Scene =>
  async (lead) => {
    await lead.stage('discovery')
    await lead.days(days)
    const worth = amount === undefined ? '' : ` worth ${amount}`
    const fields = { note: 'three schedules that disagree', ...(amount === undefined ? {} : { amount }) }
    await lead.happens('seller', `verifies a need${worth}`, 'need.verified', fields)
  }

/** They book a demo and come, perhaps the second time only; then they compare. */
export const seesDemo =
  (days: number, theme: Theme, { misses = false } = {}): Scene =>
  async (lead) => {
    await lead.stage('booking')
    await lead.days(days)
    await lead.happens('them', 'book a demo', 'demo.booked')
    await lead.days(6)
    if (misses) {
      await lead.happens('them', 'miss the demo', 'demo.missed')
      await lead.days(5)
      await lead.happens('them', 'book another one', 'demo.booked')
      await lead.days(7)
    }
    await lead.happens('seller', 'shows the demo', 'demo.held')
    await lead.happens('them', `compare us with others, on ${theme}`, 'interest.expressed', {
      level: 'comparing',
      theme,
    })
  }

export const getsProposal =
  (days: number, amount: number): Scene =>
  async (lead) => {
    await lead.stage('proposal')
    await lead.days(days)
    await lead.happens('seller', `sends a proposal of ${amount}`, 'proposal.sent', { amount })
    await lead.days(4)
    await lead.happens('them', 'open the proposal', 'proposal.viewed')
  }

/** The saboteur of the buying centre says what speaks against it. */
export const objects =
  (name: string, topic: string, days: number): Scene =>
  async (lead) => {
    await lead.days(days)
    const fields = { topic, by: 'saboteur' }
    await lead.happens('them', `${name} objects: ${topic}`, 'objection.raised', fields, addressOf(lead, name))
  }

export const overcomes =
  (topic: string, days: number): Scene =>
  async (lead) => {
    await lead.days(days)
    await lead.happens('seller', `overcomes it: ${topic}`, 'objection.overcome', { topic })
  }

/** Nobody answered it, and a person lets it pass. */
export const overrides =
  (topic: string, days: number, reason: string): Scene =>
  async (lead) => {
    await lead.days(days)
    const fields = { topic, override: true, reason }
    await lead.happens('seller', `lets it pass: ${topic} (${reason})`, 'objection.overcome', fields)
  }

/** A fact of the team's own, that the ladder of urgency asks about. */
export const learns =
  (name: string, value: boolean, days: number): Scene =>
  async (lead) => {
    await lead.days(days)
    await lead.happens('seller', `notes: ${name} ${value}`, 'fact.recorded', { name, value })
  }

/** The seller moves the offer's end, with a reason. */
export const extendsOffer =
  (days: number, by: number, reason: string): Scene =>
  async (lead) => {
    await lead.stage('decision')
    await lead.days(days)
    const until = await lead.date(by)
    const fields = { offer: 'pilot-terms', until, reason }
    await lead.happens('seller', `extends the offer to ${until}: ${reason}`, 'offer.extended', fields)
  }

export const signs =
  (days: number, amount: number): Scene =>
  async (lead) => {
    await lead.stage('decision')
    await lead.days(days)
    await lead.happens('them', 'accept the proposal', 'proposal.accepted', { amount })
    await lead.stage('signature')
    await lead.days(5)
    // Credit that went stale meanwhile comes first.
    await lead.stage('signature')
    await lead.happens('seller', `won: ${amount}`, 'deal.won', { amount })
  }

/** A customer names somebody, who becomes a lead. */
export const refers =
  (days: number, name: string, company: string, domain: string): Scene =>
  async (lead) => {
    await lead.days(days)
    const [first_name = '', last_name = ''] = name.split(' ')
    const email = addressOf({ ...lead, domain }, name)
    const fields = { email, first_name, last_name, company }
    await lead.happens('them', `name somebody: ${name}, ${company}`, 'referral.given', fields)
  }

export const loses =
  (days: number, reason: string): Scene =>
  async (lead) => {
    await lead.days(days)
    await lead.happens('seller', `lost: ${reason}`, 'deal.lost', { reason })
  }

/** Who decides says no: that ends it. A saboteur's no doesn't. */
export const refuses =
  (days: number, message: string): Scene =>
  async (lead) => {
    await lead.days(days)
    await lead.happens('them', `replies: "${message}"`, 'reply.received', { message, refuses: true })
  }

/** They answer our `mails`th e-mail; the seller handles it two days later, or never. */
export const writes =
  (mails: number, message: string, then?: 'resume' | 'end', no = false): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(2)
    const fields = { message, refuses: no }
    await lead.happens('them', `replies: "${message}"`, 'reply.received', fields)
    if (then === undefined) return
    await lead.days(2)
    const text = then === 'end' ? 'leaves it at that' : 'goes on all the same'
    await lead.happens('seller', text, 'reply.handled', { then })
  }

export const optsOut =
  (mails: number, days: number): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(days)
    await lead.happens('them', 'unsubscribe', 'unsubscribed')
  }

export const complains =
  (mails: number): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    await lead.happens('them', 'mark the e-mail as spam', 'email.complained')
  }

export const bounces: Scene = async (lead) => {
  await lead.mails(1)
  await lead.happens('them', 'the address does not exist', 'email.bounced', { hard: true })
}

/** An automatic reply to the first e-mail. */
export const away =
  (days: number): Scene =>
  async (lead) => {
    await lead.mails(1)
    const returns = await lead.date(days)
    await lead.happens('them', `out of office until ${returns}`, 'reply.automatic', { returns })
  }

export const callsBack =
  (mails: number, days: number): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    const until = await lead.date(days)
    await lead.happens('them', `"call me on ${until}"`, 'callback.requested', { until })
  }

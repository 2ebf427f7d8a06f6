/** What the people of a demo do and what the seller does about it: the scenes that stories are made of. */
import type { Interest, Role, Theme } from '../../cadence/words.ts'
import type { TerminalWords } from '../terminal/words/shape.ts'
import type { Actor } from './world.ts'

export type Scene = (lead: Actor) => Promise<void>

/** What somebody objects to, and why the seller does something: the demo's words have the text. */
type Topic = keyof TerminalWords['story']['topics']
type Because = keyof TerminalWords['story']['reasons']

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
    await lead.happens('them', lead.say.replies(message), 'reply.received', { message })
    const { words, say } = lead
    const text = say.interest(words.interest[level], words.theme[theme])
    await lead.happens('them', text, 'interest.expressed', { level, theme })
    await lead.days(1)
    await lead.happens('seller', lead.say.answers, 'reply.handled', { then: 'resume' })
  }

/** They look something up, on their own. */
export const clicks =
  (mails: number, theme: Theme): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    await lead.happens('them', lead.say.follows(lead.words.theme[theme]), 'link.clicked', { theme })
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
    await lead.happens('seller', lead.say.meets(name, lead.words.role[role]), 'contact.identified', fields)
  }

/** The need is real. `amount`: what it may come to, where they say. */
export const needs =
  (days: number, amount?: number): Scene =>
  async (lead) => {
    await lead.stage('discovery')
    await lead.days(days)
    const fields = { note: lead.say.need, ...(amount === undefined ? {} : { amount }) }
    await lead.happens('seller', lead.say.verifiesNeed(amount), 'need.verified', fields)
  }

/** They book a demo and come, perhaps the second time only; then they compare. */
export const seesDemo =
  (days: number, theme: Theme, { misses = false } = {}): Scene =>
  async (lead) => {
    await lead.stage('booking')
    await lead.days(days)
    await lead.happens('them', lead.say.booksDemo, 'demo.booked')
    await lead.days(6)
    if (misses) {
      await lead.happens('them', lead.say.missesDemo, 'demo.missed')
      await lead.days(5)
      await lead.happens('them', lead.say.booksAgain, 'demo.booked')
      await lead.days(7)
    }
    await lead.happens('seller', lead.say.showsDemo, 'demo.held')
    await lead.happens('them', lead.say.compares(lead.words.theme[theme]), 'interest.expressed', {
      level: 'comparing',
      theme,
    })
  }

export const getsProposal =
  (days: number, amount: number): Scene =>
  async (lead) => {
    await lead.stage('proposal')
    await lead.days(days)
    await lead.happens('seller', lead.say.sendsProposal(amount), 'proposal.sent', { amount })
    await lead.days(4)
    await lead.happens('them', lead.say.opensProposal, 'proposal.viewed')
  }

/** The saboteur of the buying centre says what speaks against it. */
export const objects =
  (name: string, about: Topic, days: number): Scene =>
  async (lead) => {
    await lead.days(days)
    const topic = lead.say.topics[about]
    const fields = { topic, by: 'saboteur' }
    await lead.happens(
      'them',
      lead.say.objects(name, topic),
      'objection.raised',
      fields,
      addressOf(lead, name),
    )
  }

export const overcomes =
  (about: Topic, days: number): Scene =>
  async (lead) => {
    await lead.days(days)
    const topic = lead.say.topics[about]
    await lead.happens('seller', lead.say.overcomes(topic), 'objection.overcome', { topic })
  }

/** Nobody answered it, and a person lets it pass. */
export const overrides =
  (about: Topic, days: number, why: Because): Scene =>
  async (lead) => {
    await lead.days(days)
    const topic = lead.say.topics[about]
    const reason = lead.say.reasons[why]
    const fields = { topic, override: true, reason }
    await lead.happens('seller', lead.say.letsPass(topic, reason), 'objection.overcome', fields)
  }

/** A fact of the team's own, that the ladder of urgency asks about. */
export const learns =
  (name: string, value: boolean, days: number): Scene =>
  async (lead) => {
    await lead.days(days)
    const { words, say } = lead
    const text = say.notes(name, value ? words.yes : words.no)
    await lead.happens('seller', text, 'fact.recorded', { name, value })
  }

/** The seller moves the offer's end, with a reason. */
export const extendsOffer =
  (days: number, by: number, why: Because): Scene =>
  async (lead) => {
    await lead.stage('decision')
    await lead.days(days)
    const until = await lead.date(by)
    const reason = lead.say.reasons[why]
    const fields = { offer: 'pilot-terms', until, reason }
    await lead.happens('seller', lead.say.extendsOffer(until, reason), 'offer.extended', fields)
  }

export const signs =
  (days: number, amount: number): Scene =>
  async (lead) => {
    await lead.stage('decision')
    await lead.days(days)
    await lead.happens('them', lead.say.acceptsProposal, 'proposal.accepted', { amount })
    await lead.stage('signature')
    await lead.days(5)
    // Credit that went stale meanwhile comes first.
    await lead.stage('signature')
    await lead.happens('seller', lead.say.won(amount), 'deal.won', { amount })
  }

/** A customer names somebody, who becomes a lead. */
export const refers =
  (days: number, name: string, company: string, domain: string): Scene =>
  async (lead) => {
    await lead.days(days)
    const [first_name = '', last_name = ''] = name.split(' ')
    const email = addressOf({ ...lead, domain }, name)
    const fields = { email, first_name, last_name, company }
    await lead.happens('them', lead.say.namesSomebody(name, company), 'referral.given', fields)
  }

export const loses =
  (days: number, why: Because): Scene =>
  async (lead) => {
    await lead.days(days)
    const reason = lead.say.reasons[why]
    await lead.happens('seller', lead.say.lost(reason), 'deal.lost', { reason })
  }

/** Who decides says no: that ends it. A saboteur's no doesn't. */
export const refuses =
  (days: number, message: string): Scene =>
  async (lead) => {
    await lead.days(days)
    await lead.happens('them', lead.say.replies(message), 'reply.received', { message, refuses: true })
  }

/** They answer our `mails`th e-mail; the seller handles it two days later, or never. */
export const writes =
  (mails: number, message: string, then?: 'resume' | 'end', no = false): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(2)
    const fields = { message, refuses: no }
    await lead.happens('them', lead.say.replies(message), 'reply.received', fields)
    if (then === undefined) return
    await lead.days(2)
    const text = then === 'end' ? lead.say.endsIt : lead.say.goesOnAnyway
    await lead.happens('seller', text, 'reply.handled', { then })
  }

export const optsOut =
  (mails: number, days: number): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(days)
    await lead.happens('them', lead.say.unsubscribes, 'unsubscribed')
  }

export const complains =
  (mails: number): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    await lead.happens('them', lead.say.complains, 'email.complained')
  }

export const bounces: Scene = async (lead) => {
  await lead.mails(1)
  await lead.happens('them', lead.say.noAddress, 'email.bounced', { hard: true })
}

/** An automatic reply to the first e-mail. */
export const away =
  (days: number): Scene =>
  async (lead) => {
    await lead.mails(1)
    const returns = await lead.date(days)
    await lead.happens('them', lead.say.outOfOffice(returns), 'reply.automatic', { returns })
  }

export const callsBack =
  (mails: number, days: number): Scene =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    const until = await lead.date(days)
    await lead.happens('them', lead.say.callMe(until), 'callback.requested', { until })
  }

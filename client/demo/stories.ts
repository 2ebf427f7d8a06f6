/** What the people of examples/leads.csv do: a story for each, keyed by e-mail address, made of a few phases. */
import type { Interest, Theme } from '../../cadence/words.ts'
import type { Actor } from './world.ts'

export type Phase = (lead: Actor) => Promise<void>

/** They answer our `mails`th e-mail and want to know more; the seller writes back the next day. */
const asks =
  (mails: number, days: number, theme: Theme, level: Interest = 'general'): Phase =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(days)
    await lead.happens('them', 'replies: "Pouvez-vous m\'en dire plus ?"', 'reply.received', {
      message: "Pouvez-vous m'en dire plus ?",
    })
    await lead.happens('them', `interest: ${level}, about ${theme}`, 'interest.expressed', { level, theme })
    await lead.days(1)
    await lead.happens('seller', 'answers the reply', 'reply.handled', { then: 'resume' })
  }

const approves =
  (days: number, limit: number): Phase =>
  async (lead) => {
    await lead.stage('credit')
    await lead.days(days)
    const decision = { limit, rating: 'B', provider: 'creditsafe' }
    await lead.happens('bank', `approves credit up to ${limit}`, 'credit.approved', decision)
  }

const refuses =
  (days: number): Phase =>
  async (lead) => {
    await lead.stage('credit')
    await lead.days(days)
    await lead.happens('bank', 'refuses credit', 'credit.refused', { provider: 'creditsafe' })
  }

const reviews =
  (days: number): Phase =>
  async (lead) => {
    await lead.stage('credit')
    await lead.days(days)
    await lead.happens('bank', 'wants to look at the file', 'credit.review', { provider: 'creditsafe' })
  }

/** They book a demo and come; the need turns out to be real. */
const seesDemo =
  (days: number, { missesFirst = false } = {}): Phase =>
  async (lead) => {
    await lead.stage('demo')
    await lead.days(days)
    await lead.happens('them', 'book a demo', 'demo.booked')
    await lead.days(4)
    if (missesFirst) {
      await lead.happens('them', 'miss the demo', 'demo.missed')
      await lead.days(3)
      await lead.happens('them', 'book another one', 'demo.booked')
      await lead.days(4)
    }
    await lead.happens('seller', 'shows the demo', 'demo.held')
    await lead.happens('seller', 'verifies the need', 'need.verified', { note: 'two spreadsheets and a fax' })
    await lead.happens('them', 'compare us with others', 'interest.expressed', {
      level: 'comparing',
      theme: 'productivity',
    })
  }

/** Somebody else of the company comes in. */
const meets =
  (role: 'decision_maker' | 'influencer' | 'saboteur', first: string, last: string, days: number): Phase =>
  async (lead) => {
    await lead.days(days)
    const email = `${first}.${last}@${lead.domain}`.toLowerCase()
    const stance = role === 'saboteur' ? 'against' : 'for'
    const fields = { role, stance, email, first_name: first, last_name: last }
    await lead.happens('seller', `meets ${first} ${last}: ${role}`, 'contact.identified', fields)
  }

const sabotages =
  (topic: string, days: number): Phase =>
  async (lead) => {
    await lead.stage('proposal')
    await lead.days(days)
    const raised = { topic, by: 'saboteur' }
    await lead.happens('them', `a saboteur objects: ${topic}`, 'objection.raised', raised)
    await lead.days(9)
    await lead.happens('seller', `overcomes it: ${topic}`, 'objection.overcome', { topic })
  }

const getsProposal =
  (days: number, amount: number): Phase =>
  async (lead) => {
    await lead.stage('proposal')
    await lead.days(days)
    await lead.happens('seller', `sends a proposal of ${amount}`, 'proposal.sent', { amount })
    await lead.days(2)
    await lead.happens('them', 'open the proposal', 'proposal.viewed')
  }

const signs =
  (days: number, amount: number): Phase =>
  async (lead) => {
    await lead.days(days)
    await lead.happens('them', 'accept the proposal', 'proposal.accepted', { amount })
    await lead.days(1)
    await lead.happens('seller', `won: ${amount}`, 'deal.won', { amount })
  }

const declines =
  (days: number, reason: string): Phase =>
  async (lead) => {
    await lead.days(days)
    await lead.happens('them', 'decline the proposal', 'proposal.declined')
    await lead.days(2)
    await lead.happens('seller', `lost: ${reason}`, 'deal.lost', { reason })
  }

const saysNo =
  (mails: number, days: number): Phase =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(days)
    const message = 'Merci, nous sommes déjà équipés.'
    await lead.happens('them', `replies: "${message}"`, 'reply.received', { message })
    await lead.days(2)
    await lead.happens('seller', 'leaves it at that', 'reply.handled', { then: 'end' })
  }

/** A reply that nobody has looked at yet. */
const writes =
  (mails: number, days: number, message: string): Phase =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(days)
    await lead.happens('them', `replies: "${message}"`, 'reply.received', { message })
  }

const optsOut =
  (mails: number, days: number): Phase =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(days)
    await lead.happens('them', 'unsubscribe', 'unsubscribed')
  }

const complains =
  (mails: number): Phase =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    await lead.happens('them', 'mark the e-mail as spam', 'email.complained')
  }

const bounces: Phase = async (lead) => {
  await lead.mails(1)
  await lead.happens('them', 'the address does not exist', 'email.bounced', { hard: true })
}

/** An automatic reply to the first e-mail. */
const away =
  (days: number): Phase =>
  async (lead) => {
    await lead.mails(1)
    const returns = await lead.date(days)
    await lead.happens('them', `out of office until ${returns}`, 'reply.automatic', { returns })
  }

const callsBack =
  (mails: number, days: number): Phase =>
  async (lead) => {
    await lead.mails(mails)
    await lead.days(1)
    const until = await lead.date(days)
    await lead.happens('them', `"call me on ${until}"`, 'callback.requested', { until })
  }

/** Who isn't here stays silent. */
export const STORIES: Record<string, Phase[]> = {
  'hugo.morel@atelier-morel.example': [
    asks(1, 2, 'ease'),
    approves(3, 40_000),
    seesDemo(4),
    getsProposal(3, 18_500),
    signs(6, 18_500),
  ],
  'ines.roux@fonderie-roux.example': [
    asks(2, 1, 'productivity'),
    approves(4, 60_000),
    seesDemo(3),
    meets('decision_maker', 'Karim', 'Roux', 1),
    meets('saboteur', 'Yves', 'Clément', 1),
    sabotages('data migration', 3),
    getsProposal(2, 42_000),
    signs(5, 42_000),
  ],
  'camille.lambert@lambert-precision.example': [
    asks(2, 3, 'support'),
    approves(6, 25_000),
    seesDemo(5),
    meets('decision_maker', 'Odile', 'Lambert', 2),
    getsProposal(4, 21_000),
    signs(17, 19_950),
  ],
  'luc.peeters@peeters-metaal.example': [
    asks(1, 4, 'productivity'),
    approves(5, 30_000),
    seesDemo(4, { missesFirst: true }),
    getsProposal(3, 16_000),
    signs(9, 16_000),
  ],
  'nora.keller@keller-werkzeuge.example': [
    away(16),
    asks(2, 2, 'upfront_savings'),
    approves(4, 80_000),
    seesDemo(6),
    getsProposal(3, 33_000),
    signs(12, 33_000),
  ],
  'etienne.garnier@garnier-bois.example': [
    asks(1, 3, 'ease'),
    approves(4, 20_000),
    seesDemo(4),
    meets('decision_maker', 'Solange', 'Garnier', 1),
    getsProposal(3, 14_000),
    declines(10, 'went with a competitor'),
  ],
  'sophie.blanchard@blanchard-textile.example': [
    asks(3, 1, 'support'),
    approves(5, 35_000),
    seesDemo(5),
    getsProposal(4, 27_000),
    declines(14, 'no budget this year'),
  ],
  'mathieu.tremblay@tremblay-usinage.example': [asks(2, 2, 'productivity'), approves(5, 50_000), seesDemo(7)],
  'clara.fontaine@fontaine-emballage.example': [asks(1, 2, 'ease'), refuses(6)],
  'paul.mercier@mercier-hydraulique.example': [asks(2, 2, 'upfront_savings'), reviews(2), refuses(12)],
  'aicha.benali@benali-logistique.example': [asks(2, 4, 'support'), reviews(3), approves(15, 15_000)],
  'julien.faure@faure-menuiserie.example': [optsOut(1, 1)],
  'margaux.petit@petit-composites.example': [optsOut(3, 2)],
  'thomas.girard@girard-verre.example': [complains(2)],
  'laure.chevalier@chevalier-cuir.example': [bounces],
  'nicolas.dumas@dumas-thermique.example': [saysNo(2, 1)],
  'elsa.renard@renard-optique.example': [callsBack(1, 45), asks(2, 2, 'indirect_costs')],
  'bruno.colin@colin-plastiques.example': [writes(3, 2, 'Qui est mon interlocuteur chez vous ?')],
}

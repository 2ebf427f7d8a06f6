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
    const ascii = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    const email = `${ascii(first)}.${ascii(last)}@${lead.domain}`
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
  // They want it, and can pay.
  'hugo.morel@atelier-morel.example': [
    asks(1, 2, 'ease'),
    approves(4, 40_000),
    seesDemo(6),
    getsProposal(4, 18_500),
    signs(7, 18_500),
  ],
  'luc.peeters@peeters-metaal.example': [
    asks(1, 5, 'productivity'),
    approves(6, 30_000),
    seesDemo(7, { missesFirst: true }),
    getsProposal(5, 16_000),
    signs(12, 16_000),
  ],
  'nora.keller@keller-werkzeuge.example': [
    away(20),
    asks(2, 3, 'upfront_savings'),
    approves(6, 80_000),
    seesDemo(8),
    getsProposal(5, 33_000),
    signs(13, 33_000),
  ],
  // Somebody else decides, and somebody is against it.
  'ines.roux@fonderie-roux.example': [
    asks(2, 1, 'productivity'),
    approves(7, 60_000),
    seesDemo(9),
    meets('decision_maker', 'Karim', 'Roux', 1),
    meets('saboteur', 'Yves', 'Clément', 2),
    sabotages('data migration', 3),
    getsProposal(3, 42_000),
    signs(14, 42_000),
  ],
  'camille.lambert@lambert-precision.example': [
    asks(2, 4, 'support'),
    approves(9, 25_000),
    seesDemo(10),
    meets('decision_maker', 'Odile', 'Lambert', 3),
    getsProposal(5, 21_000),
    signs(20, 19_950),
  ],
  // Lost at the end.
  'etienne.garnier@garnier-bois.example': [
    asks(1, 3, 'ease'),
    approves(6, 20_000),
    seesDemo(6),
    meets('decision_maker', 'Solange', 'Garnier', 2),
    getsProposal(4, 14_000),
    declines(12, 'went with a competitor'),
  ],
  'sophie.blanchard@blanchard-textile.example': [
    asks(3, 2, 'support', 'comparing'),
    approves(10, 35_000),
    seesDemo(12),
    getsProposal(6, 27_000),
    declines(20, 'no budget this year'),
  ],
  // Stuck on the way.
  'mathieu.tremblay@tremblay-usinage.example': [asks(2, 2, 'productivity'), approves(8, 50_000), seesDemo(9)],
  'aicha.benali@benali-logistique.example': [asks(2, 4, 'support'), reviews(4), approves(17, 15_000)],
  'bruno.colin@colin-plastiques.example': [writes(3, 2, 'Qui est mon interlocuteur chez vous ?')],
  // The bank says no.
  'clara.fontaine@fontaine-emballage.example': [asks(1, 2, 'ease'), refuses(6)],
  'paul.mercier@mercier-hydraulique.example': [asks(2, 2, 'upfront_savings'), reviews(3), refuses(14)],
  // They don't want to hear from us, or can't.
  'julien.faure@faure-menuiserie.example': [optsOut(1, 1)],
  'margaux.petit@petit-composites.example': [optsOut(3, 2)],
  'thomas.girard@girard-verre.example': [complains(2)],
  'laure.chevalier@chevalier-cuir.example': [bounces],
  'nicolas.dumas@dumas-thermique.example': [saysNo(2, 1)],
  // Later.
  'elsa.renard@renard-optique.example': [callsBack(1, 45), asks(2, 2, 'indirect_costs')],
  'owen.hughes@hughes-castings.example': [
    asks(4, 1, 'productivity', 'comparing'),
    approves(5, 45_000),
    seesDemo(6),
    getsProposal(3, 24_000),
    signs(8, 24_000),
  ],
  'denis.rochat@rochat-decolletage.example': [
    asks(4, 3, 'support', 'comparing'),
    approves(9, 30_000),
    seesDemo(8),
  ],
  'maelle.le-goff@le-goff-marine.example': [optsOut(4, 2)],
}

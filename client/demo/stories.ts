/** What the people of examples/leads.csv do: a story for each, keyed by e-mail address, made of a few scenes. */
import {
  asks,
  away,
  bounces,
  callsBack,
  clicks,
  complains,
  extendsOffer,
  getsProposal,
  learns,
  loses,
  meets,
  needs,
  objects,
  optsOut,
  overcomes,
  overrides,
  refers,
  refuses,
  type Scene,
  seesDemo,
  signs,
  writes,
} from './scenes.ts'

const EN = { in: 'en' } as const

/** Who isn't here stays silent. */
export const STORIES: Record<string, Scene[]> = {
  // Whoever decides wants it, and can pay; his colleagues hold or bow out meanwhile.
  'hugo.morel@groupe-morel.example': [
    asks(1, 2, 'ease'),
    needs(20, 120_000),
    seesDemo(10, 'productivity'),
    getsProposal(8, 120_000),
    signs(34, 118_000),
    refers(37, 'Hélène Marchal', 'Marchal Fonderies', 'marchal-fonderies.example'),
  ],
  'karim.haddad@groupe-morel.example': [writes(2, 'Voyez cela avec Hugo Morel.', 'end')],
  'anne.vidal@groupe-morel.example': [optsOut(3, 2)],
  // A buying centre, a review, and a saboteur who is won over.
  'ines.roux@fonderies-roux.example': [
    clicks(1, 'productivity'),
    asks(2, 2, 'productivity'),
    meets('decision_maker', 'Marc Delmas', 20),
    needs(12, 180_000),
    seesDemo(14, 'indirect_costs'),
    meets('user', 'Lucie Perrin', 3),
    getsProposal(10, 180_000),
    meets('saboteur', 'Bernard Simon', 6),
    objects('Bernard Simon', 'migration', 6),
    overcomes('migration', 24),
    signs(25, 172_000),
  ],
  // A saboteur's no doesn't end it.
  'yves.clement@fonderies-roux.example': [writes(1, 'Nous avons déjà un ERP.', 'resume', true)],
  // The demo is missed, and the board meets later than the offer lasts.
  'camille.lambert@lambert-precision.example': [
    asks(3, 3, 'support'),
    meets('decision_maker', 'Odile Lambert', 20),
    needs(10, 90_000),
    seesDemo(12, 'support', { misses: true }),
    getsProposal(12, 90_000),
    extendsOffer(38, 42, 'board'),
    signs(36, 88_000),
  ],
  // The credit limit is below what they need.
  'luc.peeters@peeters-metaal.example': [
    asks(1, 5, 'upfront_savings', EN),
    needs(25, 160_000),
    seesDemo(12, 'upfront_savings'),
    getsProposal(10, 160_000),
    learns('budget_closes', true, 20),
    signs(20, 155_000),
  ],
  'els.maes@peeters-metaal.example': [optsOut(4, 2)],
  // Out of office, then a decision that takes longer than an approval lasts.
  'nora.keller@keller-werkzeuge.example': [
    away(24),
    asks(2, 4, 'indirect_costs', EN),
    needs(25, 300_000),
    seesDemo(13, 'indirect_costs'),
    getsProposal(14, 300_000),
    extendsOffer(30, 85, 'sites'),
    signs(78, 290_000),
  ],
  // The saboteur's objection is never overcome.
  'etienne.garnier@garnier-emballages.example': [
    asks(2, 3, 'ease'),
    meets('decision_maker', 'Solange Garnier', 18),
    needs(8, 70_000),
    seesDemo(13, 'ease'),
    getsProposal(9, 70_000),
    meets('saboteur', 'Victor Lemaire', 7),
    objects('Victor Lemaire', 'shop_floor', 8),
    loses(70, 'shop_floor'),
  ],
  // Whoever decides says no.
  'sophie.blanchard@blanchard-textile.example': [
    asks(3, 2, 'support'),
    needs(25, 60_000),
    seesDemo(14, 'upfront_savings'),
    getsProposal(10, 60_000),
    refuses(30, 'Nous ne donnerons pas suite.'),
  ],
  // A proposal worth more than the limit, and an objection that a person lets pass.
  'aicha.benali@benali-logistique.example': [
    asks(2, 4, 'support'),
    meets('decision_maker', 'Samir Benali', 20),
    needs(12),
    seesDemo(13, 'support'),
    getsProposal(10, 80_000),
    meets('saboteur', 'Rita Weber', 25),
    objects('Rita Weber', 'supplier', 6),
    overrides('supplier', 20, 'own_decision'),
    signs(15, 78_000),
  ],
  // It takes five letters.
  'owen.hughes@hughes-castings.example': [
    asks(5, 1, 'indirect_costs', { ...EN, level: 'comparing' }),
    needs(18, 140_000),
    seesDemo(12, 'productivity'),
    getsProposal(9, 140_000),
    signs(38, 138_000),
    refers(39, 'Rhys Powell', 'Powell Forge', 'powell-forge.example'),
  ],
  // Back from the nurture, on interest.
  'grace.walker@walker-toolworks.example': [
    asks(6, 3, 'ease', EN),
    meets('decision_maker', 'Dale Walker', 14),
    needs(10, 60_000),
    seesDemo(13, 'ease'),
    getsProposal(10, 60_000),
  ],
  // Nobody at the bank answers.
  'mathieu.tremblay@tremblay-usinage.example': [asks(2, 2, 'productivity'), needs(18, 45_000)],
  // The bank says no.
  'clara.fontaine@fontaine-emballage.example': [
    asks(1, 3, 'ease'),
    meets('decision_maker', 'Jeanne Fontaine', 16),
    needs(8, 40_000),
  ],
  'paul.mercier@mercier-hydraulique.example': [
    asks(2, 2, 'upfront_savings'),
    meets('decision_maker', 'Gilles Mercier', 15),
    needs(7, 110_000),
  ],
  // Later, and then nobody knows who decides.
  'elsa.renard@renard-optique.example': [callsBack(1, 75), asks(0, 80, 'indirect_costs')],
  // A reply that nobody looks at: the colleague holds, too.
  'bruno.colin@colin-plastiques.example': [writes(3, 'Qui est mon interlocuteur chez vous ?')],
  // They don't want to hear from us, or can't.
  'julien.faure@faure-menuiseries.example': [optsOut(1, 1)],
  'thomas.girard@girard-verre.example': [complains(2)],
  'laure.chevalier@chevalier-cuir.example': [bounces],
  'nicolas.dumas@dumas-thermique.example': [writes(2, 'Merci, nous sommes déjà équipés.', 'end')],
  // Named by a customer: a lead of their own by then.
  'helene.marchal@marchal-fonderies.example': [
    asks(1, 2, 'ease'),
    needs(12, 95_000),
    seesDemo(8, 'productivity'),
  ],
}

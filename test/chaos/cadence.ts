/** What the chaos's leads go through: a letter every day or two, for as long as the chaos lasts. */

const LETTERS = 24

const steps = Array.from({ length: LETTERS }, (_, n) =>
  n === 0
    ? '      - { id: s0, email: letter }'
    : `      - { id: s${n}, email: letter, wait: ${1 + (n % 3)}d }`,
).join('\n')

/** As `relance publish` takes it. */
export const CADENCE = {
  source: `cadence: chaos
from: claire
owner: Claire
locale: en
window: { days: mon-sun, hours: "00:00-24:00" }
account: hold
stages:
  - stage: contact
    until: { deal: won }
    steps:
${steps}
    otherwise: nurture
plays:
  - play: answer
    on: link.clicked
    steps:
      - { id: clicked, email: letter, wait: 6h }
      - { id: call, task: "Call them", wait: 1d, due: 1d }
nurture: { every: 4d, for: 1y, emails: [letter], until: { need: verified } }
`,
  templates: { 'letter.md': '---\nsubject: Hello\n---\nHello {{ contact.first_name }}.\n' },
}

/** A list of so many people, three of a company. */
export const listOf = (from: number, count: number): Uint8Array =>
  new TextEncoder().encode(
    [
      'email,first_name,company,zone',
      ...Array.from({ length: count }, (_, i) => {
        const n = from + i
        const company = Math.floor(n / 3)
        return `person-${n}@company-${company}.example,Léa,Company ${company},Europe/Paris`
      }),
    ].join('\n'),
  )

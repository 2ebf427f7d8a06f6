/** The cadence that is measured: follow-ups a day apart, at any hour, so that only the clock's speed says when. */
export const FOLLOW_UPS = 8
export const DAY_MS = 86_400_000

const steps = Array.from(
  { length: FOLLOW_UPS },
  (_, n) => `      - { id: e${n + 1}, email: letter, wait: 1d }`,
)

export const NAME = 'bench'
export const SOURCE = `
cadence: ${NAME}
from: claire
locale: en
window: { days: mon-sun, hours: "00:00-24:00" }
prospect: { interest: general }
qualified: { interest: comparing }
stages:
  - stage: contact
    until: { interest: convinced }
    steps:
${steps.join('\n')}
    otherwise: { end: unresponsive }
`
export const TEMPLATES = {
  'letter.md':
    '---\nsubject: A question, {{ contact.first_name }}\n---\nDear {{ contact.first_name }},\n\nhow are you?\n',
}

/** A CRM's export. `from`: number of the first lead. */
export function csv(from: number, count: number): Uint8Array {
  const lines = Array.from({ length: count }, (_, n) => {
    const i = from + n
    return `"Lea","Martin","lea.${i}@firm-${i}.example","Firm ${i}","Europe/Paris","France"`
  })
  const header = '"First Name","Last Name","Email","Company Name","Time Zone","Country/Region"'
  return new TextEncoder().encode([header, ...lines].join('\n'))
}

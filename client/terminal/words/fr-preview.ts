/** What `relance preview` says, in French. */
import type { TerminalWords } from './shape.ts'

export const previewFr: TerminalWords['preview'] = {
  title: (cadence, version) =>
    version === null ? `Lettres de ${cadence}` : `Lettres de ${cadence}, version ${version}`,
  from: 'De\u00a0:',
  to: 'À\u00a0:',
  subject: 'Objet\u00a0:',
  variant: (name) => `variante ${name}`,
  alone: 'si la lettre qu’elle relance n’est jamais partie',
  text: 'Texte',
  place: {
    stage: (id, step) => `phase ${id}, étape ${step}`,
    play: (id, step) => `scénario ${id}, étape ${step}`,
    nurture: 'entretien',
  },
  levels: (levels) => `urgence ${levels.join(', ')}`,
  role: (role) => `pour le rôle de ${role}`,
  imagined: (variables) => `pas encore connu, donc imaginé : ${variables.join(', ')}`,
  unwritable: (because) => `ne peut pas être écrite : ${because}`,
  wrote: (letters, file) => `${letters < 2 ? `${letters} lettre` : `${letters} lettres`} dans ${file}`,
}

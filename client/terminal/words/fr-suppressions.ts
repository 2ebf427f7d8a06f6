/** What `relance suppressions` says, in French. */
import type { TerminalWords } from './shape.ts'

const count =
  (one: string, many = `${one}s`) =>
  (n: number): string =>
    `${n} ${n < 2 ? one : many}`

export const suppressionsFr: TerminalWords['suppressions'] = {
  heads: {
    ...{ entry: 'adresse ou domaine', reason: 'motif', since: 'depuis', source: 'venue par' },
    ...{ by: 'inscrite par', note: 'remarque', what: 'ce qui a été fait' },
  },
  entries: (n) => `${count('entrée')(n)}.`,
  is: (entry, suppressed) =>
    suppressed ? `Il ne faut pas écrire à ${entry}.` : `On peut écrire à ${entry}.`,
  added: (added, known, dryRun) =>
    `${dryRun ? count('entrée serait ajoutée', 'entrées seraient ajoutées')(added) : count('entrée ajoutée', 'entrées ajoutées')(added)}, ${known} déjà sur la liste.`,
  stopped: (list, dryRun) =>
    `Pistes ouvertes ${dryRun ? 'qui seraient terminées' : 'terminées'} par là : ${list.map(({ entry, lead, cadence }) => `${lead} de ${cadence} (${entry})`).join(', ')}.`,
  recognised: ({ rows, addresses, domains, columns }) =>
    `${count('ligne')(rows)} : ${count('adresse')(addresses)}, ${count('domaine')(domains)} ; ${columns
      .flatMap(({ column, fields }) => fields.map((field) => `${field} dans « ${column} »`))
      .join(', ')}.`,
  refused: (row, value, why) => `ligne ${row} laissée de côté : « ${value} » : ${why}`,
  more: (n) => `${count('autre ligne laissée', 'autres lignes laissées')(n)} de côté`,
  lifted: (entry) => `On peut de nouveau écrire à ${entry}. Aucune piste ne reprend pour autant.`,
  reopen: (leads) =>
    `Pour faire reprendre une piste terminée : ${leads.map((lead) => `relance reopen ${lead}`).join(', ')}`,
}

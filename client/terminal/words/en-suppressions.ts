/** What `relance suppressions` says, in English. */
import type { TerminalWords } from './shape.ts'

const count =
  (one: string, many = `${one}s`) =>
  (n: number): string =>
    `${n} ${n === 1 ? one : many}`

export const suppressionsEn: TerminalWords['suppressions'] = {
  heads: {
    ...{ entry: 'address or domain', reason: 'reason', since: 'since', source: 'came by' },
    ...{ by: 'written down by', note: 'note', what: 'what was done' },
  },
  entries: (n) => `${count('entry', 'entries')(n)}.`,
  is: (entry, suppressed) => `${entry} ${suppressed ? 'must not' : 'may'} be written to.`,
  added: (added, known, dryRun) =>
    `${count('entry', 'entries')(added)} ${dryRun ? 'would be ' : ''}added, ${known} on the list already.`,
  stopped: (list, dryRun) =>
    `Open leads that ${dryRun ? 'would end' : 'end'} by it: ${list.map(({ entry, lead, cadence }) => `${lead} of ${cadence} (${entry})`).join(', ')}.`,
  recognised: ({ rows, addresses, domains, columns }) =>
    `${count('row')(rows)}: ${count('address', 'addresses')(addresses)}, ${count('domain')(domains)}; ${columns
      .flatMap(({ column, fields }) => fields.map((field) => `${field} from "${column}"`))
      .join(', ')}.`,
  refused: (row, value, why) => `row ${row} left out: "${value}": ${why}`,
  more: (n) => `${count('more row')(n)} left out`,
  lifted: (entry) => `${entry} may be written to again. No lead is resumed by that.`,
  reopen: (leads) =>
    `To let an ended lead begin again: ${leads.map((lead) => `relance reopen ${lead}`).join(', ')}`,
}

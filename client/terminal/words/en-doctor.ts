/** What `relance doctor` and `relance reconcile` say, in English. */
import type { TerminalWords } from './shape.ts'

export const doctorEn: TerminalWords['doctor'] = {
  fine: 'Nothing is wrong.',
  found: (code, n, says) => `${code} (${n}): ${says}.`,
  leads: (ids, more) => `${ids.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  compared: (open, running, dry) =>
    `${open} open leads and ${running} running workflows compared${dry ? '; this is a dry run, nothing was changed' : ''}.`,
  counts: {
    begunAgain: 'begun again from what is recorded',
    asked: 'knew more than the record, and were asked to write it down',
    ended: 'had ended by their rules: the end is on record again',
    stopped: 'had ended on record: their workflows were stopped',
    signals: 'signals handed over again',
    touches: 'touches put back into the ledger',
    failed: 'could not be mended now: the log says why; try again',
    unknown: 'can not be mended: where they were is on record nowhere',
    orphans: 'workflows run for leads that the database does not have; they send nothing',
    lines: 'lines of timelines are lost',
  },
  nothing: 'Nothing was to be mended.',
}

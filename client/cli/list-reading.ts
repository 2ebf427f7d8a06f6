/** How a list was read, for its `--dry-run`: its encoding, and column by column. */
import type { LaunchReport } from '../contract/index.ts'
import { note, say } from '../terminal/output.ts'
import { terminalLanguage } from '../terminal/reader.ts'
import { table } from '../terminal/table.ts'
import { terminalWords } from '../terminal/words/words.ts'

/** Prints it; the encoding also where it isn't sure, and warnings in any case. */
export function printReading(
  { encoding, columns, warnings }: Pick<LaunchReport, 'encoding' | 'columns' | 'warnings'>,
  dryRun: boolean,
): void {
  const { check, launch: text } = terminalWords(terminalLanguage())
  if (encoding.confidence < 1 || dryRun) note(text.encoding(encoding))
  if (dryRun && columns.length > 0) {
    const lines = table(columns, [
      { head: text.heads.column, cell: (c) => c.column },
      { head: text.heads.takenFor, cell: (c) => text.takenFor(c) },
      { head: text.heads.samples, cell: (c) => c.samples.join(' · '), shrinks: true },
    ])
    for (const line of lines) say(line)
    say()
  }
  for (const { message } of warnings) note(check.warning(message))
}

/** `relance doctor` and `relance reconcile`: what must not be, and mending it. */
import type { Command } from 'commander'
import { EXIT } from '../../contract/error-table.ts'
import type { Reconciled } from '../../contract/index.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

export const doctor = (program: Command): Command =>
  verb(
    program,
    'doctor',
    'look for what must not be: leads that sleep, signals nobody takes in, and the like',
    ['relance doctor'],
  ).action(
    action(async ({ json }: { json?: boolean }) => {
      const report = await (await connected()).doctor()
      const { doctor: text } = terminalWords(terminalLanguage())
      if (json) sayJson(report)
      else if (report.ok) say(text.fine)
      else {
        for (const { code, n, leads, says, remedy } of report.findings) {
          say(text.found(code, n, says))
          say(`  ${remedy}`)
          say(`  ${text.leads(leads, n - leads.length)}`)
        }
      }
      return report.ok ? undefined : EXIT.problem
    }),
  )

export const reconcile = (program: Command): Command =>
  verb(
    program,
    'reconcile',
    'compare all open leads with all workflows, as after a restore of either; mend what can be, send nothing',
    ['relance reconcile --dry-run', 'relance reconcile'],
  )
    .option('--dry-run', 'only say what is the matter')
    .action(
      action(async ({ json, dryRun = false }: { json?: boolean; dryRun?: boolean }) => {
        const done = await (await connected()).reconcile({ dry: dryRun })
        if (json) sayJson(done)
        else for (const line of linesOf(done)) say(line)
        return done.failed.n + done.unknown.n + done.orphans.n > 0 ? EXIT.problem : undefined
      }),
    )

/** What was mended, and what can't be: those of which there are any. */
function linesOf(done: Reconciled): string[] {
  const { doctor: text } = terminalWords(terminalLanguage())
  const kinds = [
    'begunAgain',
    'asked',
    'ended',
    'stopped',
    'signals',
    'touches',
    'failed',
    'unknown',
  ] as const
  const counted = [...kinds, 'orphans' as const, 'lines' as const].flatMap((kind) => {
    const of = done[kind]
    const [n, leads] = typeof of === 'number' ? [of, []] : [of.n, of.leads]
    if (n === 0) return []
    const named = leads.length > 0 ? [`  ${text.leads(leads, n - leads.length)}`] : []
    return [`${n} ${text.counts[kind]}`, ...named]
  })
  const lines = counted.length > 0 ? counted : [text.nothing]
  return [text.compared(done.open, done.running, done.dry), ...lines]
}

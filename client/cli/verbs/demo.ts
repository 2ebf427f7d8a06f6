/** `relance demo`: nine months of a cadence in two and a half minutes. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { RelanceError } from '../../../cadence/errors.ts'
import { dictionaryOf } from '../../../cadence/reasons/say.ts'
import { EXIT } from '../../contract/error-table.ts'
import { note, paintError, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { speed } from '../hosting-options.ts'
import { action, verb, ZONE } from '../verb.ts'

interface Options {
  days: number
  speed: number
  home: string
  zone?: string
  stay?: boolean
  json?: boolean
}

export const demo = (program: Command): Command =>
  verb(
    program,
    'demo',
    'see nine months of a cadence in two and a half minutes, with an outside world that answers',
    ['relance demo', 'relance demo --stay     # and keep it up, to look around'],
  )
    .option('--days <n>', 'how many days of the cadence', days, 270)
    .option('--speed <n>', 'seconds of the cadence in one second', speed, 172_800)
    .option('--home <folder>', 'its data folder, cleared when it begins', '.relance-demo')
    .option(...ZONE)
    .option('--stay', 'keep it up at the end, until Ctrl-C')
    .action(
      action(async ({ json, stay = false, ...options }: Options) => {
        const { playDemo } = await import('../../demo/demo.ts')
        const { eventLine, summaryLines, verdict } = await import('../../demo/print.ts')
        const { progressLine } = await import('../../terminal/start-progress.ts')
        const { listenForStop, runUntilStopped } = await import('../../hosting/up.ts')
        const stop = listenForStop()
        const folder = resolve(options.home)
        const language = terminalLanguage()
        const { host: text } = terminalWords(language)
        const { typeset } = dictionaryOf(language)
        const zone = terminalZone(options.zone)
        try {
          const { host, findings } = await playDemo({
            folder,
            days: options.days,
            speed: options.speed,
            stay,
            language,
            zone,
            stop: stop.signal,
            report: (progress) => note(paintError('dim', `  ${progressLine(progress, language)}`)),
            tell: (event, from) => {
              if (!json) say(eventLine(event, from, language, zone))
            },
          })
          if (json) sayJson(findings)
          else {
            say()
            for (const line of summaryLines(findings, host.inbox ?? folder, language, zone)) say(line)
            say(verdict(findings, language))
          }
          if (stay) {
            note(`\n${typeset(text.stays(host.url ?? '', host.uiUrl ?? ''))}`)
            note(typeset(text.askIt(`RELANCE_HOME=${folder} relance leads`)))
            await runUntilStopped(host, stop)
          } else await host.close()
          return findings.problems.length > 0 ? EXIT.problem : undefined
        } catch (error) {
          if (!stop.signal.aborted) throw error
          note(text.stopped)
          return EXIT.interrupted
        }
      }),
    )

function days(text: string): number {
  const n = Number(text)
  if (Number.isInteger(n) && n >= 1 && n <= 3650) return n
  throw new RelanceError('usage', { kind: 'number', option: 'days', text, least: 1, most: 3650 })
}

/** Declares and runs a verb of the command line: `--json`, an example in its help, its exit code. */
import { userInfo } from 'node:os'
import type { Command, CommandOptions } from 'commander'
import { EXIT } from '../contract/error-table.ts'
import { fail } from '../terminal/failure.ts'

/** The option for the zone of printed times. */
export const ZONE = [
  '--zone <zone>',
  "time zone of the times that are printed (default: this machine's)",
] as const

/** The option for who does what is kept on record, and whom it means when it is left out. */
export const BY = ['--by <who>', 'who says so, for the record (default: you)'] as const
export const me = (): string => userInfo().username

/** Adds a verb: `launch <file>`, what it does, and an example a person can copy. */
export function verb(
  program: Command,
  name: string,
  about: string,
  examples: string[],
  options: CommandOptions = {},
): Command {
  const lines = examples.map((example) => `  ${example}`).join('\n')
  return program
    .command(name, options)
    .description(about)
    .option('--json', 'print JSON, for scripts')
    .addHelpText('after', `\nExample:\n${lines}`)
    .exitOverride()
}

/**
 * Runs a verb to its end: what it throws is printed in words, and the exit code says how it went.
 * @param run - gets the arguments and the options, and returns an exit code when it isn't 0
 */
export function action<Args extends [...unknown[], object]>(
  run: (...args: Args) => Promise<number | undefined>,
): (...args: unknown[]) => Promise<void> {
  return async (...given) => {
    const args = given.slice(0, -1) as Args
    const { json = false } = args.at(-1) as { json?: boolean }
    try {
      process.exitCode = (await run(...args)) ?? EXIT.ok
    } catch (error) {
      process.exitCode = fail(error, json)
    }
  }
}

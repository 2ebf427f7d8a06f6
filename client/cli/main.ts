#!/usr/bin/env node
/** The `relance` command. What a verb needs is loaded when it is run, so that starting up is quick. */
import { CommanderError } from 'commander'
import { EXIT } from '../contract/error-table.ts'
import { fail } from '../terminal/failure.ts'
import { program } from './program.ts'

const LINGER_MS = 2_000

// A closed pipe is no error: in `relance leads | head`, the reader stops before the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  throw error
})

try {
  await program(process.argv.slice(2)).parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage
  else process.exitCode = fail(error, process.argv.includes('--json'))
}

// Handles that a part left open don't keep the process alive for longer than this.
setTimeout(() => process.exit(), LINGER_MS).unref()

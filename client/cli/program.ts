/** The command line program: all verbs, help, usage errors, exit codes. */
import { Command } from 'commander'
import { version } from '../../worker/package.ts'
import { check } from './verbs/check.ts'
import { drop, pause, reopen, resume } from './verbs/commands.ts'
import { demo } from './verbs/demo.ts'
import { doctor, reconcile } from './verbs/doctor.ts'
import { edit } from './verbs/edit.ts'
import { errors } from './verbs/errors.ts'
import { explain } from './verbs/explain.ts'
import { inbox } from './verbs/inbox.ts'
import { launch } from './verbs/launch.ts'
import { leads } from './verbs/leads.ts'
import { mailbox, mailboxes } from './verbs/mailboxes.ts'
import { move } from './verbs/move.ts'
import { preview } from './verbs/preview.ts'
import { publish } from './verbs/publish.ts'
import { referrals } from './verbs/referrals.ts'
import { rehearse } from './verbs/rehearse.ts'
import { schema } from './verbs/schema.ts'
import { server } from './verbs/server.ts'
import { show } from './verbs/show.ts'
import { signal } from './verbs/signal.ts'
import { signals } from './verbs/signals.ts'
import { suppressions } from './verbs/suppressions.ts'
import { done, tasks } from './verbs/tasks.ts'
import { up } from './verbs/up.ts'
import { worker } from './verbs/worker.ts'

const VERBS = [
  demo,
  up,
  check,
  rehearse,
  preview,
  publish,
  launch,
  leads,
  show,
  explain,
  signal,
  signals,
  errors,
  tasks,
  done,
  pause,
  resume,
  drop,
  reopen,
  edit,
  move,
  mailboxes,
  mailbox,
  doctor,
  reconcile,
  referrals,
  suppressions,
  inbox,
  schema,
  server,
  worker,
]

const AFTER = `
Environment:
  RELANCE_HOME       the data folder (.relance)
  RELANCE_CONFIG     the configuration (relance.yaml in the data folder or here)
  RELANCE_URL, RELANCE_TOKEN   a server elsewhere, instead of the one on the data folder
  DATABASE_URL       PostgreSQL, instead of the embedded database
  TEMPORAL_ADDRESS   a Temporal server, instead of the embedded one
  TEMPORAL_CLI       the Temporal program the embedded one is run with
  SMTP_URL           where e-mails go, instead of the built-in inbox
  LC_ALL, LC_MESSAGES, LANG   the language, the first that is set: English or French (fr)
  RELANCE_LOG        debug, info, warn or error
  RELANCE_DEBUG=1    errors with their stack
  NO_COLOR=1         no colours

Exit codes: 0 done; 1 a problem was found, or it was refused; 2 it was called wrongly; 3 no Relance is
running here; 130 stopped with Ctrl-C.
`

/** The command line, ready to be parsed. Wrong usage and `--help` throw a CommanderError. */
export function program(args: string[]): Command {
  const relance = new Command('relance')
    .description("Sales cadences that can't forget, can't double-send and can't lose their place.")
    .version(`${version()} (time zone data ${process.versions.tz})`, '-v, --version')
    .helpCommand(false)
    .addHelpText('after', AFTER)
    .showHelpAfterError('(relance --help lists the verbs, relance VERB --help says more of one)')
    .configureHelp({ helpWidth: Math.min(100, process.stdout.columns ?? 100) })
    .exitOverride()
  for (const add of VERBS) add(relance)
  const { parseAsync } = relance
  relance.parseAsync = () => parseAsync.call(relance, args, { from: 'user' })
  return relance
}

/**
 * The configuration, `relance.yaml`: mailboxes, credit providers and the API's address. It is looked for at
 * `RELANCE_CONFIG`, in the data folder and in the working directory, and everything in it may be left out. Secrets stay
 * in the environment: `${NAME}`.
 */
import { readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { asciiAddress } from '../activities/mail/address.ts'
import { validZone } from '../cadence/calendar/zone.ts'
import { RelanceError } from '../cadence/errors.ts'
import type { InputFault } from '../cadence/input-fault.ts'
import { nearest } from '../cadence/language/nearest.ts'
import { short } from '../cadence/language/notation.ts'
import type { Problem } from '../cadence/language/problem.ts'
import { yamlComplaint } from '../cadence/language/yaml-errors.ts'
import { faultIssue } from '../cadence/language/zod-faults.ts'
import { type ProblemData, problem } from '../cadence/problem-values.ts'
import type { DailyCap } from '../store/slots-port.ts'
import { fill, hasReference, keysAt, problemOf, whereOf } from './config-text.ts'
import { type CreditSetting, creditSchema } from './credit/config.ts'

/** A mailbox as it is configured. */
export interface MailboxSetting {
  from: { name?: string; email: string }
  /** An SMTP URL. Without it: `SMTP_URL`, or the built-in inbox. */
  smtp?: string
  /** Milliseconds between two e-mails, on the environment's clock. */
  spacing: number
  /** At most so many e-mails on each day of the mailbox's zone. */
  perDay?: DailyCap
}

export interface Config {
  /** The file it was read from; nothing when there is none. */
  file?: string
  mailboxes: Record<string, MailboxSetting>
  /** By the name that cadences use; who isn't in here is a person. */
  credit: Record<string, CreditSetting>
  api: { host: string; port?: number }
}

/** The spacing of a mailbox that names none: wide enough that a mail provider doesn't take it for bulk mail. */
export const SPACING = 20_000
/** The zone of a mailbox that names none: the machine's would be an accident, and differ between workers. */
const ZONE = 'UTC'
/** The most bytes of a configuration: it is a page of text. */
const LARGEST = 256 * 1024

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

const spacing = z.string().transform((text, context) => {
  const match = /^(\d{1,6})\s*(ms|s|m|h)$/.exec(text.trim())
  if (match) return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS]
  context.addIssue(faultIssue({ kind: 'spacing' }))
  return z.NEVER
})

const zone = z.string().refine(validZone, { params: { fault: { kind: 'zone' } satisfies InputFault } })

const from = z.string().transform((text, context) => {
  const match = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>\s]+))\s*$/.exec(text)
  const address = match && asciiAddress(match[2] ?? match[3] ?? '')
  if (match && address) return { ...(match[1] ? { name: match[1] } : {}), email: address }
  context.addIssue(faultIssue({ kind: 'address' }))
  return z.NEVER
})

const smtp = z.string().refine((text) => hasReference(text) || /^smtps?:\/\/[^\s/]+/.test(text), {
  params: { fault: { kind: 'smtp_url' } satisfies InputFault },
})

const schema = z.strictObject({
  mailboxes: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i),
      z.strictObject({
        from,
        smtp: smtp.optional(),
        spacing: spacing.optional(),
        per_day: z.int().min(1).optional(),
        zone: zone.optional(),
      }),
    )
    .optional(),
  credit: creditSchema.optional(),
  api: z
    .strictObject({ host: z.string().min(1).optional(), port: z.int().min(0).max(65_535).optional() })
    .optional(),
})

/** What is assumed where nothing is configured: loopback only. */
export const NO_CONFIG: Config = { mailboxes: {}, credit: {}, api: { host: '127.0.0.1' } }

/** The file that is in force, if there is one. */
export function configFile(home: string, env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  if (env.RELANCE_CONFIG) {
    const file = resolve(cwd, env.RELANCE_CONFIG)
    if (isFile(file)) return file
    throw new RelanceError('config_missing', { file })
  }
  return [join(home, 'relance.yaml'), join(cwd, 'relance.yaml')].find(isFile)
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/**
 * Reads the configuration in force.
 * @param options.secrets false lets variables be missing, for verbs that send nothing
 * @throws RelanceError `config_missing`, `config_too_large`; `bad_config`, with every error and its place in `problems`
 */
export function loadConfig(options: {
  home: string
  env?: NodeJS.ProcessEnv
  cwd?: string
  secrets?: boolean
}): Config {
  const { home, env = process.env, cwd = process.cwd(), secrets = true } = options
  const file = configFile(home, env, cwd)
  if (!file) return NO_CONFIG
  if (statSync(file).size > LARGEST) {
    throw new RelanceError('config_too_large', { file, kilobytes: LARGEST / 1024 })
  }
  return parseConfig(readFileSync(file, 'utf8'), { file, env, secrets, shown: relative(cwd, file) })
}

/** Reads the text of a `relance.yaml`. `shown` is how errors name it. */
export function parseConfig(
  text: string,
  options: { file: string; env: NodeJS.ProcessEnv; secrets: boolean; shown: string },
): Config {
  const { file, env, secrets, shown } = options
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const problems: Problem[] = []
  const say = (offset: number, is: ProblemData): void => {
    const { line, col: column } = lines.linePos(offset)
    problems.push({ ...is, file: shown, line, column, severity: 'error' })
  }
  for (const error of document.errors) {
    const { offset, code, values } = yamlComplaint(error)
    say(offset, { code, values } as ProblemData)
  }
  if (problems.length > 0) throw new RelanceError('bad_config', {}, { problems })

  const value = fill(document.toJS({ maxAliasCount: 50 }) ?? {}, [], (name, path) => {
    if (!env[name] && secrets) {
      say(
        whereOf(document, path, false),
        problem('variable_not_set', { variable: name, setting: path.join('.') }),
      )
    }
    return env[name] || undefined
  })
  const parsed = schema.safeParse(value)
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path as string[]
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const known = keysAt(schema, path)
        const unknown = problem('unknown_key', { key: short(key), known, meant: nearest(key, known) })
        say(whereOf(document, [...path, key], true), unknown)
      }
    } else say(whereOf(document, path, false), problemOf(issue))
  }
  if (!parsed.success || problems.length > 0) throw new RelanceError('bad_config', {}, { problems })
  return toConfig(parsed.data, file)
}

function toConfig(data: z.output<typeof schema>, file: string): Config {
  const mailboxes = Object.entries(data.mailboxes ?? {}).map(([name, mailbox]): [string, MailboxSetting] => {
    const setting: MailboxSetting = { from: mailbox.from, spacing: mailbox.spacing ?? SPACING }
    if (mailbox.smtp) setting.smtp = mailbox.smtp
    if (mailbox.per_day) setting.perDay = { count: mailbox.per_day, zone: mailbox.zone ?? ZONE }
    return [name, setting]
  })
  const api: Config['api'] = { host: data.api?.host ?? NO_CONFIG.api.host }
  if (data.api?.port !== undefined) api.port = data.api.port
  return { file, mailboxes: Object.fromEntries(mailboxes), credit: data.credit ?? {}, api }
}

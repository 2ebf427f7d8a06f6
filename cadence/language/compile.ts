/** From a cadence file whose shape is right to the plan the rules work with: plain data, defaults filled in. */

import { workingWeek } from '../calendar/working-week.ts'
import type { Condition } from '../condition.ts'
import { FORMAT } from '../format.ts'
import type {
  Cap,
  Escalation,
  Level,
  Locales,
  Nurture,
  Otherwise,
  Plan,
  Play,
  Stage,
  Step,
  Window,
} from '../plan.ts'
import type { Wait } from '../time.ts'
import { STEP_KINDS } from '../words.ts'
import type { ConditionFile } from './condition-schema.ts'
import {
  readCap,
  readClosed,
  readDays,
  readHours,
  readLocaleUse,
  readMoment,
  readSpan,
  readWait,
  type TextParser,
} from './notation.ts'
import type { CadenceFile, StepFile } from './schema.ts'

/** What is meant when a cadence leaves it out (docs/design.md §1 and §3). */
const DEFAULTS = {
  prospect: { credit: 'approved', interest: 'general', dialogue: '45d' },
  qualified: { need: 'verified', interest: 'comparing', authority: ['decision_maker', 'influencer'] },
  urgency: [{ level: 'calm' }],
  days: 'mon-fri',
  hours: '09:00-17:30',
  account: 'hold',
  /** People answer after the last e-mail, too. */
  after: '7d',
  /** A last call leaves time to answer it. */
  notice: '1bd',
  /** What waits for people is told of, in days that nobody can take for an oversight. */
  escalate: {
    reply: { owner: '1d', manager: '3d' },
    role: { owner: '3d', manager: '7d' },
    task: { owner: '1d', manager: '3d' },
  },
  /** A task that is late is given some days before the next step goes out without it. */
  patience: '2bd',
} satisfies Partial<Record<string, unknown>> &
  Pick<CadenceFile, 'prospect' | 'qualified' | 'urgency' | 'account'>

/**
 * Compiles a file that `cadenceSchema` accepts and whose checks found no error.
 * @returns the plan, as version 0: `publish` numbers it.
 */
export function compile(file: CadenceFile): Plan {
  const plan: Plan = {
    format: FORMAT,
    cadence: file.cadence,
    version: 0,
    from: file.from,
    owner: file.owner ?? file.from,
    locale: file.locale,
    window: windowOf(file.window ?? {}),
    limits: {},
    account: file.account ?? DEFAULTS.account,
    prospect: conditionOf(file.prospect ?? DEFAULTS.prospect),
    qualified: conditionOf(file.qualified ?? DEFAULTS.qualified),
    credit: {},
    urgency: ladderOf(file.urgency ?? DEFAULTS.urgency),
    escalate: {
      reply: escalationOf(file.escalate?.reply ?? DEFAULTS.escalate.reply),
      role: escalationOf(file.escalate?.role ?? DEFAULTS.escalate.role),
      task: escalationOf(file.escalate?.task ?? DEFAULTS.escalate.task),
    },
    stages: file.stages.map(stageOf),
    plays: (file.plays ?? []).map(playOf),
  }
  if (file.locales) plan.locales = localesOf(file.locales)
  if (file.limits?.per_lead) plan.limits.perLead = capOf(file.limits.per_lead)
  if (file.limits?.per_account) plan.limits.perAccount = capOf(file.limits.per_account)
  if (file.credit?.valid_for) plan.credit.validFor = spanOf(file.credit.valid_for)
  if (file.nurture) plan.nurture = nurtureOf(file.nurture)
  return plan
}

/** What a parser makes of a text that the schema has already accepted. */
function understood<T>(read: TextParser<T>): (text: string) => T {
  return (text) => {
    const result = read(text)
    if ('fault' in result) throw new TypeError(`${result.fault.code}: ${text}`)
    return result.value
  }
}
const waitOf: (text: string) => Wait = understood(readWait)
const spanOf: (text: string) => Wait = understood(readSpan)
const momentOf = understood(readMoment)
const capOf: (text: string) => Cap = understood(readCap)
const daysOf = understood(readDays)
const closedOf = understood(readClosed)
const hoursOf = understood(readHours)
const localeUseOf = understood(readLocaleUse)

function localesOf(file: string[]): Locales {
  const uses = file.map(localeUseOf)
  const locales: Locales = { written: [...new Set(uses.map(({ locale }) => locale))], standIn: {} }
  for (const { locale, for: reader } of uses) {
    if (reader === 'others') locales.others = locale
    else if (reader !== undefined) locales.standIn[reader] = locale
  }
  return locales
}

function windowOf(file: NonNullable<CadenceFile['window']>): Window {
  const days = daysOf(file.days ?? DEFAULTS.days)
  const window: Window = {
    ...(days === 'business' ? { days: workingWeek(file.holidays ?? ''), business: true } : { days }),
    ...hoursOf(file.hours ?? DEFAULTS.hours),
  }
  if (file.closed) window.closed = file.closed.map(closedOf)
  if (file.holidays) window.holidays = file.holidays
  return window
}

/** A mapping's parts must all hold; one part alone is itself. */
export function conditionOf(file: ConditionFile): Condition {
  const parts = partsOf(file)
  return parts.length === 1 ? (parts[0] as Condition) : { all: parts }
}

function partsOf(file: ConditionFile): Condition[] {
  const parts: Condition[] = []
  const add = <Key extends keyof ConditionFile>(
    key: Key,
    make: (value: NonNullable<ConditionFile[Key]>) => Condition | Condition[],
  ): void => {
    const value = file[key]
    if (value !== undefined) parts.push(...[make(value as NonNullable<ConditionFile[Key]>)].flat())
  }
  add('any', (conditions) => ({ any: conditions.map(conditionOf) }))
  add('all', (conditions) => conditions.map(conditionOf))
  add('not', (condition) => ({ not: conditionOf(condition) }))
  add('need', (need) => ({ need }))
  add('credit', (credit) => ({ credit }))
  add('dialogue', (dialogue) => ({ dialogue: spanOf(dialogue) }))
  add('interest', (interest) => ({ interest }))
  add('authority', (authority) => ({ authority: [...authority] }))
  add('demo', (demo) => ({ demo }))
  add('proposal', (proposal) => ({ proposal }))
  add('deal', (deal) => ({ deal }))
  add('standing', (standing) => ({ standing }))
  add('open_objections', (open_objections) => ({ open_objections }))
  add('stage_age', (age) => ({ stage_age: spanOf(age) }))
  add('unanswered', (unanswered) => ({ unanswered }))
  add('offer_ends_within', (within) => ({ offer_ends_within: spanOf(within) }))
  add('credit_ends_within', (within) => ({ credit_ends_within: spanOf(within) }))
  add('amount', (amount) => ({ amount }))
  add('fact', (facts) =>
    Object.entries(facts).map(([fact, test]) =>
      typeof test === 'object' ? { fact, at_least: test.at_least } : { fact, is: test },
    ),
  )
  return parts
}

function ladderOf(file: NonNullable<CadenceFile['urgency']>): Level[] {
  let pace = 1
  return file.map((from) => {
    pace = from.pace ?? pace
    const level: Level = { id: from.level, pace }
    if (from.when) level.when = conditionOf(from.when)
    if (from.tell) level.tell = from.tell
    return level
  })
}

/** A step that waits for a task waits for the last one before it. */
const stepsOf = (files: readonly StepFile[]): Step[] =>
  files.map((file, i) => stepOf(file, files.slice(0, i).findLast(({ task }) => task !== undefined)?.id))

function stepOf(file: StepFile, task: string | undefined): Step {
  const kind = STEP_KINDS.find((word) => file[word] !== undefined)
  if (kind === undefined) throw new TypeError(`step ${file.id} does nothing`)
  const step: Step = { id: file.id, kind, name: file[kind] as string }
  if (file.wait) step.wait = waitOf(file.wait)
  if (file.at) step.at = momentOf(file.at)
  if (file.when) step.when = conditionOf(file.when)
  if (file.theme) step.theme = file.theme
  if (file.thread) step.thread = file.thread
  if (file.to) step.to = file.to
  if (file.proposal) step.proposal = true
  if (file.offer) {
    const { name, lasts, notice } = file.offer
    step.offer = { name, lasts: spanOf(lasts), notice: waitOf(notice ?? DEFAULTS.notice) }
  }
  if (file.wait_for && task !== undefined) {
    const { patience = DEFAULTS.patience } = file.wait_for === 'done' ? {} : file.wait_for
    step.waitFor = { task, patience: waitOf(patience) }
  }
  if (file.due) step.due = waitOf(file.due)
  if (file.timeout) step.timeout = waitOf(file.timeout)
  return step
}

function escalationOf(file: { owner?: string | undefined; manager?: string | undefined }): Escalation {
  return {
    ...(file.owner && { owner: spanOf(file.owner) }),
    ...(file.manager && { manager: spanOf(file.manager) }),
  }
}

function otherwiseOf(file: NonNullable<CadenceFile['stages'][number]['otherwise']>): Otherwise {
  return file === 'nurture'
    ? { nurture: true, after: waitOf(DEFAULTS.after) }
    : { end: file.end, after: waitOf(file.after ?? DEFAULTS.after) }
}

function stageOf(file: CadenceFile['stages'][number]): Stage {
  const stage: Stage = {
    id: file.stage,
    until: conditionOf(file.until),
    steps: stepsOf(file.steps),
    on: { ...file.on },
  }
  if (file.otherwise) stage.otherwise = otherwiseOf(file.otherwise)
  return stage
}

function playOf(file: NonNullable<CadenceFile['plays']>[number]): Play {
  const play: Play = { id: file.play, on: file.on, steps: stepsOf(file.steps) }
  if (file.role) play.role = file.role
  if (file.when) play.when = conditionOf(file.when)
  if (file.once) play.once = file.once
  if (file.until) play.until = conditionOf(file.until)
  return play
}

function nurtureOf(file: NonNullable<CadenceFile['nurture']>): Nurture {
  return {
    every: waitOf(file.every),
    for: spanOf(file.for),
    emails: [...file.emails],
    until: conditionOf(file.until),
  }
}

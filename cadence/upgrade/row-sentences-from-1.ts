/**
 * Reading the longer sentences of format 1: what was looked at, and why a lead did what it did. Only rows of the
 * database hold them, never a workflow. Their dates were days in UTC, without a time.
 */
import type { Because, Criterion } from '../reason.ts'
import { DAY, type Instant, parseWait, type Wait } from '../time.ts'
import type { OutcomeWord, Role, Staff } from '../words.ts'
import { type Pattern, quoted, read, readCause, readDelay } from './sentences-from-1.ts'

const day = (text: string): Instant => Date.parse(`${text}T00:00:00Z`)
const wait = (text: string): Wait => parseWait(text) ?? { n: 0, unit: 'd' }
const DATE = '(\\d{4}-\\d\\d-\\d\\d)'

const REGISTERS = ['interest', 'need', 'demo', 'proposal', 'deal', 'standing', 'amount'] as const

function criterion(text: string, at: Instant): Criterion | undefined {
  const back = (days: string): Instant => at - Number(days) * DAY
  const patterns: Pattern<Criterion>[] = [
    [
      new RegExp(`^(${REGISTERS.join('|')}) (\\S+?)(?: \\((\\S+) asked for\\))?$`),
      (code, has, wants) =>
        ({
          code,
          holds: wants === undefined,
          has: code === 'amount' ? Number(has) : has,
          wants: code === 'amount' ? Number(wants ?? has) : (wants ?? has),
        }) as Criterion,
    ],
    [
      /^credit (\w+)(?: since (\d+) days?| but stale since (\S+?))?(?:, but its limit (\d+) is below the amount (\d+))?(?: \((.*)\))?$/,
      (state, days, stale, limit, amount, from) => {
        const [, provider, ref] = /^(?:(?!ref )(.*?))? ?(?:ref (.*))?$/.exec(from ?? '') ?? []
        return {
          code: 'credit',
          holds: state === 'approved' && !stale && !limit,
          state,
          ...(days && { since: back(days) }),
          ...(stale && { stale: day(stale) }),
          ...(limit && { limit: Number(limit), short: Number(amount) }),
          ...(provider && { provider }),
          ...(ref && { ref }),
        } as Criterion
      },
    ],
    [
      /^no dialogue yet \(within (\w+) asked for\)$/,
      (within) => ({ code: 'dialogue', holds: false, within: wait(within) }),
    ],
    [
      /^dialogue (ok|lapsed) \((reply|heard from) (\d+) days? ago(?:, within (\w+) asked for)?\)$/,
      (how, by, days, within) => ({
        code: 'dialogue',
        holds: how === 'ok',
        last: back(days),
        by: by === 'reply' ? 'reply' : 'signal',
        within: wait(within ?? ''),
      }),
    ],
    [
      /^(\w+) known$/,
      (role) => ({ code: 'authority', holds: true, has: role as Role, wants: [role as Role] }),
    ],
    [
      /^no (\w+(?: or \w+)*) known$/,
      (roles) => ({ code: 'authority', holds: false, wants: roles.split(' or ') as Role[] }),
    ],
    [
      /^(\d+) objections? open$/,
      (n) => ({ code: 'open_objections', holds: n === '0', has: Number(n), most: 0 }),
    ],
    [
      /^(\d+) days? in stage (\S+) \((\w+)\)$/,
      (days, stage, wants) => ({
        code: 'stage_age',
        holds: true,
        stage,
        since: back(days),
        wants: wait(wants),
      }),
    ],
    [
      /^(\d+) of (\d+) e-mails unanswered$/,
      (has, wants) => ({
        code: 'unanswered',
        holds: Number(has) >= Number(wants),
        has: Number(has),
        wants: Number(wants),
      }),
    ],
    [
      new RegExp(`^offer (\\S+) ends ${DATE}$`),
      (offer, ends) => ({ code: 'offer_ends', holds: true, offer, at: day(ends) }),
    ],
    [/^no offer about to end$/, () => ({ code: 'no_offer_ends', holds: false, within: wait('') })],
    [
      new RegExp(`^credit lapses ${DATE}$`),
      (ends) => ({ code: 'credit_ends', holds: true, at: day(ends), within: wait('') }),
    ],
    [/^credit does not lapse$/, () => ({ code: 'credit_ends', holds: false, within: wait('') })],
    [/^the deal$/, () => ({ code: 'deal_to_win', holds: false })],
    [
      /^(\S+) (.+?)(?: \((.+) asked for\))?$/,
      (name, has, wants) => ({
        code: 'fact',
        holds: wants === undefined,
        name,
        is: wants ?? has,
        ...(has !== 'not known' && { has }),
      }),
    ],
  ]
  return read(patterns, text)
}

/** What was looked at, phrase by phrase; commas inside brackets part nothing. `at`: when it was said. */
export const readCriteria = (text: string, at: Instant): Criterion[] =>
  text.split(/, (?!but its limit)(?![^(]*\))/).flatMap((phrase) => criterion(phrase.trim(), at) ?? [])

const stepOf = (text: string, at: Instant): Because | undefined =>
  read<Because>(
    [
      [
        /^stage (\S+) \((.*)\), step (\S+?)(?:, (\w+) after the step before)?(?: \(pace ([\d.]+), urgency (\S+)\))?$/,
        (id, goal, step, after, pace, level) => ({
          code: 'step',
          part: { kind: 'stage', id, goal: readCriteria(goal, at) },
          step,
          ...(after && { wait: wait(after) }),
          ...(pace && { hurry: { pace: Number(pace), level: level ?? '' } }),
        }),
      ],
      [
        /^play (\S+), step (\S+?)(?:, (\w+) after the step before)?(?: \(pace .*\))?$/,
        (id, step, after) => ({
          code: 'step',
          part: { kind: 'play', id },
          step,
          ...(after && { wait: wait(after) }),
        }),
      ],
      [
        new RegExp(`^nurture e-mail (\\d+), every (\\w+) until ${DATE}(?:, .*)?$`),
        (n, every, until) => ({
          code: 'step',
          part: { kind: 'nurture', n: Number(n), every: wait(every), until: day(until) },
          step: `nurture-${n}`,
        }),
      ],
    ],
    text,
  )

/** Why a lead did what it did next. `at`: when it was said. */
export function readBecause(text: string, at: Instant): Because {
  const patterns: Pattern<Because>[] = [
    [new RegExp(`^paused by a person on ${DATE}$`), (since) => ({ code: 'paused', since: day(since) })],
    [
      new RegExp(`^a reply of ${DATE} waits for the seller$`),
      (since) => ({ code: 'reply_waits', since: day(since) }),
    ],
    [
      new RegExp(`^the seller keeps it still since ${DATE}$`),
      (since) => ({ code: 'kept_still', since: day(since) }),
    ],
    [
      new RegExp(`^a colleague's reply of ${DATE} waits for the seller \\(lead (\\S+)\\)$`),
      (since, lead) => ({ code: 'colleague_waits', since: day(since), lead }),
    ],
    [
      new RegExp(`^asked to be called back on ${DATE}$`),
      (until) => ({ code: 'callback', until: day(until) }),
    ],
    [new RegExp(`^out of office until ${DATE}$`), (until) => ({ code: 'out_of_office', until: day(until) })],
    [
      /^urgency rose to (\S+): the (\w+) is told$/,
      (level, who) => ({ code: 'urgency_rose', level, who: who as Staff }),
    ],
    [/^every stage's goal is met/, () => ({ code: 'every_goal_met' })],
    [/^nobody is known as (\w+)$/, (role) => ({ code: 'nobody_known', role: role as Role })],
    [/^waits until somebody is known as (\w+)$/, (role) => ({ code: 'role_awaited', role: role as Role })],
    [
      new RegExp(`^a saboteur's objection of ${DATE} keeps the lead in stage (\\S+) `),
      (since, stage) => ({ code: 'challenged', since: day(since), stage }),
    ],
    [
      /^play (\S+) holds stage (\S+): (.*)$/,
      (play, stage, goal) => ({
        code: 'play_holds',
        play,
        stage,
        goal: goal === 'its steps' ? [] : readCriteria(goal, at),
      }),
    ],
    [
      /^stage (\S+) has no step left; waits for its goal: (.*)$/,
      (stage, goal) => ({ code: 'stage_waits', stage, goal: readCriteria(goal, at) }),
    ],
    [
      /^stage (\S+) has no step left and its goal is not met \((.*)\): (?:ends as (\w+)|goes to nurture)$/,
      (stage, goal, outcome) => ({
        code: 'stage_passes',
        stage,
        goal: readCriteria(goal, at),
        then: (outcome as OutcomeWord | undefined) ?? 'nurture',
      }),
    ],
    [/^not started yet$/, () => ({ code: 'not_started' })],
    [/^reopened, not started yet$/, () => ({ code: 'reopened_not_started' })],
    [
      /^(won|lost|refused_credit|opted_out|unreachable|unresponsive|erased): (.*)$/,
      (outcome, cause) => ({ code: 'ended', outcome: outcome as OutcomeWord, cause: readCause(cause) }),
    ],
    [
      /^(.*); (.*)$/,
      (what, delay) => ({ code: 'put_off', what: readBecause(what, at), delay: readDelay(delay) }),
    ],
  ]
  return stepOf(text, at) ?? read(patterns, text) ?? quoted(text)
}

/**
 * Sentences in English for reasons, timeline lines and tasks (single words: `en-words.ts`, signals: `en-signals.ts`,
 * errors: `en-errors.ts`).
 */

import type { Closing } from '../lead.ts'
import type { Criterion, Part } from '../reason.ts'
import { stretchOf, type Unit } from '../time.ts'
import type { Waiting } from '../words.ts'
import type { Dictionary, Phrases } from './dictionary.ts'
import { mailTasksEn } from './en-mail.ts'
import { flawReasonsEn, mendChangesEn, mendClosingsEn, mendTaskEn } from './en-mending.ts'
import { wordsEn as words } from './en-words.ts'
import { sayCode } from './error-words.ts'

const UNIT: Record<Unit, [one: string, many: string]> = {
  m: ['minute', 'minutes'],
  h: ['hour', 'hours'],
  bh: ['business hour', 'business hours'],
  d: ['day', 'days'],
  bd: ['business day', 'business days'],
  w: ['week', 'weeks'],
  mo: ['month', 'months'],
  y: ['year', 'years'],
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`
const wait = (n: number, unit: Unit): string => count(n, ...UNIT[unit])

/** What is the case; and, where it doesn't hold, what was asked for. */
const asked = (what: string, has: string, wants: string, { holds }: Criterion): string =>
  holds ? `${what} ${has}` : `${what} ${has} (${wants} asked for)`

function partOf(part: Part, p: Phrases): string {
  switch (part.kind) {
    case 'stage':
      return `stage ${part.id} (${p.all(part.goal)})`
    case 'play':
      return `play ${part.id}`
    case 'nurture':
      return `nurture e-mail ${part.n}, every ${p.wait(part.every)} until ${p.day(part.until)}`
  }
}

const waitingFor = (waits: Waiting, task?: string): string =>
  task === undefined ? words.waiting[waits] : `${words.waiting[waits]} (${task})`

const closings: Dictionary['closings'] = {
  lead_ended: ({ outcome }) => `the lead has ended (${words.outcome[outcome]})`,
  stage_over: ({ stage }) => `stage ${stage} is over`,
  play_over: ({ play }) => `play ${play} is over`,
  ...mendClosingsEn,
}

const TROUBLE = {
  server: 'the server put it off',
  network: 'the server could not be reached',
  timeout: 'the server took too long',
  configuration: 'the mailbox is refused',
} as const

const A_PERIOD: { [unit in Unit]?: string } = { d: 'a day', w: 'a week', mo: 'a month' }

export const en: Dictionary = {
  typeset: (text) => text,
  detailed: (text, about) => `${text}: ${about}`,
  wait,
  elsewhere: (here, there, zone) => `${here} (${there} in ${zone})`,
  words,
  tasks: {
    find_role: ({ role }) => `Find out who the ${words.role[role]} is`,
    answer_challenge: ({ topic }) => `Answer the saboteur's objection${topic === null ? '' : `: ${topic}`}`,
    credit_check: ({ provider, company }) => `Credit check with ${provider}: ${company}`,
    urgency_notice: ({ lead, stage, urgency }) => `${lead}: stage ${stage}, urgency ${urgency}`,
    waiting_notice: ({ lead, waits, task }) => `${lead}: ${waitingFor(waits, task)}`,
    ...mailTasksEn,
    ...mendTaskEn,
  },
  closings,
  reasons: {
    interest: (c) => asked('interest', words.interest[c.has], words.interest[c.wants], c),
    need: (c) => asked('need', words.need[c.has], words.need[c.wants], c),
    credit: (c, p) => {
      const since = c.stale
        ? ` but stale since ${p.day(c.stale)}`
        : c.since === undefined
          ? ''
          : ` since ${p.since(c.since)}`
      const short = c.short === undefined ? '' : `, but its limit ${c.limit} is below the amount ${c.short}`
      const from = [c.provider, c.ref && `ref ${c.ref}`].filter(Boolean).join(' ')
      return `credit ${words.credit[c.state]}${since}${short}${from ? ` (${from})` : ''}`
    },
    dialogue: (c, p) => {
      if (c.last === undefined) return `no dialogue yet (within ${p.wait(c.within)} asked for)`
      const last = `${c.by === 'reply' ? 'reply' : 'heard from'} ${p.since(c.last)} ago`
      return c.holds
        ? `dialogue ok (${last})`
        : `dialogue lapsed (${last}, within ${p.wait(c.within)} asked for)`
    },
    authority: (c) =>
      c.has
        ? `${words.role[c.has]} known`
        : `no ${c.wants.map((role) => words.role[role]).join(' or ')} known`,
    demo: (c) => asked('demo', words.demo[c.has], words.demo[c.wants], c),
    proposal: (c) => asked('proposal', words.proposal[c.has], words.proposal[c.wants], c),
    deal: (c) => asked('deal', words.deal[c.has], words.deal[c.wants], c),
    standing: (c) => asked('standing', words.standing[c.has], words.standing[c.wants], c),
    open_objections: (c) => `${count(c.has, 'objection', 'objections')} open`,
    stage_age: (c, p) => `${p.since(c.since)} in stage ${c.stage} (${p.wait(c.wants)})`,
    unanswered: (c) => `${c.has} of ${c.wants} e-mails unanswered`,
    offer_ends: (c, p) => `offer ${c.offer} ends ${p.day(c.at)}`,
    no_offer_ends: () => 'no offer about to end',
    credit_ends: (c, p) => (c.at === undefined ? 'credit does not lapse' : `credit lapses ${p.day(c.at)}`),
    amount: (c, p) => asked('amount', p.number(c.has), p.number(c.wants), c),
    fact: (c) => {
      const has = c.has === undefined ? 'not known' : String(c.has)
      return asked(c.name, has, c.atLeast === undefined ? String(c.is) : `at least ${c.atLeast}`, c)
    },
    deal_to_win: () => 'the deal',

    unsubscribed: () => 'they unsubscribed',
    complained: () => 'they marked us as spam',
    address_unknown: () => 'the address does not exist',
    decision_maker_refused: () => 'the decision maker said no',
    deal_won: () => 'the deal is won',
    deal_lost: () => 'the deal is lost',
    colleague_replied: () => 'a colleague replied, and the cadence goes on with them alone',
    seller_ended: () => 'the seller ended it after a reply',
    stage_exit: ({ signal, stage }) => `${words.signal[signal]} in stage ${stage}`,
    dropped: () => 'dropped by a person',
    stage_unanswered: ({ stage }) => `stage ${stage} went unanswered`,
    nurture_over: () => 'the nurture ran its time without interest',

    moment_missed: () => 'its moment was missed',
    too_early: () => 'its moment had not come yet: the clock was changed',
    slot_given_up: () => 'its moment had been given up',
    mailbox_unknown: ({ mailbox }) => `the mailbox ${mailbox} is not configured`,
    mail_not_now: ({ trouble }) => `the mail could not go out now (${TROUBLE[trouble]})`,
    recipient_not_now: ({ why }) =>
      why === 'full' ? "the recipient's mailbox is full" : "the recipient's mailbox is switched off",
    mail_unreadable: () => "the server's answer could not be read",
    mailbox_refused: ({ mailbox, fault }) => `the mailbox ${mailbox} was refused: ${words.mailFault[fault]}`,
    mailbox_paused: ({ mailbox, fault }) => `the mailbox ${mailbox} is paused: ${words.mailFault[fault]}`,
    provider_unreachable: ({ error }) => `the credit provider can't be reached (${error})`,
    provider_busy: ({ status }) => `the credit provider said not now (HTTP ${status})`,
    gate_closed: ({ gate }) => words.gate[gate],
    ...flawReasonsEn,

    offer_over: () => 'the offer has ended',
    no_address: () => 'the contact has no address',
    no_template: ({ template, locale }) =>
      `there is no template ${template}${locale === undefined ? '' : ` in ${locale}`}`,
    error: ({ error, values }) => sayCode(error, values, 'en'),
    tried_for_days: ({ delay }, p) => `${p.say(delay)}, and it has been tried for days`,
    provider_refused: ({ status }) => `the credit provider refused the request (HTTP ${status})`,

    waited: ({ waits, pace, after, timeout, held }, p) => {
      const ours = waits.map(p.wait).join(' + ') + (pace === 1 || waits.length === 0 ? '' : ` × ${pace}`)
      const all = [timeout && p.wait(timeout), ours].filter(Boolean).join(' + ')
      return `${all} after ${p.moment(after)}${held ? `, not counting ${p.lasting(held)} on hold` : ''}`
    },
    dated: ({ of, base, shift, time }, p) => {
      const date = 'at' in base ? p.moment(base.at) : p.date(base.day)
      const when = of === 'day' ? date : `${words.anchor[of]} (${date})`
      const near = shift ? `${p.wait(shift)} ${shift.sign < 0 ? 'before' : 'after'} ${when}` : when
      return time === undefined ? near : `${near}, at ${p.time(time)}`
    },
    spread: ({ after }, p) => `its account goes on since ${p.moment(after)}, one after the other`,
    holiday: ({ day, name }, p) => `public holiday ${p.date(day)} (${name})`,
    closed: ({ from, to }, p) =>
      from === to ? `closed on ${p.date(from)}` : `closed from ${p.date(from)} to ${p.date(to)}`,
    not_before: ({ at }, p) => `not before ${p.moment(at)}`,
    window_opens: ({ at }, p) => `window opens ${p.moment(at)}`,
    cap: ({ of, kind, count: most, per, next }, p) => {
      const limit = `${most} ${kind === 'calendar' ? A_PERIOD[per.unit] : `in ${p.wait(stretchOf(per))}`}`
      return `${of === 'account' ? 'account cap' : 'cap'} of ${limit}: the next place is ${p.moment(next)}`
    },
    mailbox_free: ({ at }, p) => `the mailbox is free ${p.moment(at)}`,
    before_deadline: ({ at }, p) => `before ${p.moment(at)}`,

    ended: ({ outcome, cause }, p) => `${words.outcome[outcome]}: ${p.say(cause)}`,
    every_goal_met: () => "every stage's goal is met; waits for the deal",
    paused: ({ since, until }, p) =>
      `paused by a person on ${p.day(since)}${until === undefined ? '' : `, until ${p.moment(until)}`}`,
    reply_waits: ({ since }, p) => `a reply of ${p.day(since)} waits for the seller`,
    kept_still: ({ since }, p) => `the seller keeps it still since ${p.day(since)}`,
    colleague_waits: ({ since, lead }, p) =>
      `a colleague's reply of ${p.day(since)} waits for the seller (lead ${lead})`,
    callback: ({ until }, p) => `asked to be called back on ${p.day(until)}`,
    out_of_office: ({ until }, p) => `out of office until ${p.day(until)}`,
    people_waited_for: ({ waits, who, task }) =>
      `${waitingFor(waits, task)}: the ${words.staff[who]} is told`,
    passes_over: ({ part, step, unmet }, p) =>
      `${partOf(part, p)}, step ${step} will be passed over: ${unmet.length > 0 ? p.all(unmet) : 'its offer has ended'}`,
    urgency_rose: ({ level, who }) => `urgency rose to ${level}: the ${words.staff[who]} is told`,
    step: ({ part, step, wait: after, hurry, back }, p) =>
      [
        partOf(part, p),
        part.kind === 'nurture' ? undefined : `step ${step}`,
        after && `${p.wait(after)} after the step before`,
        back && `once ${p.contact(back.contact)} is back on ${p.day(back.until)}`,
      ]
        .filter(Boolean)
        .join(', ') + (hurry ? ` (pace ${hurry.pace}, urgency ${hurry.level})` : ''),
    proposal_waits: ({ part, step, credit }, p) =>
      `${partOf(part, p)}, step ${step} is a proposal, and waits for credit: ${p.say(credit)}`,
    nobody_known: ({ role }) => `nobody is known as ${words.role[role]}`,
    role_awaited: ({ role }) => `waits until somebody is known as ${words.role[role]}`,
    task_awaited: ({ part, step, task, due, patience }, p) =>
      `${partOf(part, p)}, step ${step} waits until the task ${task} is done, or ${p.wait(patience)} after ${p.moment(due)}`,
    challenged: ({ since, stage }, p) =>
      `a saboteur's objection of ${p.day(since)} keeps the lead in stage ${stage} until it is overcome`,
    play_holds: ({ play, stage, goal }, p) =>
      `play ${play} holds stage ${stage}: ${goal.length > 0 ? p.all(goal) : 'its steps'}`,
    stage_waits: ({ stage, goal }, p) =>
      `stage ${stage} has no step left; waits for its goal: ${p.all(goal)}`,
    stage_passes: ({ stage, goal, then }, p) =>
      `stage ${stage} has no step left and its goal is not met (${p.all(goal)}): ${
        then === 'nurture' ? 'goes to nurture' : `ends as ${words.outcome[then]}`
      }`,
    no_such_stage: ({ stage }) => `stage ${stage} is not in this cadence`,
    no_nurture: () => 'no nurture in this cadence',
    put_off: ({ what, delay }, p) => `${p.say(what)}; ${p.say(delay)}`,
    not_started: () => 'not started yet',
    reopened_not_started: () => 'reopened, not started yet',
    quoted: ({ text }) => text,
  },
  changes: {
    launched: () => 'launched',
    signal: ({ type, happened, contact, superseded }, p) =>
      [
        words.signal[type],
        contact && `(${p.contact(contact)})`,
        happened !== undefined && `, happened ${p.moment(happened)}`,
        superseded && '; something newer was known already',
      ]
        .filter(Boolean)
        .join(' ')
        .replace(' ,', ',')
        .replace(' ;', ';'),
    stage: ({ stage, from }) => (from === undefined ? `begins in ${stage}` : `${from} → ${stage}`),
    nurture_left: () => 'leaves the nurture',
    play: ({ play, on }) => `play ${play} begins: ${words.signal[on]}`,
    play_over: ({ play }) => `play ${play} is over`,
    urgency: ({ urgency, criteria }, p) =>
      `urgency ${urgency}${criteria.length > 0 ? `: ${p.all(criteria)}` : ''}`,
    standing: ({ standing }) => `is ${words.aStanding[standing]} now`,
    hold: ({ hold, until }, p) => {
      if (hold === 'paused')
        return `paused by a person${until === undefined ? '' : ` until ${p.moment(until)}`}`
      return hold === 'over' ? 'goes on: the pause is over' : 'goes on: a person let it'
    },
    touch: ({ step, channel, result, failure }, p) =>
      `${words.channel[channel]} ${step}: ${words.result[result]}${failure ? ` (${p.say(failure)})` : ''}`,
    passed_over: ({ step, unmet }, p) =>
      `${step} passed over: ${unmet.length > 0 ? p.all(unmet) : 'its offer has ended'}`,
    task_closed: ({ step, because }) =>
      `task ${step} closes: ${(closings[because.code] as (closing: Closing) => string)(because)}`,
    delayed: ({ step, until, delay }, p) => `${step} put off until ${p.moment(until)}: ${p.say(delay)}`,
    ...mendChangesEn,
    moved: ({ cadence, version }) => `moved to ${cadence} version ${version}`,
    reopened: () => 'reopened by a person',
    begun_again: ({ because, by }) => `begun again by ${words.wakener[by]}: ${words.asleep[because]}`,
    end: ({ outcome, cause }, p) => `ends as ${words.outcome[outcome]}: ${p.say(cause)}`,
  },
}

/** What the parts of a cadence, and its templates, have against each other, in English. */
import type { CadenceProblems, TemplateProblems, Unreachable } from '../problem-values.ts'
import { STEP_KINDS } from '../words.ts'
import { didYouMean, listed, quoted, stageName, step, user } from './en-problem-words.ts'
import type { Texts, Told } from './problem-dictionary.ts'

function unreachable(fault: Unreachable): Told {
  switch (fault.kind) {
    case 'ended': {
      const by = stageName(fault.by)
      return [`a lead past ${by} has ended`, `put it before ${by}, or make it a play on deal.won`]
    }
    case 'implied': {
      const by = stageName(fault.by)
      return [`the goal of ${by} meets its own`, `put it before ${by}, or let its until ask for more`]
    }
    case 'always':
      return ['its goal is always met', 'let its until ask for more']
    case 'together':
      return ['the goals before meet its own', 'let its until ask for more']
  }
}

export const cadenceProblemsEn: Texts<CadenceProblems & TemplateProblems> = {
  duplicate_id: (fault) =>
    fault.of === 'signal'
      ? [`two signals have the id ${quoted(fault.id)}`, 'give it another: one id counts once']
      : [`two ${fault.of}s are called ${quoted(fault.id)}`, `call it ${fault.free}`],
  never_holds: ({ kind }) => {
    switch (kind) {
      case 'excluding':
        return ['this can never hold: its parts exclude each other', 'use any: […] for one or the other']
      case 'no_offer':
        return ['no step makes an offer, so none ever ends', 'add an offer to an e-mail']
      case 'no_stale_credit':
        return ['credit never goes stale in this cadence', 'add credit: { valid_for: 90d }']
    }
  },
  asks_itself: ({ kind }) =>
    kind === 'stage_age'
      ? [
          "a stage's age can't be its goal: it begins anew once the stage is left",
          'use otherwise: to leave a stage after its steps',
        ]
      : [
          'a standing is worked out from this rule, and asks for itself',
          'ask for facts: credit, interest, need …',
        ],
  no_nurture: [
    'there is no nurture to go to',
    'add nurture: { every: 60d, for: 2y, emails: […], until: { … } }',
  ],
  nurture_never_starts: ({ stage }) => [
    `nobody goes there: whoever reaches stage ${stageName(stage)} already meets the nurture's until`,
    "let the nurture's until ask for more, or end the lead here",
  ],
  nurture_never_writes: ({ after }) => [
    `the nurture is over before its first e-mail, which comes after ${after}`,
    'let it last longer',
  ],
  unreachable_stage: ({ stage, ...why }) => {
    const [because, remedy] = unreachable(why)
    return [`stage ${stageName(stage)} is never reached: ${because}`, remedy]
  },
  conflicting_goals: ({ by }) => [
    `meeting this goal undoes that of ${stageName(by)}, and the lead goes back there`,
    `let ${stageName(by)} have until: { any: [its goal, this goal] }`,
  ],
  proposal_waits: [
    'this waits for an approved credit, which no stage before asks for',
    'put a stage with until: { credit: approved } before it',
  ],
  play_never_starts: ({ kind, on }) => {
    switch (kind) {
      case 'when':
        return [`this play never starts: ${on} rules this out`, 'ask for something else, or take it out']
      case 'until':
        return [
          `this play is over as it starts: ${on} is all it waits for`,
          'wait for something else, or take it out',
        ]
      case 'ending':
        return [
          `${on} ends the lead, so this play never starts for its main contact`,
          'take it out, unless it is for the other contacts',
        ]
    }
  },
  emails_at_once: ({ step: id }) => [
    `${step(id)} goes out right behind the e-mail before it, with no wait`,
    'add wait, as in `wait: 3bd`',
  ],
  waits_unseen: (place) => {
    switch (place.kind) {
      case 'reply':
      case 'role':
        return [
          place.kind === 'reply'
            ? 'a reply can wait without end, and nobody is told'
            : 'somebody to write to can be missing without end, and nobody is told',
          `name somebody in escalate: ${place.kind}: { owner: 1d }`,
        ]
      default:
        return [
          `a lead can wait without end in ${place.kind}${place.id === undefined ? '' : ` ${quoted(place.id)}`}, and nobody is told`,
          place.kind === 'stage'
            ? 'add otherwise, a task or a notify, or a level of urgency with tell'
            : 'add a task or a notify, or a level of urgency with tell',
        ]
    }
  },
  wait_and_at: ({ step: id }) => [`${step(id)} has a wait and a date`, 'take out wait, or at'],
  nothing_to_wait_for: ({ kind, step: id }) =>
    kind === 'dated'
      ? [`${step(id)} has a date, and waits for nobody`, 'take out wait_for, or at']
      : [`there is no task before ${step(id)} to wait for`, 'put a task before it, or take out wait_for'],
  step_kind: ({ step: id, kinds }) =>
    kinds.length === 0
      ? [`${step(id)} does nothing`, `add ${listed(STEP_KINDS.map((kind) => `${kind}:`))}`]
      : [`${step(id)} is both ${kinds.join(' and ')}`, 'make two steps of it'],
  misplaced_key: ({ key, kind, allowed }) => [
    `${kind} steps have no ${key}`,
    `take it out, or use it on ${allowed.join(' and ')} steps`,
  ],
  unknown_step: ({ kind, step: id, emails, meant }) => {
    const what = {
      itself: `${step(id)} can't answer itself`,
      no_email: `${step(id)} is no e-mail to answer`,
      later: `${step(id)} doesn't come before this one`,
      unknown: `there is no ${step(id)}`,
    }
    if (meant) return [what[kind], didYouMean(meant)]
    const remedy =
      emails.length > 0 ? `answer one of ${emails.join(', ')}` : 'take it out: no e-mail comes before'
    return [what[kind], remedy]
  },
  offer_too_short: ({ lasts, wait }) => [
    `the offer ends after ${lasts}, before the next step comes (${wait})`,
    `let it last longer than ${wait}`,
  ],
  urgency_when: (fault) =>
    fault.kind === 'first'
      ? ['the first level is where everybody begins', 'take its when out']
      : [
          `${fault.level === undefined ? 'this level' : `level ${quoted(fault.level)}`} has no when, so everybody is there at once`,
          'add when: { … }',
        ],
  pace_rises: ({ before }) => [
    `the waits get longer from here (pace ${before} before)`,
    `write ${before} or less`,
  ],
  unknown_mailbox: ({ mailbox, known, meant }) => [
    `the mailbox ${quoted(mailbox)} isn't configured here`,
    meant
      ? didYouMean(meant)
      : `add it to relance.yaml${known.length > 0 ? `, or name one that is: ${known.join(', ')}` : ''}`,
  ],

  unknown_template: ({ template, others, files, meant }) => {
    if (others.length > 0) {
      return [
        `the template ${quoted(template)} is there in other languages only (${others.join(', ')})`,
        `add ${files.join(' or ')}`,
      ]
    }
    return [
      `there is no template ${quoted(template)}`,
      meant ? didYouMean(meant) : `add templates/${files[0]}`,
    ]
  },
  unused_template: ({ named }) => [
    'no step uses this template',
    named
      ? 'use it in an email: step, or take it away'
      : 'call it NAME.md or NAME.LOCALE.md, in small letters',
  ],
  unknown_variable: ({ variable, known, meant }) => [
    `there is no variable ${quoted(variable)}`,
    meant ? didYouMean(meant) : `there are ${known.join(', ')}`,
  ],
  variable_without_value: (fault) => {
    const { variable } = fault
    const around = `put {% if ${variable} %}…{% endif %} around it`
    switch (fault.kind) {
      case 'task':
        return [`${variable} has no value in a task`, 'take it out']
      case 'no_offer':
        return [
          `${variable} has no value in ${user(fault.user)}, which makes no offer`,
          `${around}, or make an offer there`,
        ]
      case 'no_objection':
        return [`${variable} may have no value in ${user(fault.user)}, which answers no objection`, around]
    }
  },
  unknown_column: ({ variable, kind, meant }) => {
    const what = {
      list: `the list has no column for ${variable}`,
      launched: `no list that was launched had a column for ${variable}`,
      slip: `${variable} is no variable, but for a list that has such a column`,
    }[kind]
    const look = 'see that the list has it: relance check --leads FILE'
    return [what, meant ? didYouMean(meant) : kind === 'list' ? 'take it out, or add the column' : look]
  },
  unwritable_rows: ({ rows, ...is }, phrases) => [
    `${'gap' in is ? phrases.gap(is.gap) : phrases.textFault(is.fault)} (${rows === 1 ? 'this row' : `this row and ${rows - 1} more`})`,
    'mend the template or the list: such rows are refused (docs/templates.md)',
  ],
  unwritable_leads: ({ leads, ...is }, phrases) => [
    `${'gap' in is ? phrases.gap(is.gap) : phrases.textFault(is.fault)}, for ${leads === 1 ? 'one open lead' : `${leads} open leads`}`,
    'mend it before you move them to this version: their letters would wait',
  ],
  unwritable_text: (is, phrases) => [
    phrases.textFault(is),
    'mend it: it would not be sent (docs/templates.md)',
  ],
  invalid_template: (fault, phrases) => {
    const { message, remedy = 'see docs/templates.md' } = phrases.template(fault)
    return [message, remedy]
  },
}

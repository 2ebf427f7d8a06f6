/** What the terminal says beside reasons: frames, heads of tables, sentences. One object a language, complete by type. */
import type { StartProgress } from '../../contract/start-progress.ts'

export interface TerminalWords {
  /** `1 lead`, `3 leads` */
  counts: Record<
    'lead' | 'task' | 'email' | 'credit_check' | 'notify' | 'problem' | 'touch',
    (n: number) => string
  >
  zoneIs(zone: string): string
  heads: Record<
    | 'id'
    | 'company'
    | 'contact'
    | 'email'
    | 'standing'
    | 'stage'
    | 'next'
    | 'when'
    | 'zone'
    | 'task'
    | 'due'
    | 'done'
    | 'for'
    | 'what'
    | 'because'
    | 'step'
    | 'theme'
    | 'sent'
    | 'benefit'
    | 'emails'
    | 'leads'
    | 'answered'
    | 'customers',
    string
  >
  explain: {
    where(lead: string, standing: string, place: string, cadence: string, version: number): string
    inStage(stage: string): string
    inNurture: string
    ended(outcome: string): string
    lacks(missing: string[]): string
    looksAt(rule: string): string
    early: string
    next(step: string, when: string): string
    skips(step: string, when: string): string
    passes(when: string): string
    on(moment: string): string
    rests: string
    because(reason: string): string
    whyThen(timing: string): string
    again(moment: string): string
    resume(lead: string): string
    handled(lead: string): string
    account: string
    away: string
    anySignal: string
    fromRecord: string
    /** `says`: why no workflow works for it. */
    asleep(says: string): string
    server(says: string, remedy: string | null): string
  }
  show: {
    lines: Record<
      | 'lead'
      | 'cadence'
      | 'standing'
      | 'stage'
      | 'urgency'
      | 'hold'
      | 'asleep'
      | 'outcome'
      | 'next'
      | 'because'
      | 'server'
      | 'facts',
      string
    >
    version(cadence: string, version: number, launched: string): string
    missing(list: string): string
    nextAt(step: string, moment: string): string
    noFacts: string
    /** `says`: why no workflow works for it. */
    asleepSince(since: string, says: string): string
    facts: Record<
      'interest' | 'need' | 'credit' | 'demo' | 'proposal' | 'deal' | 'amount' | 'upTo' | 'heard',
      string
    >
    objection(topic: string, open: boolean): string
    /** Above the signals that came when the lead had ended. */
    afterEnd: string
  }
  /** The state of a lead that no workflow works for. */
  asleep: string
  doctor: {
    fine: string
    /** What was found: its code, how often, in words; then what to do, and which leads. */
    found(code: string, n: number, says: string): string
    leads(ids: string[], more: number): string
    /** Of `relance reconcile`, a dry run or not: what was compared, then what was mended and what can't be. */
    compared(open: number, running: number, dry: boolean): string
    counts: Record<
      | 'begunAgain'
      | 'asked'
      | 'ended'
      | 'stopped'
      | 'signals'
      | 'touches'
      | 'failed'
      | 'unknown'
      | 'orphans'
      | 'lines',
      string
    >
    nothing: string
  }
  mailboxes: {
    fine: string
    refused(n: number): string
    paused(since: string, waiting: number): string
    says(words: string): string
    tries(moment: string, mailbox: string): string
    resumed(mailbox: string): string
  }
  reopened: {
    would(leads: number): string
    done(reopened: number, leads: number): string
    reply(leads: number, verdict: string, says: string): string
  }
  paused: { done(n: number): string; would(n: number): string }
  rehearse: {
    launched(moment: string, zone: string): string
    holidays(country: string, assumed: boolean): string
    nothing: string
    ends(outcome: string, moment: string): string
    goesOn(because: string, next: string | undefined): string
    isA(standing: string, rule: string): string
    to(role: string): string
  }
  demo: {
    title(days: number, from: string, to: string): string
    funnel: string
    emails(n: number): string
    benefits: string
    credit: string
    outcomes: string
    open(n: number): string
    onHold(hold: string): string
    inbox(folder: string): string
    late(n: number): string
    problem(text: string): string
    allWell(emails: string): string
    found(problems: string): string
  }
  /** Progress of a start, a line for each kind. */
  start: { [Kind in StartProgress['kind']]: (progress: Extract<StartProgress, { kind: Kind }>) => string }
  host: {
    isUp: string
    stopsIt: string
    stopped: string
    heads: Record<'api' | 'temporal' | 'inbox' | 'data' | 'speed', string>
    speed(n: number): string
    stays(url: string, temporal: string): string
    askIt(command: string): string
  }
  /** What happens in a demo, as its lines tell it. */
  story: {
    day: string
    who: Record<'e-mail' | 'them' | 'bank' | 'seller' | 'lead', string>
    replies(message: string): string
    interest(level: string, theme: string): string
    answers: string
    follows(theme: string): string
    meets(name: string, role: string): string
    verifiesNeed(amount: number | undefined): string
    booksDemo: string
    missesDemo: string
    booksAgain: string
    showsDemo: string
    compares(theme: string): string
    sendsProposal(amount: number): string
    opensProposal: string
    acceptsProposal: string
    objects(name: string, topic: string): string
    overcomes(topic: string): string
    letsPass(topic: string, reason: string): string
    notes(name: string, value: string): string
    extendsOffer(until: string, reason: string): string
    won(amount: number): string
    lost(reason: string): string
    namesSomebody(name: string, company: string): string
    endsIt: string
    goesOnAnyway: string
    unsubscribes: string
    complains: string
    noAddress: string
    outOfOffice(until: string): string
    callMe(on: string): string
    approvesCredit(limit: number): string
    refusesCredit: string
    reviewsCredit: string
    isNow(standing: string): string
    ends(outcome: string): string
    movesOn(from: string, to: string): string
    urgency(from: string, to: string): string
    holds: Record<'account' | 'out_of_office' | 'callback', string>
    /** What people object to, what the seller gives as a reason, and what the need is: fields of signals. */
    topics: Record<'migration' | 'supplier' | 'shop_floor', string>
    reasons: Record<'board' | 'sites' | 'shop_floor' | 'own_decision', string>
    need: string
  }
  done: { done: string; undecided: string; answered(signal: string): string }
  /** What became of a signal: of `signal`, and of the decision on a credit check. */
  signal: {
    duplicate(type: string): string
    ended(type: string): string
    acts(type: string): string
    waits(type: string): string
    /** Of a no, which holds whether the lead had ended or not. */
    suppressed(type: string, ended: boolean): string
    became: Record<'started' | 'linked' | 'suppressed', (lead: string) => string>
  }
  inbox: { date: string; to: string; subject: string; in(emails: string, folder: string): string }
  referrals: {
    named(who: string, when: string): string
    came(who: string, linked: boolean, when: string): string
    suppressed: string
    nobody: string
  }
  check: {
    warning(text: string): string
    files(n: number): string
    /** What was checked, and how many of each were found. */
    found(what: string, errors: number, warnings: number): string
  }
  publish: {
    published(cadence: string, version: number, warnings: number): string
    unchanged(cadence: string, version: number): string
  }
  edited: { nothing: string; suppressed: string; ended(lead: string): string }
  preview: {
    title(cadence: string, version: number | null): string
    from: string
    to: string
    subject: string
    variant(name: string): string
    /** What its own subject is for, where a letter follows up another. */
    alone: string
    text: string
    place: {
      stage(id: string, step: string): string
      play(id: string, step: string): string
      nurture: string
    }
    levels(levels: readonly string[]): string
    role(role: string): string
    imagined(variables: readonly string[]): string
    unwritable(because: string): string
    wrote(letters: number, file: string): string
  }
  suppressions: {
    heads: Record<'entry' | 'reason' | 'since' | 'source' | 'by' | 'note' | 'what', string>
    entries(n: number): string
    is(entry: string, suppressed: boolean): string
    added(added: number, known: number, dryRun: boolean): string
    stopped(list: readonly { entry: string; lead: string; cadence: string }[], dryRun: boolean): string
    recognised(list: {
      rows: number
      addresses: number
      domains: number
      columns: readonly { column: string; fields: readonly string[] }[]
    }): string
    refused(row: number, value: string, why: string): string
    more(n: number): string
    lifted(entry: string): string
    reopen(leads: readonly string[]): string
  }
  move: { heads: Record<'from' | 'to' | 'repeats' | 'skips' | 'done', string> }
  launch: {
    checking: string
    launching: string
    heads: Record<'row' | 'refused' | 'because' | 'column' | 'takenFor' | 'samples', string>
    /** How the file was read, with names to look at. */
    encoding(read: { name: string; confidence: number; sample: readonly string[] }): string
    /** What a column was taken for. */
    takenFor(column: {
      fields: readonly string[]
      ignored?: true | undefined
      dates?: string | undefined
    }): string
    counts(report: { launched: number; already: number; refused: number; dryRun: boolean }): string
    /** Of those that are in the cadence already, some have ended. */
    ended(n: number): string
    /** What rows say of people who are not to be written to. */
    suppressed(n: number, dryRun: boolean): string
    stopped(list: readonly { row: number; lead: string; cadence: string }[], dryRun: boolean): string
    starting(n: number): string
  }
}

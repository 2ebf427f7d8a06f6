/** What the terminal says beside reasons: frames, heads of tables, sentences. One object a language, complete by type. */
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
  }
  show: {
    lines: Record<
      | 'lead'
      | 'cadence'
      | 'standing'
      | 'stage'
      | 'urgency'
      | 'hold'
      | 'outcome'
      | 'next'
      | 'because'
      | 'facts',
      string
    >
    version(cadence: string, version: number, launched: string): string
    missing(list: string): string
    nextAt(step: string, moment: string): string
    noFacts: string
    facts: Record<
      'interest' | 'need' | 'credit' | 'demo' | 'proposal' | 'deal' | 'amount' | 'upTo' | 'heard',
      string
    >
    objection(topic: string, open: boolean): string
  }
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
  done: { done: string; undecided: string }
}

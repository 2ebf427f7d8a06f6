/** What came of a command, as data, and its words in a language. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { t } from '../../cadence/reasons/fr-typography.ts'

/** What a command did to a lead. */
export type Outcome =
  | { code: 'paused' | 'resumed' | 'dropped' | 'reopened' }
  /** It had ended; the no that came with it holds all the same. */
  | { code: 'suppressed' }
  /** Temporal isn't reachable now. */
  | { code: 'reopens_later' }
  | { code: 'moved' | 'would_move' | 'there_already'; version: number }

/** An answer whose words are still to be said. */
export type Untold<Answer extends { done: string }> = Omit<Answer, 'done'> & { done: Outcome }

type Words = { [Code in Outcome['code']]: (of: Extract<Outcome, { code: Code }>) => string }

const WORDS: Record<Language, Words> = {
  en: {
    paused: () => 'paused',
    resumed: () => 'resumed',
    dropped: () => 'dropped',
    suppressed: () => 'had ended; the address is not written to any more',
    reopened: () => 'reopened',
    reopens_later: () => 'reopened; it begins as soon as Temporal is reachable',
    moved: ({ version }) => `moved to version ${version}`,
    would_move: ({ version }) => `would be on version ${version}`,
    there_already: ({ version }) => `is on version ${version} already`,
  },
  fr: {
    paused: () => 'mise en pause',
    resumed: () => 'reprise',
    dropped: () => 'abandonnée',
    suppressed: () => t`était terminée ; on n’écrit plus à cette adresse`,
    reopened: () => 'rouverte',
    reopens_later: () => t`rouverte ; elle recommence dès que Temporal est joignable`,
    moved: ({ version }) => `passée à la version ${version}`,
    would_move: ({ version }) => `serait à la version ${version}`,
    there_already: ({ version }) => `est déjà à la version ${version}`,
  },
}

/** An answer for a reader. */
export function tellDone<Answer extends { lead: string; done: Outcome }>(
  answer: Answer,
  language: Language,
): Omit<Answer, 'done'> & { done: string } {
  const say = WORDS[language][answer.done.code] as (of: Outcome) => string
  return { ...answer, done: say(answer.done) }
}

/** A rehearsal as `rehearse --json` has it: reasons in words, and as data. */
import { z } from '@hono/zod-openapi'
import type { Because, Criterion, Timing } from '../../cadence/reason.ts'
import type { OutcomeWord, Standing } from '../../cadence/words.ts'
import { line, query, readerZone } from './text.ts'

/** One touch of the calendar. */
export interface Entry {
  at: string
  stage: string
  step: string
  kind: string
  to: string
  subject: string | null
  urgency: string
  because: string
  reason: Because
  /** Why then: waits, window, caps. */
  why: string
  timing: Timing[]
}

/** One line of the story beside the touches. */
export interface Line {
  at: string
  kind: 'signal' | 'standing' | 'stage' | 'play' | 'urgency' | 'hold' | 'step'
  text: string
}

export interface Played {
  calendar: Entry[]
  story: Line[]
  /** Which standing it was left in, and what the next one still lacks. */
  standing: {
    value: Standing
    missing: string[]
    lacks: Criterion[]
    next: Standing | null
    says: string
    rule: Criterion[]
    early: boolean
  }
  outcome: OutcomeWord | null
  /** When it ended. */
  ends: string | null
  /** What a lead that didn't end was left waiting for. */
  waits: { because: string; reason: Because; step: string | null; at: string | null } | null
  from: string
  zone: string
  /** Whose public holidays it observes; `assumed`: by its zone or its cadence, not because it was said. */
  holidays: string | null
  assumed: boolean
}

/** A rehearsal on the wire; its parts are those of \`Played\`. */
export const played = z.custom<Played>().openapi('Rehearsal', { type: 'object' })
export const rehearsalQuery = query({
  until: line(40)
    .optional()
    .openapi({ description: 'a date or a moment; five years from now when left out' }),
  zone: readerZone,
})

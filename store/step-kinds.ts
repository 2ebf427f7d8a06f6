/** Kinds of step as lists for SQL, made from the one table of them (`STEP_KIND` in `cadence/words.ts`). */
import { type SQL, sql } from 'drizzle-orm'
import { needsMailbox, STEP_KIND, STEP_KINDS, type StepKind, writesToPerson } from '../cadence/words.ts'

/** As literals, so that a statement's plan doesn't depend on them. */
const listOf = (which: (kind: StepKind) => boolean): SQL =>
  sql.raw(
    `(${STEP_KINDS.filter(which)
      .map((kind) => `'${kind}'`)
      .join(', ')})`,
  )

/** The kinds that the contact gets: `kind in ${WRITTEN_KINDS}`. */
export const WRITTEN_KINDS = listOf(writesToPerson)

/** The kinds that go out at a slot of a mailbox: `kind in ${MAILBOX_KINDS}`. */
export const MAILBOX_KINDS = listOf(needsMailbox)

/** The kinds that a hold keeps back; what is internal goes on. */
export const HELD_KINDS = listOf((kind) => STEP_KIND[kind].holdable)

/** Opening what rows of the database hold, as what it is today: a row says its format, or the facts beside it do. */
import type { Change } from '../lead.ts'
import type { Instant } from '../time.ts'
import type { Progress } from '../turn.ts'
import * as from1 from './rows-from-1.ts'
import { upgraded } from './stored.ts'

/** A line of a timeline; rows say their format in a column of their own. */
export const openChange = (line: object, format: number): Change =>
  upgraded(line, [from1.line], format) as Change

/** How far a lead is; of the format of the facts that were written with it. */
export const openProgress = (stored: object, format: number, asOf: Instant): Progress =>
  upgraded(stored, [(old) => from1.progress(old, asOf)], format) as Progress

/** A turn that is still to be recorded, inside an activity's input. */
export const openRecord = <T>(stored: T, format: number): T => upgraded(stored, [from1.record], format) as T

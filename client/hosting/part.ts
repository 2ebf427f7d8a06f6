/** What a process is made of: parts that are opened in order, closed in the opposite one, and may die. */
import type { ErrorValues } from '../../cadence/errors.ts'
import type { TemporalChoice } from '../../worker/temporal/connect.ts'

/** Something that is open. */
export interface Part {
  close(): Promise<void>
}

/** Sees to it that a part is closed when the process ends. */
export type Keep = <T extends Part>(part: T) => T

/** What died of a host, and how. */
export type Death = ErrorValues['part_died']

export type TemporalAt = Pick<
  Extract<TemporalChoice, { kind: 'external' }>,
  'connectionOptions' | 'namespace'
>

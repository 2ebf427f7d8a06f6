/** What a lead can be searched by in Temporal: its cadence, stage and standing. */
import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  type TypedSearchAttributes,
} from '@temporalio/common'
import type { View } from '../cadence/turn.ts'

const cadence = defineSearchAttributeKey('RelanceCadence', 'KEYWORD')
const stage = defineSearchAttributeKey('RelanceStage', 'KEYWORD')
const standing = defineSearchAttributeKey('RelanceStanding', 'KEYWORD')

/** The attributes of a lead as it stands. */
export const searchAttributes = (
  view: Pick<View, 'cadence' | 'stage' | 'standing'>,
): SearchAttributePair[] => [
  { key: cadence, value: view.cadence },
  { key: stage, value: view.stage },
  { key: standing, value: view.standing },
]

/** Their values in one text, to see whether they changed. */
export const valuesOf = (attributes: SearchAttributePair[]): string =>
  attributes.map(({ value }) => String(value)).join('\n')

/** The values a run was started with. */
export const shownAttributes = (given: TypedSearchAttributes): string =>
  [cadence, stage, standing].map((key) => String(given.get(key))).join('\n')

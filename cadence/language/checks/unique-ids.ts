/** Ids of steps, stages, plays and levels are unique: what was done already is found by them. */
import { problem } from '../../problem-values.ts'
import type { Path } from '../tree.ts'
import type { Context } from './context.ts'

/** Two steps, stages, plays or levels with one id. Steps share one list: a play may run beside a stage. */
export function checkUniqueIds(context: Context): void {
  const steps = context
    .parts()
    .flatMap((part) =>
      part.steps.map((step, i) => ({ id: step?.id, path: [...part.path, 'steps', i, 'id'] })),
    )
  once(context, 'step', steps)
  for (const kind of ['stage', 'play'] as const) {
    const parts = context.parts().filter((part) => part.kind === kind)
    once(
      context,
      kind,
      parts.map(({ id, path }) => ({ id, path: [...path, kind] })),
    )
  }
  const levels = context.file.urgency ?? []
  once(
    context,
    'level',
    levels.map((level, i) => ({ id: level?.level, path: ['urgency', i, 'level'] })),
  )
}

type Identified = 'step' | 'stage' | 'play' | 'level'

function once(context: Context, of: Identified, all: { id: string | undefined; path: Path }[]): void {
  const seen = new Set<string>()
  for (const { id, path } of all) {
    if (id === undefined) continue
    if (seen.has(id)) {
      const other = free(id, new Set(all.map(({ id: taken }) => taken)))
      context.error(path, problem('duplicate_id', { of, id, free: other }))
    }
    seen.add(id)
  }
}

function free(id: string, taken: Set<string | undefined>): string {
  for (let n = 2; ; n++) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`
}

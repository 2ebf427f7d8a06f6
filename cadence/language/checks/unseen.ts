/** Places where a lead can wait without end, and nobody is told. */
import { problem } from '../../problem-values.ts'
import type { Context, Part } from './context.ts'

/**
 * A stage without a way out, and a play that waits for its goal, wait for the other side. Somebody hears of it where they
 * give a person something to do, or where a level of urgency is told of.
 */
export function checkUnseen(context: Context): void {
  const { file } = context
  if (!context.whole([])) return
  for (const kind of ['reply', 'role'] as const) {
    const told = file.escalate?.[kind]
    const matters = kind === 'reply' || context.parts().some(({ steps }) => steps.some((step) => step?.to))
    if (told && matters && Object.keys(told).length === 0) {
      context.warn(['escalate', kind], problem('waits_unseen', { kind }))
    }
  }
  if (file.urgency?.some((level) => level?.tell !== undefined)) return
  for (const part of context.parts()) {
    if (!waitsForever(context, part) || part.steps.some((step) => step?.task ?? step?.notify)) continue
    const key = part.kind === 'stage' ? 'stage' : 'until'
    context.warn(
      [...part.path, key],
      problem('waits_unseen', { kind: part.kind, ...(part.id !== undefined && { id: part.id }) }),
    )
  }
}

/** Whether a lead stays there for as long as nothing happens: no `otherwise` of the stage, a goal of the play. */
function waitsForever({ file }: Context, { kind, path }: Part): boolean {
  const index = Number(path[1])
  return kind === 'stage'
    ? file.stages?.[index]?.otherwise === undefined
    : file.plays?.[index]?.until !== undefined
}

/** The ladder of urgency: it begins somewhere, and rising it shortens the waits. */
import { problem } from '../../problem-values.ts'
import type { Context } from './context.ts'

export function checkUrgency(context: Context): void {
  let before = 1
  context.file.urgency?.forEach((level, i) => {
    if (!level) return
    const path = ['urgency', i]
    const hasWhen = level.when !== undefined || !context.whole([...path, 'when'])
    if (i === 0 && hasWhen) {
      context.error([...path, 'when'], problem('urgency_when', { kind: 'first' }))
    }
    if (i > 0 && !hasWhen) {
      context.error(path, problem('urgency_when', { kind: 'later', level: level.level }))
    }
    if (level.pace === undefined) return
    if (i > 0 && level.pace > before) {
      context.warn([...path, 'pace'], problem('pace_rises', { before }))
    }
    before = level.pace
  })
}

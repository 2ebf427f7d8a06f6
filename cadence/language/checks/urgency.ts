/** The ladder of urgency: it begins somewhere, and rising it shortens the waits. */
import type { Context } from './context.ts'

export function checkUrgency(context: Context): void {
  let before = 1
  context.file.urgency?.forEach((level, i) => {
    if (!level) return
    const path = ['urgency', i]
    const name = level.level === undefined ? 'this level' : `level "${level.level}"`
    const hasWhen = level.when !== undefined || !context.whole([...path, 'when'])
    if (i === 0 && hasWhen) {
      context.error(
        [...path, 'when'],
        'urgency_when',
        'the first level is where everybody begins',
        'take its when out',
      )
    }
    if (i > 0 && !hasWhen) {
      context.error(
        path,
        'urgency_when',
        `${name} has no when, so everybody is there at once`,
        'add when: { … }',
      )
    }
    if (level.pace === undefined) return
    if (i > 0 && level.pace > before) {
      context.warn(
        [...path, 'pace'],
        'pace_rises',
        `the waits get longer from here (pace ${before} before)`,
        `write ${before} or less`,
      )
    }
    before = level.pace
  })
}

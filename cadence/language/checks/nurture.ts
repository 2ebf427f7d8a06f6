/** A nurture that ends before it has written once. */
import { problem } from '../../problem-values.ts'
import { formatWait } from '../../time.ts'
import { hours } from '../logic.ts'
import { readSpan, readWait } from '../notation.ts'
import type { Context } from './context.ts'

export function checkNurture(context: Context): void {
  const { every, for: lasts } = context.file.nurture ?? {}
  if (!every || !lasts) return
  const [interval, length] = [readWait(every), readSpan(lasts)]
  if ('fault' in interval || 'fault' in length || hours(interval.value) < hours(length.value)) return
  const after = formatWait(interval.value)
  context.warn(['nurture', 'for'], problem('nurture_never_writes', { after }))
}

/** A nurture that ends before it has written once. */
import { formatWait } from '../../time.ts'
import { hours } from '../logic.ts'
import { readSpan, readWait } from '../notation.ts'
import type { Context } from './context.ts'

export function checkNurture(context: Context): void {
  const { every, for: lasts } = context.file.nurture ?? {}
  if (!every || !lasts) return
  const [interval, length] = [readWait(every), readSpan(lasts)]
  if ('fault' in interval || 'fault' in length || hours(interval.value) < hours(length.value)) return
  context.warn(
    ['nurture', 'for'],
    'nurture_never_writes',
    `the nurture is over before its first e-mail, which comes after ${formatWait(interval.value)}`,
    'let it last longer',
  )
}

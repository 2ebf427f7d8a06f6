/** Fields as they are typed: `level=general limit=50000`. What kind of value each is, the API knows. */
import { UsageError } from '../../terminal/failure.ts'

/** @throws UsageError for what isn't `field=value` */
export function readFields(pairs: string[]): Record<string, string> {
  const fields = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`"${pair}" is not field=value`, 'Write fields like level=general.')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return Object.fromEntries(fields)
}

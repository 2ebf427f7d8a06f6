/** Parses fields as they are typed: `level=general limit=50000`. The API knows what kind of value each is. */
import { RelanceError } from '../../../cadence/errors.ts'

/** @throws RelanceError `usage` for what isn't `field=value` */
export function readFields(pairs: string[]): Record<string, string> {
  const fields = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=')
    if (at < 1) throw new RelanceError('usage', { kind: 'field', text: pair })
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return Object.fromEntries(fields)
}

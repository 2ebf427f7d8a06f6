/**
 * Statements with parameters are prepared once for a connection. Planning is most of the work of a small statement: in
 * PGlite, four fifths. Their parameters are made storable: what people, files and servers wrote may be anything.
 */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { storable } from './storable.ts'

const names = new Map<string, string>()

/** The same text has the same name, on every connection. */
function nameOf(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    names.set(text, name)
  }
  return name
}

/** A client that names what has values; their texts are few, because lists travel as one parameter. */
export class NamedStatements extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: it stands in for all of the client's overloads
  override query(...call: any[]): any {
    const [config, given] = call
    const values: unknown[] | undefined = Array.isArray(given) ? given : config?.values
    if (typeof config?.text === 'string' && !config.name && !config.submit && values?.length) {
      call[0] = { ...config, name: nameOf(config.text), values: values.map(storable) }
      if (Array.isArray(given)) call[1] = call[0].values
    }
    return (super.query as (...call: unknown[]) => unknown)(...call)
  }
}

/** Tokens that stand for personal texts: the same text has the same token, and only the database knows the text. */
import { createHmac } from 'node:crypto'
import type { Db } from '../../store/db.ts'
import { readEnvironment } from '../../store/environment.ts'

/** Makes the token of a text. `kind` keeps equal texts of different kinds apart. */
export type Tokens = (kind: 'topic' | 'contact' | 'signal', text: string) => string

/** Tokens made with an environment's secret, which never changes. */
export function tokensOf(db: Db): Promise<Tokens> {
  const known = made.get(db)
  if (known) return known
  const making = readEnvironment(db).then(
    ({ salt }): Tokens =>
      (kind, text) =>
        createHmac('sha256', salt).update(`${kind}\n${text}`).digest('hex').slice(0, 16),
  )
  made.set(db, making)
  making.catch(() => made.delete(db))
  return making
}
const made = new WeakMap<Db, Promise<Tokens>>()

/**
 * A caller's own id, if it is plainly one; a token for it if it isn't, because ids travel through Temporal and some
 * (a Message-ID, an address) are personal.
 */
export const plainToken = (id: string, token: Tokens): string =>
  /^[\w.:/-]{1,80}$/.test(id) ? id : `id-${token('signal', id)}`

/**
 * An empty embedded database to copy: making one from nothing takes PGlite some seconds, and a copy a tenth of that.
 * It is made once for the code as it is, and kept in `node_modules/.cache/`.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openStore } from '../../store/open.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(root, 'node_modules/.cache/relance')

/** What an empty database depends on. */
const MADE_BY = [
  ...[
    'store/open.ts',
    'store/embedded.ts',
    'store/migrate.ts',
    'node_modules/@electric-sql/pglite/package.json',
  ],
  ...readdirSync(join(root, 'store/migrations')).map((file) => `store/migrations/${file}`),
]

/** Fills a new data folder with an empty database, as opening the store there would. */
export async function copyEmptyDatabase(dataDir: string): Promise<void> {
  const hash = createHash('sha256')
  for (const file of MADE_BY) hash.update(readFileSync(join(root, file)))
  const made = join(CACHE, `database-${hash.digest('hex').slice(0, 16)}`)
  if (!existsSync(made)) await make(made)
  cpSync(join(made, 'pg'), join(dataDir, 'pg'), { recursive: true })
}

/** Several test files may come here at once: whoever is done first gives theirs to all. */
async function make(made: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(CACHE, 'making-'))
  const store = await openStore({ dataDir: folder })
  await store.close()
  try {
    renameSync(folder, made)
  } catch (error) {
    if (!existsSync(made)) throw error
    rmSync(folder, { recursive: true })
  }
}

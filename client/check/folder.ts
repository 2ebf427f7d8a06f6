/** A cadence's file and the templates beside it, as they are sent to be published. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Reads `FILE` and `templates/*.md` beside it. */
export function readCadenceFolder(file: string): {
  source: string
  file: string
  templates: Record<string, string>
} {
  const source = readFileSync(file, 'utf8')
  const folder = join(dirname(file), 'templates')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : []
  const templates = names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')])
  return { source, file: basename(file), templates: Object.fromEntries(templates) }
}

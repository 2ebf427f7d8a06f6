/** The package this runs from: where its files are, and which version it is. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The package's folder. Compiled, this file is a folder deeper than its source. */
export function packageRoot(): string {
  const [source, compiled] = ['../', '../../'].map((up) => new URL(up, import.meta.url)) as [URL, URL]
  return fileURLToPath(existsSync(new URL('package.json', source)) ? source : compiled)
}

/** Relance's own version. */
export const version = (): string => JSON.parse(readFileSync(`${packageRoot()}package.json`, 'utf8')).version

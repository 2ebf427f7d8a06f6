/** docs/cadences.md: its table of keys and its rehearsals are what the code says. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the page is current (npm run build && npm run reference)', () => {
  const check = () =>
    execFileSync(process.execPath, ['scripts/cadences-page.js', '--check'], { cwd: root, stdio: 'pipe' })
  expect(check).not.toThrow()
})

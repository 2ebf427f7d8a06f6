/** The order of test files: those that take longest come first, so that none of them is left to run alone at the end. */
import TestSequencer from '@jest/test-sequencer'

/** From the longest on. Jest knows how long files took only where it has run before, which a fresh clone has not. */
const LONGEST = [
  ...[
    'test/years.test.ts',
    'test/kill.test.ts',
    'test/accounts.test.ts',
    'test/demo.test.ts',
    'test/credit.test.ts',
    'test/hostile-table.test.ts',
    'test/hostile-faults.test.ts',
  ],
  ...['store/migrate.test.ts', 'store/durability.test.ts', 'worker/temporal/dev-server.test.ts'],
  ...['client/cli/cli.test.ts', 'activities/credit/once.test.ts', 'test/histories/replay.test.ts'],
  ...['test/histories/old-data-folder.test.ts', 'test/renewal.test.ts', 'activities/touch/once.test.ts'],
]

/** Jest's `testSequencer`. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((file) => path.endsWith(`/${file}`))
      return at < 0 ? LONGEST.length : at
    }
    return super.sort(tests).sort((a, b) => rank(a) - rank(b))
  }
}

/**
 * All migrations, in order; SQL in TypeScript, so that they are wherever the code is, in a checkout and in the
 * package alike. Published ones never change: a change to `schema.ts` is a new file at the end of this list. What
 * has to be in it, `migrate.test.ts` says.
 */
import { statements as begin } from './0001-begin.ts'
import { statements as cycle } from './0002-cycle.ts'
import { statements as referrals } from './0003-referrals.ts'
import { statements as credit } from './0004-credit.ts'

export const MIGRATIONS: { name: string; statements: string[] }[] = [
  { name: 'begin', statements: begin },
  { name: 'cycle', statements: cycle },
  { name: 'referrals', statements: referrals },
  { name: 'credit', statements: credit },
]

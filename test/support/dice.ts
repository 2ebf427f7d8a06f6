/** Dice for tests that play something random: the same throws every time for the same seed. */

/**
 * The seed of a test: `RELANCE_TEST_SEED`, or its usual one. It is printed, so that what failed can be played again.
 * @param test - the test's name, for the print
 */
export function seedOf(test: string, usual: number): number {
  const seed = Number(process.env.RELANCE_TEST_SEED || usual)
  if (!Number.isSafeInteger(seed)) throw new Error('RELANCE_TEST_SEED is not a whole number')
  process.stdout.write(`${test}: RELANCE_TEST_SEED=${seed}\n`)
  return seed
}

/** Numbers from 0 up to 1 (a linear congruential generator, Knuth's constants). */
export function dice(seed: number): () => number {
  let state = BigInt(seed)
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
    return Number(state >> 33n) / 2 ** 31
  }
}

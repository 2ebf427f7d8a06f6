/** What every measurement works on: one fresh server, and the two programs on it. */
import { join } from 'node:path'
import type { App } from './app.ts'
import { type Remote, start } from './process.ts'

export interface Bench {
  /** The Temporal server's address and process. */
  address: string
  pid: number
  /** Goes away afterwards. */
  folder: string
  /** The workflow bundles' files. */
  bundles: Sides<string>
  report: (message: string) => void
}

export interface Sides<T> {
  relance: T
  plain: T
}

/** Starts both programs with a day that takes `dayMs` real milliseconds. */
export async function openBoth(bench: Bench, name: string, dayMs: number): Promise<Sides<Remote<App>>> {
  const { address, folder, bundles } = bench
  return {
    relance: await start<App>('relance-app.ts', address, join(folder, name), String(dayMs)),
    plain: await start<App>('plain-app.ts', address, bundles.plain, String(dayMs)),
  }
}

export async function endBoth(apps: Sides<{ end(): Promise<void> }>): Promise<void> {
  await apps.relance.end()
  await apps.plain.end()
}

/**
 * Rounds in turn, A B A B …, so that both sides suffer the same from whatever else the machine does.
 * @param rounds - how many count; one more comes before them and warms both sides up
 * @returns the rounds that count
 */
export async function inTurn<T>(
  { report }: Bench,
  what: string,
  rounds: number,
  one: (side: keyof Sides<T>) => Promise<T>,
): Promise<Sides<T>[]> {
  const counted: Sides<T>[] = []
  for (let round = 0; round <= rounds; round++) {
    report(round === 0 ? `${what}: warming up` : `${what}: round ${round} of ${rounds}`)
    const both = { relance: await one('relance'), plain: await one('plain') }
    if (round > 0) counted.push(both)
  }
  return counted
}

/** Rounds made into one figure. */

/** A quantity of one round. */
export interface Pair {
  relance: number
  plain: number
}

export interface Figure extends Pair {
  ratio: { median: number; least: number; most: number }
}

/** Medians of both sides, and of the rounds' ratios. */
export function figure(pairs: Pair[]): Figure {
  const ratios = pairs.map(({ relance, plain }) => relance / plain)
  return {
    relance: median(pairs.map(({ relance }) => relance)),
    plain: median(pairs.map(({ plain }) => plain)),
    ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
  }
}

/** @throws when there is nothing to take it of */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor((sorted.length - 1) / 2)
  const [low, high] = [sorted[middle], sorted[sorted.length - 1 - middle]]
  if (low === undefined || high === undefined) throw new Error('no rounds')
  return (low + high) / 2
}

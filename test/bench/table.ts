/** The figures, judged and printed. */
import type { Figure } from './rounds.ts'

/** What a figure has to be: a ratio to the plain program, or a value of its own. */
export type Target = { ratioAtLeast: number } | { ratioAtMost: number } | { atMost: number }

export interface Row extends Figure {
  figure: string
  target: string
  ok: boolean
}

export function row(name: string, figure: Figure, target: Target): Row {
  return { figure: name, ...figure, target: inWords(target), ok: met(figure, target) }
}

function met({ relance, ratio }: Figure, target: Target): boolean {
  if ('atMost' in target) return relance <= target.atMost
  return 'ratioAtMost' in target ? ratio.median <= target.ratioAtMost : ratio.median >= target.ratioAtLeast
}

function inWords(target: Target): string {
  if ('atMost' in target) return `at most ${target.atMost}`
  return 'ratioAtMost' in target ? `ratio ≤ ${target.ratioAtMost}` : `ratio ≥ ${target.ratioAtLeast}`
}

/** For people; numbers to three digits. */
export function table(rows: Row[]): string {
  const lines = rows.map(({ figure, relance, plain, ratio, target, ok }) => {
    const range = `${short(ratio.median)} (${short(ratio.least)}–${short(ratio.most)})`
    return [figure, short(relance), short(plain), range, target, ok ? 'ok' : 'missed']
  })
  const all = [['', 'Relance', 'plain', 'ratio (least–most)', 'target', ''], ...lines]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? []
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

/** Prints to the terminal: lines and colours for people, JSON for scripts, progress on the standard error. */
import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Colour is for terminals only, and not where it isn't wanted (https://no-color.org). */
const coloured = (stream: NodeJS.WriteStream): boolean =>
  Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb'

/** A text in a style, on the standard output. */
export const paint = (style: Style, text: string): string =>
  coloured(process.stdout) ? styleText(style, text) : text

/** The same for what goes to the standard error. */
export const paintError = (style: Style, text: string): string =>
  coloured(process.stderr) ? styleText(style, text) : text

/** What a verb prints: a line of words. */
export const say = (line = ''): void => void process.stdout.write(`${line}\n`)

/** What a verb prints with `--json`: one document. */
export const sayJson = (value: unknown): void =>
  void process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)

/** Beside the answer: progress and warnings. */
export const note = (line: string): void => void process.stderr.write(`${line}\n`)

/** How wide a line may be; 100 where nobody says. */
export const columns = (): number => Math.max(60, process.stdout.columns ?? 100)

/** `2026-11-24 09:00` in the machine's zone, or in the one given (IANA). */
export function moment(iso: string | number | null | undefined, zone?: string): string {
  if (iso === null || iso === undefined) return ''
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso))
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}

/** `1 lead`, `3 leads`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

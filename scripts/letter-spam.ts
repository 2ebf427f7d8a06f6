/**
 * What SpamAssassin (Debian's, local tests only) says of every letter of the examples, as a mail server gets them.
 *   npm run letters:spam
 * Ends with 1 where a letter scores 1 or more.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exampleLetters, messagesOf } from '../test/support/example-letters.ts'
import { onTheWire } from '../test/support/wire.ts'

/** Below this every letter has to stay. */
const LIMIT = 1

const at = Date.now()
const letters = (await exampleLetters(at)).flatMap(({ example, language, letters }) =>
  letters.flatMap((letter) => messagesOf(letter, at).map((message) => ({ example, language, message }))),
)
const raw = await onTheWire(letters.map(({ message }) => message))
const folder = mkdtempSync(join(tmpdir(), 'relance-spam-'))
const scores = new Map<string, number[]>()
const tests = new Map<string, number>()
try {
  const files = raw.map((_, n) => join(folder, `${n}.eml`))
  for (const [n, bytes] of raw.entries()) writeFileSync(files[n] as string, bytes)
  // `-t` writes each message with what was found; `-L` asks nobody outside.
  const options = { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 } as const
  const report = execFileSync('spamassassin', ['-L', '-t', ...files], options)
  const found = [
    ...report.matchAll(/^X-Spam-Status: .*?score=(-?[\d.]+) [\s\S]*?tests=([\w,\s]*?) autolearn/gm),
  ]
  if (found.length !== letters.length)
    throw new Error(`${found.length} reports of ${letters.length} messages`)
  letters.forEach(({ example, language }, n) => {
    const [, score, fired = ''] = found[n] ?? []
    const key = `${example} ${language}`
    scores.set(key, [...(scores.get(key) ?? []), Number(score)])
    for (const test of fired.split(/[,\s]+/)) tests.set(test, (tests.get(test) ?? 0) + 1)
  })
} finally {
  rmSync(folder, { recursive: true })
}
for (const [key, all] of scores) {
  const sum = all.reduce((a, b) => a + b, 0)
  console.log(
    `${key}: ${all.length} messages, highest ${Math.max(...all)}, mean ${(sum / all.length).toFixed(2)}`,
  )
}
console.log(`tests that fired: ${[...tests].map(([test, n]) => `${test} ${n}`).join(', ')}`)
if ([...scores.values()].flat().some((score) => score >= LIMIT)) process.exitCode = 1

/** Letters as mail servers get them: Python's e-mail parser finds no defect, and reads what was written. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isVisible, oneLine } from '../activities/mail/clean-text.ts'
import { buildMessage, type Message } from '../activities/mail/message.ts'
import { parseTemplate, renderTemplate } from '../activities/texts/template.ts'
import { RelanceError } from '../cadence/errors.ts'
import { seedOf } from './support/dice.ts'
import { exampleLetters, messagesOf } from './support/example-letters.ts'
import { LETTERS_AND_LEADS } from './support/random-letters.ts'
import { onTheWire } from './support/wire.ts'

interface Read {
  defects: string[]
  subject: string
  to: [name: string, email: string][]
  plain: string
  html: string
}

const READER = fileURLToPath(new URL('support/email_defects.py', import.meta.url))
const AT = Date.UTC(2027, 0, 11, 9)
const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) process.stdout.write('letters on the wire: skipped, there is no python3\n')
const withPython = hasPython ? test : test.skip

function readByPython(raw: Buffer[]): Read[] {
  const input = JSON.stringify(raw.map((one) => one.toString('base64')))
  const ran = spawnSync('python3', [READER], { input, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return JSON.parse(ran.stdout)
}

/**
 * Python keeps the space between the encoded words of a name (python/cpython#128110), which RFC 2047 §6.2 drops: names are
 * compared without.
 */
const bare = ([name, email]: [string, string]): [string, string] => [name.replaceAll(' ', ''), email]

/** What Python reads of each message, beside what it should. */
async function bothOf(messages: Message[]): Promise<{ read: Read[]; wanted: Read[] }> {
  const lines = (text: string): string => text.replace(/\r\n/g, '\n')
  const read = readByPython(await onTheWire(messages)).map((one) => ({
    ...one,
    ...{ plain: lines(one.plain), html: lines(one.html), to: one.to.map(bare) },
  }))
  const wanted = messages.map(
    ({ subject, text, html, to }): Read => ({
      ...{ defects: [], subject, plain: text, html, to: [bare([to.name ?? '', to.email])] },
    }),
  )
  return { read, wanted }
}

withPython(
  'every letter of the examples',
  async () => {
    const messages = (await exampleLetters(AT)).flatMap(({ letters }) =>
      letters.flatMap((letter) => messagesOf(letter, AT)),
    )
    expect(messages.length).toBeGreaterThan(250)
    const { read, wanted } = await bothOf(messages)
    expect(read).toEqual(wanted)
  },
  120_000,
)

withPython(
  'random letters to random people',
  async () => {
    const seed = seedOf('letters on the wire', 2_047)
    const messages = fc
      .sample(fc.tuple(LETTERS_AND_LEADS, fc.nat(3)), { numRuns: 200, seed })
      .flatMap(([{ body, subject, leads }, followUps], n) =>
        leads.flatMap(({ a, b, first }, i): Message[] => {
          try {
            const source = `---\nsubject: ${JSON.stringify(subject)}\n---\n${body}\n`
            const values = { contact: { first_name: first }, lead: { a, b } }
            const rendered = renderTemplate(parseTemplate(source, 'a.md'), values)
            const to = { name: oneLine(first), email: `a${n}@${['b', 'moulîn', 'مصنع'][n % 3]}.example` }
            const thread = Array.from({ length: followUps }, (_, k) => `<${k}@b.example>`)
            const from = { name: oneLine(b), email: 'claire@b.example' }
            return [buildMessage({ key: `${n}/${i}`, salt: 's', at: AT, from, to, rendered, thread })]
          } catch (error) {
            // What can't be written is refused at a launch.
            if (error instanceof RelanceError) return []
            throw error
          }
        }),
      )
      .filter(({ to }) => isVisible(to.name ?? ''))
    expect(messages.length).toBeGreaterThan(100)
    const { read, wanted } = await bothOf(messages)
    expect(read).toEqual(wanted)
  },
  120_000,
)

/** Every letter of the examples, for a reader in each of their languages. */
import { fileURLToPath } from 'node:url'
import { buildMessage, type Message } from '../../activities/mail/message.ts'
import type { PreviewedLetter } from '../../client/contract/preview.ts'
import { previewFile } from '../../client/services/preview-file.ts'

const SENDER = { name: 'Claire Vasseur', email: 'claire@atelier-erp.example' }

/** An example's cadence, and somebody of its list in each language. */
const EXAMPLES: [name: string, file: string, readers: Record<string, string>][] = [
  ...['atelier-pme', 'grands-comptes', 'longue-vue', 'atelier-erp'].map((name): (typeof EXAMPLES)[number] => [
    name,
    name === 'atelier-erp' ? 'atelier-erp.yaml' : `${name}/cadence.yaml`,
    { fr: 'hugo.morel@groupe-morel.example', en: 'owen.hughes@hughes-castings.example' },
  ]),
  ['khalij', 'khalij/cadence.yaml', { ar: 'samir.haddad@noor-metal.example' }],
]

export interface ExampleLetters {
  example: string
  language: string
  letters: PreviewedLetter[]
}

/** @param at - when the letters would go */
export async function exampleLetters(at: number): Promise<ExampleLetters[]> {
  const all: ExampleLetters[] = []
  for (const [example, file, readers] of EXAMPLES) {
    for (const [language, lead] of Object.entries(readers)) {
      const folder = new URL('../../examples/', import.meta.url)
      const shown = await previewFile(fileURLToPath(new URL(file, folder)), {
        ...{ lead, at, language: 'en' },
        ...(example !== 'khalij' && { leads: fileURLToPath(new URL('leads.csv', folder)) }),
        senderOf: () => SENDER,
      })
      if ('problems' in shown) throw new Error(`${file} has problems`)
      all.push({ example, language, letters: shown.letters })
    }
  }
  return all
}

/** A letter's messages, one for each of its subjects; those of a thread answer another. */
export function messagesOf({ template, subjects, to, text, html }: PreviewedLetter, at: number): Message[] {
  const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(to ?? '') ?? []
  return subjects.map(({ subject, of }, n) =>
    buildMessage({
      ...{ key: `${template}/${n}`, salt: 'salt', at, from: SENDER, to: { name, email } },
      rendered: { subject, text: text ?? '', html: html ?? '' },
      thread: of === 'thread' ? ['<first@atelier-erp.example>'] : [],
    }),
  )
}

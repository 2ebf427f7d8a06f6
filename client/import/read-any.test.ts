/** Any leads, written by any program in any encoding, hostile or not: what is read of them. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import addressparser from 'nodemailer/lib/addressparser'
import { readLeads } from './read.ts'

/** A text as a careful person types it: words, single spaces, nothing a spreadsheet would compute. */
const words = (letters: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...'ABZabzé'),
      fc.array(fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 }), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([first, rest]) => `${first}${rest.join(' ')}`)
const LATIN = 'abzABZ019éèüßÀ,;"\'.:-_&{}%|/()='
const ANY = `${LATIN}œ€Łł漢字😀ηש`

interface Written {
  email: string
  firstName: string
  lastName: string
  company: string
  note: string
}
const written = (letters: string): fc.Arbitrary<Written[]> =>
  fc
    .uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z][a-z0-9._+-]{0,10}[a-z0-9]$/).filter((name) => !name.includes('..')),
        firstName: words(letters),
        lastName: words(letters),
        company: words(letters),
        note: words(letters),
      }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 20 },
    )
    .map((people) => people.map(({ name, ...rest }) => ({ email: `${name}@b.example`, ...rest })))

const HEADER = ['email', 'Prénom', 'Nom', 'Société', 'Note, interne']

function write(people: Written[], separator: string, eol: string, quoteAll: boolean): string {
  const cell = (text: string): string =>
    quoteAll || /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text
  const rows = people.map((p) => [p.email, p.firstName, p.lastName, p.company, p.note])
  return [HEADER, ...rows].map((row) => row.map(cell).join(separator)).join(eol) + eol
}

const ENCODERS: Record<string, (text: string) => Uint8Array> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'utf-16le': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  latin1: (text) => Buffer.from(text, 'latin1'),
}

describe('any leads', () => {
  test.each(Object.keys(ENCODERS))('written by any CSV writer in %s are read back the same', (encoding) => {
    fc.assert(
      fc.property(
        written(encoding === 'latin1' ? LATIN : ANY),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (people, separator, eol, quoteAll) => {
          const bytes = ENCODERS[encoding]?.(write(people, separator, eol, quoteAll)) as Uint8Array
          // Letters drawn by lot are no language's.
          const { leads, refused } = readLeads(bytes, encoding === 'latin1' ? { encoding } : {})
          expect(refused).toEqual([])
          expect(
            leads.map(({ email, firstName, lastName, company, custom }) => ({
              email,
              firstName,
              lastName,
              company,
              note: custom.note_interne,
            })),
          ).toEqual(people.map((p) => ({ ...p })))
          expect(leads.map(({ row }) => row)).toEqual(people.map((_, i) => i + 2))
        },
      ),
    )
  })

  test('hostile or not: every row is accounted for, and what is accepted is one line and one address', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        'a@b.example',
        'c@d.example',
        '=1+1',
        '@SUM(1)',
        'x\r\nBcc: y@z.example',
        'no\0pe',
        '{{ x }}',
        '-',
      ),
      fc.emailAddress(),
    )
    const row = fc.array(nasty, { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.constantFrom(',', ';', '\t'), (rows, separator) => {
        const text = [HEADER, ...rows]
          .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
          .join('\n')
        // Many NULs make a file binary, which is refused as a whole; spread out, they are cells like others.
        const { leads, refused, total } = readLeads(Buffer.from(`${text}\n"${'padding '.repeat(200)}"`))
        expect(leads.length + refused.length).toBe(total)
        expect(new Set([...leads, ...refused].map((item) => item.row)).size).toBe(total)
        for (const lead of leads) {
          expect(JSON.stringify(lead)).not.toMatch(/\\[rn]|\\u00[01]|\u2028|\u2029/)
          expect(addressparser(lead.email)).toEqual([{ address: lead.email, name: '' }])
        }
      }),
      { numRuns: 300 },
    )
  })
})

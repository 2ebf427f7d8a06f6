/**
 * Encodings of lists: what is read is read right, and what isn't clear is asked about. "Hello CrŽpin" is never sent.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import iconv from 'iconv-lite'
import { encodingOf } from '../../../client/import/encoding.ts'
import { readLeads } from '../../../client/import/read.ts'

const folder = new URL('encodings/', import.meta.url)

test.each([
  ['e-macroman.csv', 'macroman', ['Hélène', 'Crépin']],
  ['f2-win1250-enheader.csv', 'windows-1250', ['Łukasz', 'Dvořák']],
  ['g-cp1251.csv', 'windows-1251', ['Иван', 'Петров']],
  ['h-shiftjis.csv', 'shift_jis', ['太郎', '山田']],
])('%s is %s', (name, encoding, names) => {
  const { leads, encoding: read } = readLeads(readFileSync(new URL(name, folder)))
  expect(read).toMatchObject({ name: encoding, sample: expect.arrayContaining(names) })
  expect(read.confidence).toBeGreaterThan(0.9)
  expect(leads.map(({ firstName, lastName }) => [firstName, lastName])).toEqual([names])
})

test('all of the cases are tried', () => expect(readdirSync(folder)).toHaveLength(4))

/** First and last names as lists have them, and the encodings that such lists are written in. */
// biome-ignore format: a table
const LISTS: [language: string, encodings: string[], names: string][] = [
  ['French', ['windows-1252', 'macroman'], 'Hélène;Crépin François;Lefèvre Noël;Gaëlle Zoé;Martin Benoît;Châtelet Anaïs;Forêt Loïc;Bézier Cécile;Gérard Élodie;Müller André;Côté'],
  ['German', ['windows-1252', 'macroman'], 'Jürgen;Müller Bäckerei-Groß;Weiß Günther;Schäfer Jörg;Böhm Käthe;Köhler'],
  ['Spanish', ['windows-1252', 'macroman'], 'José;Muñoz María;Núñez Íñigo;Gómez Ángel;Martínez Begoña;Pérez'],
  ['Portuguese', ['windows-1252', 'macroman'], 'João;Conceição Antônio;Magalhães Luís;Simões Mônica;Araújo'],
  ['Italian', ['windows-1252', 'macroman'], 'Niccolò;Rossi Già;Verità Nicolò;Forlì'],
  ['Swedish', ['windows-1252', 'macroman'], 'Åsa;Öberg Björn;Sjöström Göran;Åkesson Märta;Nyström'],
  ['Danish', ['windows-1252', 'macroman'], 'Søren;Kjær Åse;Bjørn Jørgen;Østergård Mette;Sørensen'],
  ['Dutch', ['windows-1252', 'macroman'], 'Daniël;Reünie Zoë;België Coördinatie;Ruïne'],
  ['Polish', ['windows-1250', 'iso-8859-2'], 'Łukasz;Wiśniewski Małgorzata;Zając Paweł;Dąbrowski Józef;Król Żaneta;Gołębiewska Stanisław;Kamiński'],
  ['Czech', ['windows-1250', 'iso-8859-2'], 'Jiří;Dvořák Tomáš;Němec Ondřej;Černý Zdeněk;Růžička Lukáš;Kučera'],
  ['Hungarian', ['windows-1250', 'iso-8859-2'], 'László;Szőke Győző;Ágnes Szűcs;Péter Tóth;József'],
  ['Russian', ['windows-1251', 'koi8-r'], 'Иван;Петров Ольга;Смирнова Сергей;Кузнецов Наталья;Попова'],
  ['Ukrainian', ['windows-1251'], 'Олександр;Шевченко Юлія;Їжак Андрій;Ковальчук'],
  ['Bulgarian', ['windows-1251'], 'Георги;Димитров Мария;Иванова'],
  ['Japanese', ['shift_jis'], '太郎;山田 花子;鈴木 株式会社トヨタ;佐藤 さくら;タナカ'],
  ['Turkish', ['windows-1254'], 'Şükrü;Güneş Ayşe;Yıldız Çağlar;Öztürk İbrahim;Doğan'],
  ['Greek', ['windows-1253'], 'Γιώργος;Παπαδόπουλος Μαρία;Δημητρίου'],
]
const list = (rows: readonly string[]): string =>
  ['email;first name;last name', ...rows.map((row, i) => `p${i}@x.example;${row}`)].join('\n')

describe.each(LISTS)('a list in %s', (_, encodings, names) => {
  const rows = names.split(' ')

  test.each([...encodings, 'utf-8', 'utf-16le', 'utf-16be'])(
    'in %s is read as it was written',
    (encoding) => {
      const bytes = iconv.encode(list(rows), encoding)
      const { leads } = readLeads(bytes)
      expect(leads.map(({ firstName, lastName }) => `${firstName};${lastName}`)).toEqual(rows)
    },
  )

  test.each(encodings)('of one or two rows in %s is read right, or asked about', (encoding) => {
    const wrong: string[] = []
    for (const [i, first] of rows.entries()) {
      for (const some of [[first], [first, rows[(i + 1) % rows.length] as string]]) {
        const bytes = iconv.encode(list(some), encoding)
        try {
          if (iconv.decode(bytes, encodingOf(bytes).name) !== iconv.decode(bytes, encoding))
            wrong.push(some.join())
        } catch (error) {
          expect(error).toMatchObject({ code: 'encoding_unclear' })
        }
      }
    }
    // "İbrahim Doğan" alone reads as well in Icelandic.
    expect(wrong).toEqual(encoding === 'windows-1254' ? ['İbrahim;Doğan'] : [])
  })
})

describe('what is not clear', () => {
  // Half of it reads well in one encoding, half in another.
  const mixed = Buffer.concat([
    iconv.encode('email;nom\na@x.example;Zoé\n', 'windows-1252'),
    iconv.encode('b@x.example;Zoé\n', 'macroman'),
  ])

  test('is asked about, with how it would read', () => {
    const error = expect.objectContaining({
      code: 'encoding_unclear',
      values: {
        percent: expect.any(Number),
        readings: expect.arrayContaining([expect.objectContaining({ encoding: 'windows-1252' })]),
      },
    })
    expect(() => readLeads(mixed)).toThrow(error)
  })

  test('is read as the caller says; an encoding that is none is refused', () => {
    const { leads, encoding } = readLeads(mixed, { encoding: 'windows-1252' })
    expect(encoding).toMatchObject({ name: 'windows-1252', confidence: 1 })
    expect(leads).toHaveLength(2)
    expect(() => readLeads(mixed, { encoding: 'latin-9000' })).toThrow(
      expect.objectContaining({ code: 'encoding_unknown' }),
    )
  })
})

test.each(['CrŽpin', 'HÃ©lÃ¨ne', 'Zo\ufffd', 'Lâ€™Oréal'])(
  '%s, spoilt before it came here, is refused',
  (name) => {
    expect(readLeads(Buffer.from(`email,first name,last name\na@x.example,Anne,${name}\n`))).toMatchObject({
      leads: [],
      refused: [{ row: 2, code: 'garbled_text', values: { column: 'last name', value: name } }],
    })
  },
)

test.each(['McÉwan', 'JOÃO', 'Île-de-Ré', 'Renée', 'D’Águila', 'Łukasz'])('%s is a name', (name) => {
  expect(readLeads(Buffer.from(`email,first name,last name\na@x.example,Anne,${name}\n`)).leads).toHaveLength(
    1,
  )
})

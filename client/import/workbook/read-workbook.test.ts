/** Workbooks as they come: what a cell says, which sheet is the list, what hides, and what harms. */
import { describe, expect, test } from '@jest/globals'
import { dice, seedOf } from '../../../test/support/dice.ts'
import { partsOf, textRow, workbook, zip } from '../../../test/support/xlsx.ts'
import { readWorkbook } from './read-workbook.ts'
import { toCsv } from './to-csv.ts'

/** In this process. */
const read = async (bytes: Buffer, sheet?: string) => {
  let csv = ''
  const facts = await toCsv(bytes, { named: [], ...(sheet !== undefined && { sheet }) }, async (piece) => {
    csv += piece
  })
  return { lines: csv.split('\n').slice(0, -1), facts }
}
const leads = (rows: string, more: object = {}) =>
  workbook({ sheets: [{ name: 'Leads', rows: textRow('email', 'value') + rows }], ...more })
const cell = async (xml: string, more: object = {}) => {
  const { lines } = await read(leads(`<row><c><v>7</v></c>${xml}</row>`, more))
  return lines[1]?.slice('7,'.length)
}

describe('a cell', () => {
  test.each([
    ['<c><v>33199001110</v></c>', '33199001110'],
    ['<c t="n"><v>1.0E-2</v></c>', '0.01'],
    ['<c s="0"><v>46082</v></c>', '2026-03-01'],
    ['<c s="1"><v>1000</v></c>', '01000'],
    ['<c s="99"><v>5</v></c>', '5'],
    ['<c t="b"><v>1</v></c>', 'TRUE'],
    ['<c t="b"><v>0</v></c>', 'FALSE'],
    ['<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['<c t="d"><v>2026-03-01T00:00:00.000Z</v></c>', '2026-03-01'],
    ['<c t="d"><v>2026-03-01T14:30:00Z</v></c>', '2026-03-01 14:30:00'],
    // Texts: shared, with formats inside, with how they are spoken, escaped, of a formula.
    ['<c t="s"><v>0</v></c>', '00123'],
    ['<c t="s"><v>1</v></c>', 'Atelier Morel'],
    ['<c t="s"><v>2</v></c>', '山田'],
    ['<c t="s"><v>3</v></c>', '"a_x000D_b, ""c"""'],
    ['<c t="s"><v>77</v></c>', ''],
    ['<c t="s"><v/></c>', ''],
    ['<c t="str"><f>A2&amp;"x"</f><v>Müller &amp; Söhne &lt;x&gt;</v></c>', 'Müller & Söhne <x>'],
    ['<c t="inlineStr"><is><r><t>Ate</t></r><r><rPr><b/></rPr><t>lier</t></r></is></c>', 'Atelier'],
    ['<c t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', 'a<b'],
    // A formula is its value; one that no program has computed stays a formula, which is heard as such.
    ['<c><f>1+1</f><v>2</v></c>', '2'],
    ['<c t="str"><f>A1</f><v></v></c>', ''],
    ['<c><f>IF(B1,"no","")</f></c>', '"=IF(B1,""no"","""")"'],
  ])('%s is %s', async (xml, shown) => {
    const texts = [
      '<t>00123</t>',
      '<r><t xml:space="preserve">Atelier </t></r><r><rPr><b/></rPr><t>Morel</t></r>',
      '<t>山田</t><rPh sb="0" eb="1"><t>ヤマダ</t></rPh>',
      '<t>a_x005F_x000D_b, "c"</t>',
    ]
    expect(await cell(xml, { texts, formats: ['dd/mm/yyyy', '00000'] })).toBe(shown)
  })

  test('is where its reference says, or after the one before', async () => {
    const rows = '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>1</v></c></row>'
    expect((await read(leads(rows))).lines).toEqual(['email,value', '', '', '', ',,3,4', '1'])
  })

  test('of another program, with prefixes, and dates from 1904', async () => {
    const parts = partsOf({
      sheets: [{ name: 'L', rows: '' }],
      formats: [14],
      properties: 'date1904="true"',
      more: {
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c s="0"><x:v>44620</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      },
    })
    expect((await read(zip(parts))).lines).toEqual(['2026-03-01'])
  })
})

describe('a sheet', () => {
  const list = { name: 'Pistes', rows: textRow('Email') + textRow('a@x.example') }
  const notes = { name: 'Lisez-moi', rows: textRow('Comment remplir cette liste') }
  const empty = { name: 'Feuil3', rows: '' }
  const noes = { name: 'Désinscrits', rows: textRow('', '') + textRow('Adresse e-mail', 'le') }
  const hidden = { ...noes, state: 'hidden' as const }

  test.each([
    ['the only one', [notes], 'Lisez-moi', []],
    ['the one with a column of addresses', [notes, list, empty], 'Pistes', ['Lisez-moi', 'Feuil3']],
    ['the one that isn’t empty', [empty, notes], 'Lisez-moi', ['Feuil3']],
    ['the one that isn’t hidden', [hidden, list], 'Pistes', []],
  ])('is %s', async (_, sheets, sheet, others) => {
    expect((await read(workbook({ sheets }))).facts).toMatchObject({ sheet, others })
  })

  test('is asked about where several may be the list; one may hold who said no', async () => {
    await expect(read(workbook({ sheets: [list, noes, notes] }))).rejects.toMatchObject({
      code: 'sheet_unclear',
      values: { sheets: ['Pistes', 'Désinscrits'] },
    })
  })

  test('is the one that is asked for, hidden or not, in any case', async () => {
    const book = workbook({ sheets: [list, hidden] })
    expect((await read(book, 'desinscrits')).lines).toEqual(['', 'Adresse e-mail,le'])
    await expect(read(book, 'Piste')).rejects.toMatchObject({
      code: 'sheet_unknown',
      values: { sheets: ['Pistes', 'Désinscrits'], meant: 'Pistes' },
    })
  })

  test('says which rows are hidden, which cells merged, and how wide it is', async () => {
    const row = (r: number, hidden = '') => `<row r="${r}"${hidden}><c r="B${r}"><v>1</v></c></row>`
    const rows = [row(1), row(2, ' hidden="1"'), row(3, ' hidden="true"'), row(5), row(6, ' hidden="1"')]
    const merges = ['A1:C1', 'B2:B4', ...'CDEFGH'].map((ref) => (ref.length > 1 ? ref : `${ref}2:${ref}3`))
    const after = `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
    const { facts } = await read(workbook({ sheets: [{ name: 'L', rows: rows.join(''), after }] }))
    expect(facts).toMatchObject({
      hidden: [
        [2, 3],
        [6, 6],
      ],
      merged: ['B2:B4', 'C2:C3', 'D2:D3', 'E2:E3', 'F2:F3'],
      ...{ mergedMore: 2, width: 2 },
    })
  })
})

describe('what is none', () => {
  test.each([
    ['an archive of anything', zip({ 'letter.txt': 'hello' }), 'csv_spreadsheet'],
    ['a workbook in binary', zip({ ...partsOf({ sheets: [] }), 'xl/workbook.xml': '' }), 'csv_spreadsheet'],
    ['an archive that breaks off', leads('').subarray(0, 300), 'workbook_broken'],
    ['XML that breaks off', leads('<row><c><v>1'), 'workbook_broken'],
    ['a sheet with row 1 after row 9', leads('<row r="9"/><row r="1"/>'), 'workbook_broken'],
    ['one with nothing in it', workbook({ sheets: [{ name: 'L', rows: '' }] }), 'csv_empty'],
  ])('%s is refused', async (_, bytes, code) => {
    await expect(readWorkbook(bytes, { named: [] })).rejects.toMatchObject({ code })
  })

  test('a byte wrong anywhere is an answer or an error, and never lasts', async () => {
    const whole = leads(textRow('a@x.example', 'Léa'))
    const seed = seedOf('a byte of a workbook', 1)
    const throws = dice(seed)
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(whole)
      bytes[Math.floor(throws() * whole.length)] = Math.floor(throws() * 256)
      await read(bytes).catch((error) => expect(error).toHaveProperty('message'))
    }
  })
})

describe('what harms is stopped, in a process of its own', () => {
  const caps = { memory: 64, seconds: 60, size: 100 }
  test.each([
    ['texts without end', 'memory', 'xl/sharedStrings.xml', `<si><t>${'a'.repeat(1000)}</t></si>`, caps],
    ['a text without end', 'time', 'xl/sharedStrings.xml', 'a'.repeat(1000), { ...caps, seconds: 2 }],
    ['rows of all columns', 'memory', 'xl/worksheets/sheet1.xml', '<row><c r="XFD"/></row>', caps],
    [
      'rows without end',
      'size',
      'xl/worksheets/sheet1.xml',
      `<row>${'<c><v>12345678</v></c>'.repeat(100)}</row>`,
      { ...caps, size: 1 },
    ],
  ])(
    '%s',
    async (_, kind, part, piece, some) => {
      const texts = part.endsWith('Strings.xml')
      const [before, after] = texts ? ['<sst>', '</sst>'] : ['<w><sheetData>', '</sheetData></w>']
      const bomb = before + piece.repeat(100_000_000 / piece.length) + after
      const bytes = leads('', { more: { [part]: bomb } })
      expect(bytes.length).toBeLessThan(1_000_000)
      await expect(readWorkbook(bytes, { named: [] }, some)).rejects.toMatchObject({
        ...{ code: 'workbook_too_large', values: { kind } },
      })
    },
    90_000,
  )
})

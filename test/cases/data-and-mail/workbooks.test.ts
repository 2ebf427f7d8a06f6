/**
 * XLSX is read as CSV is: workbooks as openpyxl, XlsxWriter and LibreOffice write them (the files beside this one), and any
 * list, which says the same in both.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LeadsFile, type ReadOptions, readAll, readLeads } from '../../../client/import/read.ts'
import { seedOf } from '../../support/dice.ts'
import { textRow, workbook } from '../../support/xlsx.ts'

const read = async (bytes: Uint8Array, options?: ReadOptions) => readAll(await LeadsFile.open(bytes, options))
const file = (name: string): Buffer => readFileSync(new URL(`workbooks/${name}`, import.meta.url))

test.each(['openpyxl.xlsx', 'libreoffice.xlsx'])('%s', async (name) => {
  const { leads, refused, warnings, encoding, columns } = await read(file(name))
  expect(leads).toMatchObject([
    {
      ...{ row: 4, email: 'lea@atelier.example', firstName: 'Léa', lastName: 'Crépin' },
      ...{ company: 'Atelier Morel', phone: '33199001110' },
      custom: { code_postal: '01000', montant: '1234.5', echeance: '2026-03-01', rdv: '2026-03-02 14:30' },
    },
    {
      ...{ row: 7, firstName: 'Zoé', lastName: undefined, company: 'Müller & Söhne <GmbH>' },
      phone: '0199001112',
      custom: { code_postal: '75011', montant: '0.0000003', rdv: '09:05', ref: '1000000000000000' },
    },
  ])
  // Said in a column that is hidden.
  expect(refused).toMatchObject([{ row: 5, code: 'suppressed', values: { column: 'Désinscrit' } }])
  expect(warnings).toEqual([
    { code: 'preamble', values: { to: 2 } },
    { code: 'error_value', values: { column: 'Nom' }, rows: [7] },
  ])
  expect(encoding).toEqual({ name: 'xlsx', confidence: 1, sample: ['Léa', 'Crépin', 'Weiß'] })
  expect(columns.find(({ column }) => column === 'Échéance')?.samples).toEqual(['2026-03-01', '2026-12-31'])
})

test('xlsxwriter.xlsx: formulas, merged cells, a row that is hidden, another sheet', async () => {
  const { leads, refused, warnings } = await read(file('xlsxwriter.xlsx'))
  expect(leads).toMatchObject([
    {
      ...{ row: 2, firstName: 'Ann', phone: '0199001110', company: 'Merged Ltd' },
      custom: { discount: '15%', renewal: '2024-02-29', valid: 'TRUE', greeting: 'Dear Ann' },
    },
    { row: 3, firstName: 'Bob', company: undefined },
  ])
  expect(refused).toEqual([])
  expect(warnings).toEqual([
    { code: 'one_sheet', values: { sheet: 'Leads 2026', others: ['Read me'] } },
    { code: 'merged_cells', values: { ranges: ['I2:I4'], more: 0 } },
    { code: 'hidden_rows', values: {}, rows: [4] },
    { code: 'error_value', values: { column: 'Broken' }, rows: [2] },
  ])
})

test('a no in a hidden row holds, for the other rows of the address, too', async () => {
  const rows = [
    textRow('email', 'status'),
    textRow('a@x.example', ''),
    textRow('A@x.example', 'Do not contact').replace('<row>', '<row hidden="1">'),
    textRow('not an address', '').replace('<row>', '<row hidden="1">'),
  ]
  const { leads, refused, warnings } = await read(workbook({ sheets: [{ name: 'L', rows: rows.join('') }] }))
  expect(leads).toEqual([])
  expect(refused).toMatchObject([
    { row: 2, code: 'suppressed', values: { kind: 'row', row: 3 } },
    { row: 3, code: 'suppressed', values: { kind: 'column' } },
  ])
  expect(warnings).toEqual([{ code: 'hidden_rows', values: {}, rows: [3, 4] }])
})

test('remarks beside the table are listened to, and no fault of their rows', async () => {
  const rows = [
    textRow('email', 'name'),
    textRow('a@x.example', 'Ann', '', 'call her\na@x.example, Ann, ,'),
    textRow('b@x.example', 'Bob', '', 'do not contact'),
  ]
  const { leads, refused, warnings } = await read(workbook({ sheets: [{ name: 'L', rows: rows.join('') }] }))
  expect(leads).toMatchObject([{ row: 2, custom: {} }])
  expect(refused).toMatchObject([{ row: 3, code: 'suppressed', values: { column: 'column 4' } }])
  expect(warnings).toEqual([{ code: 'unnamed_column', values: { column: 4 } }])
})

test('a formula that no program computed stops a row in a column of consents, and is empty elsewhere', async () => {
  const formula = '<c><f>IF(A1="x",1,0)</f></c>'
  const rows = (header: string) => [
    textRow('email', header),
    textRow('a@x.example').replace('</row>', `${formula}</row>`),
  ]
  const of = async (header: string) =>
    read(workbook({ sheets: [{ name: 'L', rows: rows(header).join('') }] }))
  expect((await of('Unsubscribed')).refused).toMatchObject([{ row: 2, code: 'opt_out_unclear' }])
  expect(await of('Size')).toMatchObject({ leads: [{ custom: {} }], warnings: [{ code: 'formula' }] })
})

test('a sheet of a text is refused', async () => {
  await expect(read(Buffer.from('email\n'), { sheet: 'Leads' })).rejects.toMatchObject({
    code: 'sheet_unknown',
  })
})

test('any list says the same as CSV and as XLSX', async () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'DNC', 'unsubscribed', '01/03/2026', '+33 1', '=1+1', '#N/A', "'tis", 'a;b', 'x'),
    fc.string({
      unit: fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\n', '<', '&', '_x000D_'),
      maxLength: 9,
    }),
  )
  const row = fc.tuple(fc.constantFrom('a@x.example', 'b@x.example', '', 'nobody'), cell, cell, cell)
  const header = ['email', 'name', 'Opted out', 'remark']
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      const all = [header, ...rows]
      // A cell with line breaks before what looks like a row is a fault of CSV only.
      const csv = readLeads(Buffer.from(all.map((cells) => cells.map(quoted).join(',')).join('\n')))
      const xml = all.map((cells) => textRow(...cells.map((text) => text.replaceAll('_x', '_x005F_x'))))
      const xlsx = await read(workbook({ sheets: [{ name: 'L', rows: xml.join('') }] }))
      expect({ ...xlsx, encoding: undefined }).toEqual({ ...csv, encoding: undefined })
    }),
    { seed: seedOf('a list as CSV and XLSX', 20), numRuns: 25 },
  )
}, 60_000)

/** The do-not-contact list through the API: what is added, read, exported, lifted, and what stays on record. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { apiOn, NOW, publishPlan } from '../../../test/support/api.ts'
import { openDatabases } from '../../../test/support/database.ts'
import { started } from '../../../test/support/leads.ts'
import { textRow, workbook } from '../../../test/support/xlsx.ts'
import { parseEntry, readNoList, safeCell } from '../../import/no-list.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe.each(await openDatabases())('the do-not-contact list on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let n = 0
  const at = (name: string): string => `${name}@dnc-${n}.example`

  beforeAll(async () => {
    await publishPlan(store)
  })
  beforeEach(() => {
    n += 1
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  test('keeps who wrote what down and why; what is lifted stays on record with the reason', async () => {
    const lead = await started(store, at('lea'))
    const list = api.client.suppressions
    const added = await list.add({ by: 'claire', entries: [{ entry: at('LEA'), note: 'by phone' }] })
    expect(added).toEqual({ added: 1, known: 0, stopped: [{ entry: at('lea'), lead, cadence: 'first' }] })
    expect(await list.add({ entries: [{ entry: at('lea') }] })).toEqual({ added: 0, known: 1, stopped: [] })
    const entry = { entry: at('lea'), kind: 'address', reason: 'asked', source: 'person', by: 'claire' }
    const said = { ...entry, at: new Date(NOW).toISOString(), note: 'by phone' }
    expect(await list.list({ search: `DNC-${n}.` })).toEqual([said])

    api.clock.at = NOW + 5000
    await expect(list.lift(at('lea'), { reason: '' })).rejects.toMatchObject({ code: 'invalid_request' })
    expect(await list.lift(at('lea'), { reason: 'wrote so', by: 'max' })).toEqual({
      ...{ entry: at('lea'), leads: [{ lead, contact: 'main', ended: false }] },
    })
    expect(await list.show(at('lea'))).toMatchObject({
      ...{ suppressed: false, because: [] },
      history: [
        { what: 'suppressed', by: 'claire', note: 'by phone' },
        { what: 'lifted', by: 'max', note: 'wrote so', at: new Date(NOW + 5000).toISOString() },
      ],
    })
    await expect(list.lift(at('lea'), { reason: 'again' })).rejects.toMatchObject({ code: 'not_suppressed' })
  })

  test('an address that only its domain suppresses is lifted with its domain', async () => {
    const list = api.client.suppressions
    await list.add({ entries: [{ entry: `*.dnc-${n}.example` }] })
    expect(await list.show(at('lea'))).toMatchObject({
      ...{ suppressed: true, because: [{ entry: `dnc-${n}.example`, kind: 'domain' }], history: [] },
    })
    await expect(list.lift(at('lea'), { reason: 'x' })).rejects.toMatchObject({
      ...{ code: 'not_suppressed', values: { domain: `dnc-${n}.example` } },
    })
    await list.lift(`dnc-${n}.example`, { reason: 'x' })
    expect(await list.show(at('lea'))).toMatchObject({ suppressed: false })
  })

  test.each(['gmail.com', '@Gmail.com', 'nobody', 'a@b', ''])('%j is refused', async (entry) => {
    const error = entry === '' ? 'invalid_request' : 'invalid_email'
    await expect(api.client.suppressions.add({ entries: [{ entry }] })).rejects.toMatchObject({ code: error })
  })

  test('a file is read as people have it, and the report says what was recognised', async () => {
    const lead = await started(store, at('max'))
    const file = [
      'Nom;E-mail;Motif;Remarque',
      `Léa;${at('Lea')};complained;"said ""no"""`,
      `Max;${at('max')};;`,
      '',
      `tous;@all.dnc-${n}.example;;`,
      'nobody;at home;;',
      `encore;${at('lea')};;`,
    ].join('\r\n')
    expect(await api.client.suppressions.import(bytes(file), { by: 'claire' })).toEqual({
      ...{ rows: 5, addresses: 3, domains: 1, added: 3, known: 1, more: 0, warnings: [], dryRun: false },
      encoding: { name: 'utf-8', confidence: 1, sample: ['Léa'] },
      columns: [
        { column: 'Nom', fields: [], samples: ['Léa', 'Max'] },
        { column: 'E-mail', fields: ['entry'], samples: [at('Lea'), at('max')] },
        { column: 'Motif', fields: ['reason'], samples: ['complained'] },
        { column: 'Remarque', fields: ['note'], samples: ['said "no"'] },
      ],
      refused: [{ row: 6, value: 'at home', message: 'there is no @' }],
      stopped: [{ entry: at('max'), lead, cadence: 'first' }],
    })
    const found = await api.client.suppressions.list({ search: `dnc-${n}.example` })
    expect(found.map(({ entry, reason, note, source }) => [entry, reason, note, source])).toEqual([
      [`all.dnc-${n}.example`, 'asked', null, 'list'],
      [at('lea'), 'complained', 'said "no"', 'list'],
      [at('max'), 'asked', null, 'list'],
    ])
  })

  test('a list without a header, in UTF-16, is read too', async () => {
    const utf16 = Buffer.from(`\ufeff${at('a')}\n${at('b')}\nonly.dnc-${n}.example\n`, 'utf16le')
    expect(await api.client.suppressions.import(utf16)).toMatchObject({
      ...{ rows: 3, added: 3, refused: [], encoding: { name: 'utf-16le' } },
      columns: [{ column: 'column 1', fields: ['entry'], samples: [at('a'), at('b')] }],
    })
  })

  test('a dry run says the same and does nothing', async () => {
    const lead = await started(store, at('lea'))
    const list = api.client.suppressions
    const rows = [
      'Ne plus contacter',
      '',
      'Courriel;Pourquoi',
      `${at('lea')};dit "non"`,
      `${at('lea')};`,
      'x;',
    ]
    const file = bytes(rows.join('\n'))
    const dry = await list.import(file, { dryRun: true })
    expect(dry).toMatchObject({
      ...{ rows: 3, addresses: 2, added: 1, known: 1, dryRun: true },
      columns: [
        { column: 'Courriel', fields: ['entry'], samples: [at('lea'), 'x'] },
        { column: 'Pourquoi', fields: [], samples: ['dit "non"'] },
      ],
      refused: [{ row: 6, value: 'x' }],
      stopped: [{ entry: at('lea'), lead, cadence: 'first' }],
    })
    expect(await list.list({ search: `dnc-${n}.` })).toEqual([])
    expect(await list.import(file)).toEqual({ ...dry, dryRun: false })
  })

  test('a workbook is a list, too; which sheet is asked about', async () => {
    const sheet = (name: string, ...cells: string[]) => ({
      name,
      rows: cells.map((one) => textRow(one)).join(''),
    })
    const book = workbook({ sheets: [sheet('A', 'domain', `w${n}.example`), sheet('B', at('b'), at('c'))] })
    const list = api.client.suppressions
    await expect(list.import(book)).rejects.toMatchObject({ code: 'sheet_unclear' })
    expect(await list.import(book, { sheet: 'B' })).toMatchObject({
      ...{ added: 2, encoding: { name: 'xlsx' }, warnings: [{ code: 'one_sheet' }] },
    })
    await expect(list.import(bytes('x'), { sheet: 'B' })).rejects.toMatchObject({ code: 'sheet_unknown' })
    await expect(list.import(bytes('%PDF-1.7'))).rejects.toMatchObject({ code: 'csv_spreadsheet' })
  })

  test('what is exported is imported again, and is nothing a spreadsheet computes', async () => {
    const list = api.client.suppressions
    const entries = [
      { entry: `+cmd@dnc-${n}.example`, note: '=1+1' },
      { entry: `=x@q${n}.example` },
      { entry: `w${n}.example` },
    ]
    const ok = entries.filter(({ entry }) => 'entry' in parseEntry(entry))
    await list.add({ entries: ok })
    let file = ''
    for await (const line of list.export()) file += line
    for (const cell of (parse(file) as string[][]).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    const before = await list.list()
    for (const { entry } of before) await list.lift(entry, { reason: 'a test' })
    expect(await list.list()).toEqual([])
    expect(await list.import(bytes(file))).toMatchObject({ added: before.length, refused: [] })
    const kept = ({ entry, kind, reason, note }: (typeof before)[number]) => [entry, kind, reason, note]
    expect((await list.list()).map(kept)).toEqual(before.map(kept))
  })
})

test('any cell is read back as it was', async () => {
  const word = fc.string({ unit: fc.constantFrom(...`=+-@'"a ,;`) }).map((text) => text.trim())
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), async (notes) => {
      const lines = notes.map((note, i) => `a${i}@b.example,${safeCell(note)}`)
      const { rows } = await readNoList(
        (async function* () {
          yield bytes(['entry,note', ...lines].join('\n'))
        })(),
      )
      const read: (string | undefined)[] = []
      for await (const row of rows) read.push('entry' in row ? (row.note ?? '') : 'refused')
      expect(read).toEqual(notes)
    }),
    { numRuns: 300 },
  )
})

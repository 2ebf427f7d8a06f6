/** A workbook is launched as a CSV is, by whatever way it comes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { apiOn, publishPlan, TOKEN } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { textRow, workbook } from '../../test/support/xlsx.ts'

const rows = (...who: string[]): string =>
  [textRow('email', 'first_name'), ...who.map((name) => textRow(`${name}@book.example`, name))].join('')

describe.each(await openDatabases())('on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  beforeAll(async () => {
    await publishPlan(store)
    api = apiOn(store)
  })
  afterAll(() => api.stop())

  test('with its sheet, its rows and what it was read as', async () => {
    const book = workbook({
      sheets: [
        { name: 'France', rows: rows('lea') },
        { name: 'Suisse', rows: rows('max', 'nobody at') },
      ],
    })
    await expect(api.client.launch('first', book)).rejects.toMatchObject({
      ...{ code: 'sheet_unclear', values: { sheets: ['France', 'Suisse'] } },
    })
    expect(await api.client.launch('first', book, { sheet: 'Suisse' })).toMatchObject({
      launched: 1,
      refused: [{ row: 3, code: 'invalid_email' }],
      warnings: [{ code: 'one_sheet', message: 'only the sheet "Suisse" was read, not "France"' }, {}],
      encoding: { name: 'xlsx', confidence: 1 },
      columns: [
        { column: 'email', fields: ['email'], samples: ['max@book.example', 'nobody at@book.example'] },
        { column: 'first_name', fields: ['first_name'], samples: ['max', 'nobody at'] },
      ],
    })
  })

  test('as a form', async () => {
    const form = new FormData()
    form.set('file', new Blob([workbook({ sheets: [{ name: 'L', rows: rows('eve') }] })]), 'leads.xlsx')
    form.set('sheet', 'l')
    const response = await api.app.request('/v1/cadences/first/launch', {
      ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${TOKEN}` } },
    })
    expect(await response.json()).toMatchObject({ launched: 1, refused: [] })
  })
})

import { expect, test } from '@jest/globals'
import { table } from './table.ts'

const rows = [
  { id: 'a1', company: 'Atelier Morel', because: 'a sentence that is much longer than there is room for' },
  { id: 'b22', company: 'Ç', because: 'two\nlines' },
]
const columns = [
  { head: 'id', cell: (r: (typeof rows)[0]) => r.id },
  { head: 'none', cell: () => undefined },
  { head: 'company', cell: (r: (typeof rows)[0]) => r.company },
  { head: 'because', cell: (r: (typeof rows)[0]) => r.because, shrinks: true as const },
]

test('fits the width, gives way where it may, and leaves empty columns out', () => {
  expect(table(rows, columns, 40)).toEqual([
    'id   company        because',
    'a1   Atelier Morel  a sentence that is …',
    'b22  Ç              two lines',
  ])
})

test('numbers stand right', () => {
  const lines = table([1, 100], [{ head: 'sent', cell: (n) => n, right: true }], 40)
  expect(lines).toEqual(['sent', '   1', ' 100'])
})

test('what may not give way keeps its width', () => {
  expect(table(rows, columns.slice(0, 3), 5)[1]).toBe('a1   Atelier Morel')
})

import { expect, test } from '@jest/globals'
import { progressLine } from './start-progress.ts'

test('progress is told in the language of the terminal', () => {
  const embedded = { kind: 'temporal_embedded', server: '1.29.1', path: '/bin/temporal' } as const
  expect(progressLine(embedded, 'en')).toBe('Temporal: embedded, server 1.29.1 (/bin/temporal)')
  expect(progressLine(embedded, 'fr')).toBe('Temporal\u00a0: intégré, serveur 1.29.1 (/bin/temporal)')
  expect(progressLine({ kind: 'launched', leads: 28, refused: 1 }, 'fr')).toBe(
    'lancement\u00a0: 28 pistes de leads.csv, 1 ligne refusée',
  )
})

test('a line that comes with its words is left as it is', () => {
  const line = { kind: 'line', text: 'downloading : 3 %' } as const
  expect(progressLine(line, 'fr')).toBe(line.text)
})

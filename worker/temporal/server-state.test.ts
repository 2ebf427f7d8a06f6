import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startDevServer } from './dev-server.ts'
import { mustNotBeOlder, readState, writeState } from './server-state.ts'

const open = (server: string, wrote?: string): void =>
  mustNotBeOlder({ path: '/bin/temporal', server }, '.relance', wrote)

describe('data of a Temporal server', () => {
  test.each([
    ['1.29.1', '1.32.0'],
    ['1.9.0', '1.10.0'],
    ['1.31.9', '2.0.0'],
  ])('is refused to an older one: %s after %s', (server, wrote) => {
    expect(() => open(server, wrote)).toThrow(
      expect.objectContaining({
        code: 'temporal_older',
        values: { path: '/bin/temporal', has: server, folder: '.relance', wrote },
      }),
    )
  })

  test.each([
    ['1.32.0', '1.29.1'],
    ['1.10.0', '1.9.0'],
    ['2.0.0', '1.32.0'],
    ['1.32.0', '1.32.0'],
    ['1.32.0', '1.32.4'],
    ['1.32.0-rc.1', '1.32.0'],
  ])('is opened by a newer one and by another patch: %s after %s', (server, wrote) => {
    expect(() => open(server, wrote)).not.toThrow()
  })

  test.each([undefined, 'of another day'])(
    'is opened by any where no version is remembered (%s)',
    (wrote) => {
      expect(() => open('1.29.1', wrote)).not.toThrow()
    },
  )
})

test('a start with an older server is refused, and changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relance-state-'))
  const state = { port: 1, uiPort: 2, server: '1.32.0' }
  writeFileSync(join(folder, 'temporal.db'), 'data')
  writeState(folder, state)
  const temporal = { path: '/bin/false', server: '1.29.1' }
  try {
    await expect(startDevServer({ temporal, dataDir: folder, report: () => {} })).rejects.toMatchObject({
      code: 'temporal_older',
      values: { path: '/bin/false', has: '1.29.1', folder: realpathSync(folder), wrote: '1.32.0' },
    })
    expect(readState(folder)).toEqual(state)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

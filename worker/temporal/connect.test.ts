import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { resolveTemporal } from './connect.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relance-connect-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const env = (more: Record<string, string> = {}) => ({
  HOME: home,
  XDG_CONFIG_HOME: join(home, 'config'),
  ...more,
})

function file(text: string): string {
  const path = join(home, 'my.toml')
  writeFileSync(path, text)
  return path
}

test('embedded, when nothing names a server', () => {
  expect(resolveTemporal(env())).toEqual({ kind: 'embedded' })
  expect(resolveTemporal(env({ TEMPORAL_ADDRESS: '', TEMPORAL_PROFILE: '' }))).toEqual({ kind: 'embedded' })
  const path = file('[profile.default]\nnamespace = "sales"\n')
  expect(resolveTemporal(env({ TEMPORAL_CONFIG_FILE: path }))).toEqual({ kind: 'embedded' })
})

test('TEMPORAL_ADDRESS names one, in the namespace default', () => {
  expect(resolveTemporal(env({ TEMPORAL_ADDRESS: 'temporal.example:7233' }))).toMatchObject({
    kind: 'external',
    address: 'temporal.example:7233',
    namespace: 'default',
    connectionOptions: { address: 'temporal.example:7233' },
  })
})

test('a profile names one; variables win over it', () => {
  const path = file(`[profile.default]
address = "a.example:7233"
[profile.prod]
address = "b.example:7233"
namespace = "sales"
api_key = "secret"
`)
  const inFile = { TEMPORAL_CONFIG_FILE: path }
  expect(resolveTemporal(env(inFile))).toMatchObject({ address: 'a.example:7233', namespace: 'default' })
  expect(resolveTemporal(env({ ...inFile, TEMPORAL_PROFILE: 'prod' }))).toMatchObject({
    address: 'b.example:7233',
    namespace: 'sales',
    connectionOptions: { apiKey: 'secret', tls: true },
  })
  expect(
    resolveTemporal(env({ ...inFile, TEMPORAL_PROFILE: 'prod', TEMPORAL_ADDRESS: 'c.example:7233' })),
  ).toMatchObject({ address: 'c.example:7233', namespace: 'sales' })
})

test("the user's own configuration file is read", () => {
  const folder =
    process.platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, 'config')
  mkdirSync(join(folder, 'temporalio'), { recursive: true })
  writeFileSync(
    join(folder, 'temporalio', 'temporal.toml'),
    '[profile.default]\naddress = "a.example:7233"\n',
  )
  expect(resolveTemporal(env())).toMatchObject({ kind: 'external', address: 'a.example:7233' })
})

test.each([
  ['a file that is missing', { TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml' }, '/nowhere/temporal.toml'],
  ['a profile that is missing', { TEMPORAL_PROFILE: 'prod' }, 'prod'],
  [
    'a certificate that is missing',
    { TEMPORAL_ADDRESS: 'a.example:7233', TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/nowhere/ca.pem' },
    '/nowhere/ca.pem',
  ],
])('%s is an error, never the embedded server', (_, variables, named) => {
  expect(() => resolveTemporal(env(variables as Record<string, string>))).toThrow(
    expect.objectContaining({ code: 'temporal_config', message: expect.stringContaining(named) }),
  )
})

test('so are a file that is not TOML, and a profile without an address', () => {
  expect(() => resolveTemporal(env({ TEMPORAL_CONFIG_FILE: file('profile = [') }))).toThrow(
    expect.objectContaining({ code: 'temporal_config' }),
  )
  const path = file('[profile.prod]\nnamespace = "sales"\n')
  expect(() => resolveTemporal(env({ TEMPORAL_CONFIG_FILE: path, TEMPORAL_PROFILE: 'prod' }))).toThrow(
    expect.objectContaining({ code: 'temporal_config', values: { profile: 'prod' } }),
  )
})

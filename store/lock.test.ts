import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { lockFolder } from './lock.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relance-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const held = (): { pid: number; began: string } => JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))
const hold = (holder: object | string): void =>
  writeFileSync(join(folder, 'lock'), typeof holder === 'string' ? holder : JSON.stringify(holder))

test('a folder is held by one, and says by whom', () => {
  const unlock = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({ code: 'data_folder_in_use', values: { folder, pid: process.pid } }),
  )
  unlock()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
  lockFolder(folder)()
})

test('a killed process holds nothing', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'])
  await once(child, 'spawn')
  child.kill('SIGKILL')
  await once(child, 'exit')
  hold({ pid: child.pid, began: 'some time' })
  lockFolder(folder)
  expect(held().pid).toBe(process.pid)
})

test('a living process holds it', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'])
  await once(child, 'spawn')
  lockFolder(folder)
  const { began } = held()
  // As the child would have written it: the same boot, its own beginning.
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  hold({ pid: child.pid, began: `${began.split(' ')[0]} ${ticks}` })
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ values: { folder, pid: child.pid } }))
  child.kill('SIGKILL')
  await once(child, 'exit')
  lockFolder(folder)()
})

test('a pid that somebody else has by now holds nothing', () => {
  hold({ pid: process.ppid, began: 'before the machine was started again' })
  lockFolder(folder)
  expect(held().pid).toBe(process.pid)
})

test('what was half written holds nothing', () => {
  hold('{"pid": 1')
  lockFolder(folder)()
})

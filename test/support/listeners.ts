/** Who listens on this machine: the TCP ports of a process and of all it has started, as Linux counts them. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface Listener {
  pid: number
  /** The program's name, as in `temporal`. */
  program: string
  /** As the kernel has it: `127.0.0.1`, `0.0.0.0`; of IPv6 addresses, `[::1]` and `[::]` by name, others in hex. */
  address: string
  port: number
}

/** Linux only: the rest has no /proc. */
export const canList = process.platform === 'linux'

/** All listeners of the process `root`, its children, theirs, and so on, by port. */
export function listenersOf(root: number): Listener[] {
  const sockets = new Map([...listening('tcp'), ...listening('tcp6')])
  return treeOf(root)
    .flatMap((pid) =>
      socketsOf(pid).flatMap((inode) => {
        const at = sockets.get(inode)
        return at ? [{ pid, program: read(`/proc/${pid}/comm`).trim(), ...at }] : []
      }),
    )
    .sort((a, b) => a.port - b.port)
}

function treeOf(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const)
  const found = [root]
  for (const pid of found)
    found.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child))
  return found
}

/** proc(5): the name, in parentheses, may contain anything; then come the state and the parent. */
function parentOf(pid: string): number {
  const stat = read(`/proc/${pid}/stat`)
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  const open = attempt(() => readdirSync(folder)) ?? []
  return open.flatMap((fd) => {
    const target = attempt(() => readlinkSync(`${folder}/${fd}`))
    return /^socket:\[(\d+)\]$/.exec(target ?? '')?.[1] ?? []
  })
}

/** Listening sockets by inode. The state 0A is LISTEN; addresses are in hex, a word at a time, lowest byte first. */
function listening(kind: 'tcp' | 'tcp6'): [string, { address: string; port: number }][] {
  return read(`/proc/net/${kind}`)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A')
    .map(([, local = '', , , , , , , , inode = '']) => {
      const [hex = '', port = ''] = local.split(':')
      return [inode, { address: named(hex), port: Number.parseInt(port, 16) }]
    })
}

function named(hex: string): string {
  if (hex.length === 8)
    return (hex.match(/../g) ?? [])
      .map((byte) => Number.parseInt(byte, 16))
      .reverse()
      .join('.')
  if (/^0+$/.test(hex)) return '[::]'
  return /^0{24}01000000$/.test(hex) ? '[::1]' : `[${hex}]`
}

const read = (file: string): string => attempt(() => readFileSync(file, 'utf8')) ?? ''

/** A process may end while it is looked at. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}

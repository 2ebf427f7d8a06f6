/** A small disk: a file system in memory that can be filled to the last byte, and freed. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Disk {
  folder: string
  fill(): void
  free(): void
  close(): void
}

const SIZE = '600m'

/** @returns nothing where this user may not mount one */
export function openDisk(folder: string): Disk | undefined {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
  } catch {
    return undefined
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill: () => {
      try {
        const { bavail, bsize } = statfsSync(folder)
        writeFileSync(ballast, Buffer.alloc(bavail * bsize + bsize))
      } catch {
        // Full is what it shall be: the last bytes didn't fit.
      }
    },
    free: () => rmSync(ballast, { force: true }),
    close: () => {
      execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
    },
  }
}

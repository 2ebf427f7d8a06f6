/** The local bank's files: one for every request with decisions still to be posted, so that a crash forgets none. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BankRequest, Notice } from './bank-decision.ts'

export interface Account {
  request: BankRequest
  /** In the order of time; how many have been taken, or refused for good. */
  notices: Notice[]
  said: number
}

const nameOf = (reference: string): string =>
  `${createHash('sha256').update(reference).digest('hex').slice(0, 32)}.json`

/** Makes the folder and reads what is in it. */
export async function openAccounts(dir: string): Promise<Account[]> {
  await mkdir(dir, { recursive: true })
  const files = (await readdir(dir)).filter((file) => file.endsWith('.json'))
  return Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(dir, file), 'utf8')) as Account),
  )
}

/** Writes a request down, whole. */
export async function writeAccount(dir: string, account: Account): Promise<void> {
  const file = join(dir, nameOf(account.request.reference))
  await writeFile(`${file}.new`, `${JSON.stringify(account)}\n`)
  await rename(`${file}.new`, file)
}

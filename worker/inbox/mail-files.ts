/** A folder of messages: one `.eml` file each, never changed once it has its name. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { link, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { MailParser } from 'mailparser'

/** What `relance inbox` lists. */
export interface InboxEntry {
  /** With its angle brackets; empty if the message had none. */
  messageId: string
  to: string
  subject: string
  /** The message's own date, ISO 8601: the environment's clock, not the machine's. */
  date: string
  file: string
}

const MOST_HEADERS = 64 * 1024
const HALF_WRITTEN = '.part'

/** Makes the folder and clears what a crash left half written. */
export async function prepareInbox(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const left = (await readdir(dir)).filter((name) => name.endsWith(HALF_WRITTEN))
  await Promise.all(left.map((name) => unlink(join(dir, name))))
}

/**
 * Stores a message: when this resolves, it survives a power cut. The name is made of the time and the
 * Message-ID, and a second copy of a message gets a file of its own, so that it can be seen.
 */
export async function storeMessage(dir: string, message: Buffer): Promise<InboxEntry> {
  const { messageId, ...headers } = await readHeaders(message)
  const id = createHash('sha256').update(messageId).digest('hex').slice(0, 16)
  const time = new Date().toISOString().replace(/[:.]/g, '-')
  const temporary = join(dir, `${time}-${id}-${nextPart++}${HALF_WRITTEN}`)
  const file = await open(temporary, 'wx')
  try {
    await file.writeFile(message)
    await file.sync()
  } finally {
    await file.close()
  }
  const path = await giveName(temporary, join(dir, `${time}-${id}`))
  await unlink(temporary)
  await syncFolder(dir)
  const entry = { messageId, ...headers, file: path }
  known.set(path, entry)
  return entry
}

let nextPart = 0

/** A name is given by a link, which unlike a rename can't replace another message. */
async function giveName(temporary: string, name: string): Promise<string> {
  for (let copy = 1; ; copy++) {
    const path = copy === 1 ? `${name}.eml` : `${name}-${copy}.eml`
    try {
      await link(temporary, path)
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r')
  try {
    await folder.sync()
  } catch (error) {
    // Windows has no sync of a folder, and needs none.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  } finally {
    await folder.close()
  }
}

/** Files never change, so what was read of one holds. */
const known = new Map<string, InboxEntry>()
const AT_ONCE = 64

/** Lists the messages of a folder, newest last. Reads no more than the headers, and those once. */
export async function listInbox(dir: string): Promise<InboxEntry[]> {
  const paths = (await readdir(dir)).filter((name) => name.endsWith('.eml')).sort()
  const entries: InboxEntry[] = []
  for (let done = 0; done < paths.length; done += AT_ONCE) {
    entries.push(
      ...(await Promise.all(paths.slice(done, done + AT_ONCE).map((name) => readEntry(join(dir, name))))),
    )
  }
  return entries
}

async function readEntry(path: string): Promise<InboxEntry> {
  const entry = known.get(path) ?? { ...(await readHeaders(await readStart(path))), file: path }
  known.set(path, entry)
  return entry
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(MOST_HEADERS), 0, MOST_HEADERS, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Only the headers: parsing a whole message takes many times as long. */
async function readHeaders(message: Buffer): Promise<Omit<InboxEntry, 'file'>> {
  const end = message.indexOf('\r\n\r\n')
  const parser = new MailParser()
  parser.end(message.subarray(0, end < 0 ? MOST_HEADERS : Math.min(end + 4, MOST_HEADERS)))
  await once(parser, 'headers')
  const { messageId = '', to = [], subject = '', date } = parser
  return {
    messageId,
    to: [to]
      .flat()
      .flatMap((list) => list.value)
      .map(({ address }) => address ?? '')
      .join(', '),
    subject,
    date: date?.toISOString() ?? '',
  }
}

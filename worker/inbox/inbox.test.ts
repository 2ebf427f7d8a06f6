import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import nodemailer from 'nodemailer'
import { type Inbox, startInbox } from './inbox.ts'
import { type InboxEntry, listInbox, storeMessage } from './mail-files.ts'

let dir: string
let inbox: Inbox

beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'relance-inbox-')), 'made', 'here')
})
afterEach(async () => {
  await inbox.close()
  await rm(join(dir, '..', '..'), { recursive: true })
})

const hello = {
  from: 'claire@atelier.example',
  to: '"Zoé, of Moulin" <zoe@moulin.example>',
  subject: 'Une question à propos de Moulin',
  messageId: '<1@atelier.example>',
  date: new Date('2031-02-03T04:05:06Z'),
  text: 'Hello\n.dot\n',
}
const client = (auth?: { user: string; pass: string }) =>
  nodemailer.createTransport({ host: '127.0.0.1', port: inbox.port, ...(auth && { auth }) })

describe('the built-in inbox', () => {
  test('keeps a message as a file and lists it', async () => {
    inbox = await startInbox({ dir })
    await client().sendMail(hello)
    const [entry] = await listInbox(dir)
    expect(entry).toEqual({
      messageId: '<1@atelier.example>',
      to: 'zoe@moulin.example',
      subject: 'Une question à propos de Moulin',
      date: '2031-02-03T04:05:06.000Z',
      file: expect.stringMatching(/\.eml$/),
    })
    expect(await readFile((entry as InboxEntry).file, 'utf8')).toMatch(/\r\n\r\nHello\r\n\.dot\r\n$/)
  })

  test('a message is there, whole, when it is answered, and onMessage hears of it', async () => {
    const heard: InboxEntry[] = []
    inbox = await startInbox({ dir, onMessage: (entry) => heard.push(entry) })
    await client().sendMail({ ...hello, text: 'x'.repeat(300_000) })
    expect(await readdir(dir)).toHaveLength(1)
    expect((await readFile(heard[0]?.file ?? '')).length).toBeGreaterThan(300_000)
  })

  test('the same message twice is two files', async () => {
    inbox = await startInbox({ dir })
    await Promise.all([1, 2, 3, 4].map(() => client().sendMail(hello)))
    const entries = await listInbox(dir)
    expect(entries.map(({ messageId }) => messageId)).toEqual(Array(4).fill('<1@atelier.example>'))
    expect(new Set(entries.map(({ file }) => file)).size).toBe(4)
  })

  test('two messages never share a name, though they come at the same moment', async () => {
    inbox = await startInbox({ dir })
    const time = jest.spyOn(Date.prototype, 'toISOString').mockReturnValue('2031-02-03T04:05:06.000Z')
    try {
      await Promise.all(
        ['a', 'b', 'c'].map((text) => storeMessage(dir, Buffer.from(`Message-ID: <1@x>\r\n\r\n${text}`))),
      )
    } finally {
      time.mockRestore()
    }
    const texts = await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name), 'utf8')))
    expect(texts.map((text) => text.at(-1)).sort()).toEqual(['a', 'b', 'c'])
  })

  test('lists the newest last, and goes on after a restart, clearing what was half written', async () => {
    inbox = await startInbox({ dir })
    await client().sendMail(hello)
    await inbox.close()
    await writeFile(join(dir, 'x.part'), 'half')
    inbox = await startInbox({ dir })
    await client().sendMail({ ...hello, messageId: '<2@atelier.example>' })
    expect((await listInbox(dir)).map(({ messageId }) => messageId)).toEqual([
      '<1@atelier.example>',
      '<2@atelier.example>',
    ])
    expect((await readdir(dir)).every((name) => name.endsWith('.eml'))).toBe(true)
  })

  test('nothing is kept of a message whose client goes away before the final dot', async () => {
    inbox = await startInbox({ dir })
    const socket = connect(inbox.port, '127.0.0.1')
    await once(socket, 'data')
    socket.write('EHLO x\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n')
    await new Promise<void>((resolve) => socket.on('data', (data) => /^354/m.test(String(data)) && resolve()))
    socket.end('Subject: half\r\n\r\nhal')
    await once(socket, 'close')
    await client().sendMail(hello)
    expect((await listInbox(dir)).map(({ subject }) => subject)).toEqual([hello.subject])
  })

  test('answers some recipients otherwise, takes any login, and refuses a port that is taken', async () => {
    inbox = await startInbox({
      dir,
      respond: ({ from, to }) =>
        to.startsWith('gone@') ? { code: 550, text: `5.1.1 not ${to}, ${from}` } : undefined,
    })
    const login = { user: 'any', pass: 'body' }
    await expect(client(login).sendMail({ ...hello, to: 'gone@x.example' })).rejects.toMatchObject({
      responseCode: 550,
      response: '550 5.1.1 not gone@x.example, claire@atelier.example',
    })
    expect((await client(login).sendMail(hello)).response).toMatch(/^250/)
    await expect(startInbox({ dir, port: inbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('refuses what is too large', async () => {
    inbox = await startInbox({ dir })
    const text = `${'x'.repeat(70)}\n`.repeat(400_000)
    await expect(client().sendMail({ ...hello, text })).rejects.toMatchObject({ responseCode: 552 })
    expect(await listInbox(dir)).toEqual([])
  })
})

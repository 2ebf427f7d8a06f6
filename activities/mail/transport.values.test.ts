/** Addresses and values of a lead: none becomes a header, a recipient or another message. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { closeAll, closing, mailbox, message, startServer, yes } from '../../test/support/smtp.ts'
import { startInbox } from '../../worker/inbox/inbox.ts'
import { listInbox } from '../../worker/inbox/mail-files.ts'
import { parseTemplate, renderTemplate } from '../texts/template.ts'

afterEach(closeAll)

test('addresses beyond ASCII: domains are converted, local parts refused', async () => {
  const server = await startServer()
  const box = mailbox(server.port)
  await box.send(message({ to: { name: 'Zoé', email: 'zoe@moulîn.example' } }), yes())
  expect(server.seen.data).toMatch(/^To: =\?UTF-8\?Q\?Zo=C3=A9\?= <zoe@xn--mouln-8sa\.example>\r$/m)
  for (const email of [
    'zoé@moulin.example',
    'a@b@moulin.example',
    'a\r\nRCPT TO:<x@y.example>@moulin.example',
    '',
  ]) {
    expect(await box.send(message({ to: { email } }), yes())).toMatchObject({
      kind: 'refused',
      enhanced: '5.6.7',
    })
  }
  expect(server.seen.connections).toBe(1)
})

test('no value of a lead becomes a header, a recipient, a part or another message', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'relance-mail-'))
  closing.push(() => rm(dir, { recursive: true }))
  const inbox = await startInbox({ dir })
  closing.push(() => inbox.close())
  const box = mailbox(inbox.port)
  const template = parseTemplate(
    '---\nsubject: "{{ v }} {{ v }}, hello {{ v }}"\n---\n{{ v }}\n\n{{ v }}',
    'hostile.md',
  )
  const receive = async (v: string) => {
    const before = (await listInbox(dir)).length
    const built = message({
      rendered: renderTemplate(template, { v }),
      to: { name: v, email: 'zoe@moulin.example' },
    })
    expect(await box.send(built, yes())).toMatchObject({ kind: 'accepted' })
    const files = (await listInbox(dir)).slice(before)
    expect(files).toHaveLength(1)
    const raw = await readFile(files[0]?.file ?? '')
    const longest = Math.max(
      ...raw
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.length),
    )
    const mail = await simpleParser(raw)
    return { mail, names: mail.headerLines.map(({ key }) => key).sort(), built, longest }
  }
  const harmless = await receive('harmless')
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'\r\n:.,;<>"()@=?- aZé\t\\') }),
    fc.constantFrom(
      '\r\nBcc: all@victims.example',
      'x\r\n\r\n.\r\nMAIL FROM:<a@b.example>\r\n',
      '\n.\n',
      '\r.\r',
      '--_NmP-1-Part_1--\n',
      '=?utf-8?Q?=0D=0ABcc:_x@y.example?=',
      '"<a@b.example>, c@d.example',
      'x'.repeat(2000),
      'é'.repeat(500),
    ),
  )
  await fc.assert(
    fc.asyncProperty(value, async (v) => {
      if (v.replace(/\p{Cc}/gu, '').trim() === '') return
      const { mail, names, built, longest } = await receive(v)
      expect(names).toEqual(harmless.names)
      expect(longest).toBeLessThanOrEqual(998)
      expect(mail.attachments).toEqual([])
      expect([mail.to].flat().flatMap((list) => list?.value.map(({ address }) => address))).toEqual([
        'zoe@moulin.example',
      ])
      expect([mail.cc, mail.bcc]).toEqual([undefined, undefined])
      expect(mail.subject).toBe(built.subject)
      expect(mail.text).toBe(built.text)
      expect(mail.html).toBe(built.html)
      expect(mail.messageId).toBe(built.messageId)
    }),
    { numRuns: 100 },
  )
})

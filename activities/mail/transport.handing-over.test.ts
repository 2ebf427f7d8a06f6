/** Handing an e-mail over: asked for when the server has all of it but the final dot. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import {
  closeAll,
  closing,
  long,
  mailbox,
  message,
  rendered,
  startServer,
  yes,
} from '../../test/support/smtp.ts'
import { startInbox } from '../../worker/inbox/inbox.ts'
import { listInbox } from '../../worker/inbox/mail-files.ts'

afterEach(closeAll)

const whole = /--\S+-Part_1--\s*$/

describe('handing over', () => {
  describe.each([
    ['pipelined', 'PIPELINING'],
    ['step by step', 'SIZE 1000000'],
  ])('%s', (_, extensions) => {
    test.each([
      ['a short message', rendered],
      ['a long one', long],
    ])('is asked when the server has all of %s but the final dot', async (_, body) => {
      const server = await startServer({}, extensions)
      const handingOver = jest.fn(async () => {
        await server.until(() => whole.test(server.seen.data))
        expect(server.seen.ends).toBe(0)
      })
      const result = await mailbox(server.port).send(message({ rendered: body }), { handingOver })
      expect(result).toEqual({ kind: 'accepted', response: '250 taken as 7' })
      expect(handingOver).toHaveBeenCalledTimes(1)
      expect(server.seen.ends).toBe(1)
    })

    test.each([
      ['a short message', rendered],
      ['a long one', long],
    ])('a refusal breaks %s off, and the connection is not used again', async (_, body) => {
      const server = await startServer({}, extensions)
      const box = mailbox(server.port)
      const reason = new Error('opted out')
      const handingOver = async () => {
        await server.until(() => whole.test(server.seen.data))
        throw reason
      }
      expect(await box.send(message({ rendered: body }), { handingOver })).toEqual({
        kind: 'closed',
        why: 'opted out',
        reason,
      })
      expect(server.seen.ends).toBe(0)
      expect(await box.send(message(), yes())).toMatchObject({ kind: 'accepted' })
      expect(server.seen).toMatchObject({ ends: 1, connections: 2 })
      expect(server.seen.data.match(/^Message-ID:/gm)).toHaveLength(1)
    })
  })

  test('is not asked when the recipient is refused', async () => {
    const server = await startServer({ RCPT: '550 5.1.1 unknown', DATA: '503 no recipients' })
    const hooks = yes()
    await mailbox(server.port).send(message(), hooks)
    expect(hooks.handingOver).not.toHaveBeenCalled()
  })

  test('nothing refused by it reaches the built-in inbox', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'relance-mail-'))
    closing.push(() => rm(dir, { recursive: true }))
    const inbox = await startInbox({ dir })
    closing.push(() => inbox.close())
    const box = mailbox(inbox.port)
    for (const refuse of [true, false, true, true, false]) {
      const handingOver = async () => {
        if (refuse) throw new Error('halted')
      }
      const result = await box.send(message({ key: `${refuse}`, rendered: long }), { handingOver })
      expect(result.kind).toBe(refuse ? 'closed' : 'accepted')
    }
    expect((await listInbox(dir)).map(({ messageId }) => messageId)).toEqual(
      Array(2).fill(message({ key: 'false' }).messageId),
    )
  })
})

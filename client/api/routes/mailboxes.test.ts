/** Mailboxes by the API and on the command line: which are in trouble, letting one go on, what has none to send from. */
import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { rows } from '../../../store/db.ts'
import { endTrouble, noteRefusal } from '../../../store/mailbox-troubles.ts'
import { apiOn, csv, NOW, publishPlan, TOKEN } from '../../../test/support/api.ts'
import { openDatabases } from '../../../test/support/database.ts'
import { started } from '../../../test/support/leads.ts'
import { program } from '../../cli/program.ts'
import { serveApi } from '../serve.ts'

const SAYS = '535 5.7.8 bad login of claire@atelier.example'

describe.each(await openDatabases())('mailboxes on %s', (_, store) => {
  const { db } = store
  let api: ReturnType<typeof apiOn>
  let lead: string
  let n = 0

  beforeAll(async () => {
    await publishPlan(store)
  })
  beforeEach(async () => {
    n += 1
    api = apiOn(store)
    lead = await started(store, `lea.${n}@mailboxes.example`)
    for (let i = 0; i < 3; i++) await refuse('claire', 3)
    await refuse('tom', 3)
    const delay = { code: 'mailbox_paused', mailbox: 'claire', fault: 'login' }
    const reason = JSON.stringify({ code: 'put_off', what: { code: 'not_started' }, delay })
    await db.execute(sql`update leads set reason = ${reason}::jsonb where id = ${lead}`)
  })
  afterEach(async () => {
    for (const mailbox of ['claire', 'tom']) await endTrouble(db, mailbox, NOW)
    await db.execute(sql`delete from signals where type = 'mailbox.resumed'`)
    await db.execute(sql`update leads set reason = null where id = ${lead}`)
    await api.stop()
  })

  const refuse = (mailbox: string, count: number) =>
    noteRefusal(
      db,
      {
        ...{ mailbox, server: `${mailbox}.example:587`, verdict: 'login', fault: 'login' as const },
        ...{ touch: `${lead}/1/hello`, says: SAYS, now: NOW },
      },
      { count, within: 3_600_000, distinct: false, alike: () => true, probeAfter: 900_000 },
    )
  const resumed = () =>
    rows<{ lead: string; data: object }>(
      db,
      sql`select lead_id as lead, data from signals where type = 'mailbox.resumed'`,
    )

  test('the paused ones come first, with the server’s words, what to do, and who waits', async () => {
    expect(await api.client.mailboxes()).toEqual([
      {
        ...{ mailbox: 'claire', fault: 'login', says: SAYS, refused: 3, waiting: 1 },
        ...{ paused: new Date(NOW).toISOString(), last: new Date(NOW).toISOString() },
        ...{ tries: new Date(NOW + 900_000).toISOString() },
        ...{ because: 'the server refuses its login', remedy: expect.stringContaining('SMTP_URL') },
      },
      expect.objectContaining({ mailbox: 'tom', paused: null, tries: null, refused: 1, waiting: 0 }),
    ])
    const french = await api.call('GET', '/v1/mailboxes', undefined, { 'accept-language': 'fr' })
    expect(french.body.mailboxes).toMatchObject([{ because: 'le serveur refuse son identifiant' }, {}])
  })

  test('are in the summary, and their number in health, which stays well', async () => {
    expect((await api.client.summary()).mailboxes).toMatchObject([{ mailbox: 'claire' }, { mailbox: 'tom' }])
    expect(await api.client.health()).toMatchObject({ ok: true, mailboxes: { paused: 1, refused: 1 } })
  })

  test('a paused one is let go once: its leads hear of it', async () => {
    expect(await api.client.resumeMailbox('claire')).toEqual({ mailbox: 'claire', resumed: true })
    expect(await resumed()).toEqual([{ lead, data: { mailbox: 'claire' } }])
    const again = api.client.resumeMailbox('claire')
    await expect(again).rejects.toMatchObject({ code: 'mailbox_not_paused', values: { mailbox: 'claire' } })
    expect(await resumed()).toHaveLength(1)
    // Only one that is paused is let go.
    await expect(api.client.resumeMailbox('tom')).rejects.toMatchObject({ code: 'mailbox_not_paused' })
  })

  describe('on the command line', () => {
    let close: () => Promise<void>
    const printed: string[] = []
    const before = process.env

    beforeEach(async () => {
      const served = await serveApi(api.deps)
      close = served.close
      process.env = { ...before, RELANCE_URL: served.url, RELANCE_TOKEN: TOKEN, LC_ALL: 'C' }
      printed.length = 0
      for (const stream of [process.stdout, process.stderr]) {
        jest.spyOn(stream, 'write').mockImplementation((text) => {
          printed.push(String(text))
          return true
        })
      }
    })
    afterEach(async () => {
      jest.restoreAllMocks()
      process.env = before
      process.exitCode = undefined
      await close()
    })

    const run = async (...args: string[]): Promise<{ code: unknown; lines: string[] }> => {
      printed.length = 0
      await program(args).parseAsync()
      return { code: process.exitCode, lines: printed.join('').trim().split('\n') }
    }

    test('they are listed with all of it, let go, and then fine', async () => {
      const listed = await run('mailboxes', '--zone', 'UTC')
      expect(listed.code).toBe(0)
      expect(listed.lines).toEqual([
        expect.stringMatching(
          /^claire: paused since .*09:00, 1 lead waits \(the server refuses its login\)$/,
        ),
        `  The server says: ${SAYS}`,
        expect.stringContaining('SMTP_URL'),
        expect.stringMatching(/09:15; relance mailbox resume claire lets all go on\.$/),
        expect.stringMatching(/^tom: refused once, and still sends \(the server refuses its login\)$/),
        `  The server says: ${SAYS}`,
        expect.stringContaining('SMTP_URL'),
      ])
      expect(await run('mailbox', 'resume', 'claire')).toEqual({
        code: 0,
        lines: ['claire sends again; what waits is planned anew, one after the other.'],
      })
      const refused = await run('mailbox', 'resume', 'claire')
      expect(refused.code).toBe(1)
      expect(refused.lines[0]).toMatch(/the mailbox claire is not paused.*mailbox_not_paused/)
      await endTrouble(db, 'tom', NOW)
      expect((await run('mailboxes')).lines).toEqual(['No mailbox is refused.'])
      expect(JSON.parse((await run('mailboxes', '--json')).lines.join('\n'))).toEqual([])
    })
  })

  describe('a cadence whose mailbox isn’t configured', () => {
    const source = `cadence: sends
from: paul
locale: en
stages:
  - stage: contact
    until: { interest: general }
    steps: [{ id: hello, email: hello }]
    otherwise: { end: unresponsive }
`
    const templates = { 'hello.md': '---\nsubject: Hello\n---\nHello\n' }
    const list = csv('zoe@sends.example,Zoé,Sends')

    test('is refused at publish, by its line, with the mailboxes there are and what to do', async () => {
      const { client, stop } = apiOn(store, { mailboxes: ['claire', 'tom'] })
      const publishing = client.publish({ source, templates, file: 'sends.yaml' })
      const mailbox = { code: 'unknown_mailbox', values: { mailbox: 'paul', known: ['claire', 'tom'] } }
      const remedy = 'add it to relance.yaml, or name one that is: claire, tom'
      await expect(publishing).rejects.toMatchObject({
        code: 'cadence_invalid',
        problems: [{ file: 'sends.yaml', line: 2, column: 7, severity: 'error', ...mailbox, remedy }],
      })
      expect((await client.publish({ source: source.replace('paul', 'tom'), templates })).isNew).toBe(true)
      await stop()
    })

    test('is refused at launch, dry or not, where it was published before; nobody is launched', async () => {
      // Where nothing is configured, every name is one of the default server's.
      await api.client.publish({ source, templates })
      const { client, stop } = apiOn(store, { mailboxes: ['claire', 'tom'] })
      for (const dryRun of [true, false]) {
        await expect(client.launch('sends', list, { dryRun })).rejects.toMatchObject({
          ...{ code: 'mailbox_unknown', values: { mailbox: 'paul', known: ['claire', 'tom'] } },
          message: expect.stringMatching(/^sends\.yaml:2:7 {2}the mailbox "paul" isn't configured here/),
          remedy: expect.stringContaining('there are: claire, tom'),
        })
      }
      const found = await rows(db, sql`select id from leads where cadence = 'sends'`)
      expect(found).toEqual([])
      await stop()
      expect((await api.client.launch('sends', list)).launched).toBe(1)
    })
  })
})

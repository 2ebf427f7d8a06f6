/**
 * All workflows of `relance up` are terminated from outside, as a page or a person in Temporal's UI can: within a minute
 * every lead is begun again. Then again, and Relance is killed with -9 before it can notice: the next start does.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import type { RelanceClient } from '../client/library/client.ts'
import { readState } from '../worker/temporal/server-state.ts'
import { csv } from './support/api.ts'
import { until, upProcess } from './support/up-process.ts'

const LEADS = 20
const MAILS = 4
const NOTICED_MS = 60_000
const folder = mkdtempSync(join(tmpdir(), 'relance-asleep-'))
/** Two hours of the cadence in a second: most of the time, leads wait. */
const { up, stop } = upProcess(folder, 7_200)
afterAll(async () => {
  await stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const SOURCE = `
cadence: waits
from: claire
locale: en
window: { days: mon-sun, hours: "00:00-24:00" }
prospect: { interest: general }
qualified: { interest: comparing }
stages:
  - stage: contact
    until: { deal: won }
    steps:
${Array.from({ length: MAILS }, (_, n) => `      - { id: e${n + 1}, email: letter, wait: 1d }`).join('\n')}
`
const templates = {
  'letter.md': '---\nsubject: A question\n---\nDear {{ contact.first_name }},\n\nhow are you?\n',
}

/** @returns how many were terminated */
async function terminateAll(): Promise<number> {
  const connection = await Connection.connect({ address: `127.0.0.1:${readState(folder)?.port}` })
  const client = new Client({ connection })
  let ended = 0
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running'` })) {
    await client.workflow.getHandle(workflowId).terminate('from outside')
    ended += 1
  }
  await connection.close()
  return ended
}

/** Waits until each lead was begun again so often. */
const begunAgain = (relance: RelanceClient, leads: string[], times: number): Promise<unknown> =>
  until(async () => {
    const shown = await Promise.all(leads.map((id) => relance.show(id)))
    const counts = shown.map(({ timeline }) => timeline.filter(({ kind }) => kind === 'begun_again').length)
    return counts.every((count) => count >= times) ? true : undefined
  })

test('every workflow terminated from outside, twice, and kill -9 in between', async () => {
  let relance = await up()
  await relance.publish({ source: SOURCE, templates })
  const people = Array.from({ length: LEADS }, (_, n) => `p${n}@firm-${n}.example,P${n},Firm ${n}`)
  await relance.launch('waits', csv(...people))
  await until(async () => ((await relance.inbox()).length === LEADS ? true : undefined))
  const leads = (await relance.leads()).map(({ id }) => id)

  expect(await terminateAll()).toBe(LEADS)
  const terminated = Date.now()
  await begunAgain(relance, leads, 1)
  expect(Date.now() - terminated).toBeLessThan(NOTICED_MS)
  expect(await relance.health()).toMatchObject({ ok: true, asleep: 0 })

  await terminateAll()
  await stop('SIGKILL')
  relance = await up()
  await begunAgain(relance, leads, 2)
  await until(async () => ((await relance.inbox()).length === LEADS * MAILS ? true : undefined))
  const ids = (await relance.inbox()).map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(LEADS * MAILS)
  await until(async () => ((await relance.doctor()).ok ? true : undefined))
}, 300_000)

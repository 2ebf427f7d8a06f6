/**
 * Promises 1 and 3 under kill -9: `relance up` is killed in the middle of a cadence, and started again on what it left.
 * Every lead goes on, no e-mail twice, none missing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { readCadenceFolder } from '../client/check/folder.ts'
import { audit } from './support/audit.ts'
import { until, upProcess } from './support/up-process.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'relance-kill-'))
/** Half a day of the cadence in a second. */
const { up, stop } = upProcess(folder, 43_200)
afterAll(async () => {
  await stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('kill -9 in the middle, then up again', async () => {
  let relance = await up()
  await relance.publish(readCadenceFolder(join(root, 'examples/atelier-erp.yaml')))
  const { launched } = await relance.launch('atelier-erp', readFileSync(join(root, 'examples/leads.csv')))
  expect(launched).toBeGreaterThan(20)

  // Twice, at different moments: among the first e-mails, and among the second.
  for (const mails of [Math.floor(launched / 2), launched + Math.floor(launched / 2)]) {
    await until(async () => ((await relance.inbox()).length >= mails ? true : undefined))
    await stop('SIGKILL')
    relance = await up()
  }
  const first = ['hello', 'gain', 'call', 'proof']
  await until(async () => {
    const rows = await relance.leads()
    const stages = await Promise.all(rows.map(async ({ id }) => (await relance.show(id)).stage))
    return stages.every((stage) => stage === 'nurture') ? true : undefined
  })
  await stop('SIGTERM')

  const { leads, mails } = await audit(folder)
  expect(leads).toHaveLength(launched)
  const ids = mails.map((mail) => mail.messageId)
  expect(new Set(ids).size).toBe(ids.length)

  const sent = leads.flatMap((lead) => lead.touches.filter((t) => t.kind === 'email'))
  // An attempt that was killed between the mark and the server's answer: nobody knows, and it is not resent.
  const unsure = new Set(sent.filter((t) => t.status === 'unconfirmed').map((t) => t.messageId))
  expect(sent.filter((t) => t.status !== 'accepted' && t.status !== 'unconfirmed')).toEqual([])
  expect(ids.filter((id) => !unsure.has(id)).sort()).toEqual(
    sent
      .filter((t) => t.status === 'accepted')
      .map((t) => t.messageId)
      .sort(),
  )
  for (const lead of leads) {
    const steps = lead.touches
      .filter((t) => t.status === 'accepted' || t.status === 'unconfirmed')
      .map((t) => t.step)
      // Nobody does its task, which is told of.
      .filter((step) => !step.startsWith('tell-'))
    expect(steps.slice(0, first.length)).toEqual(first)
    expect(lead.attempted.sort()).toEqual(
      lead.touches
        .filter((t) => t.status === 'accepted')
        .map((t) => t.key)
        .sort(),
    )
  }
}, 300_000)

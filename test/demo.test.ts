/**
 * The demo's summary, checked from three sides: every e-mail in the inbox is one ledger row is one completed attempt
 * in a history; none after an exit.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Findings } from '../client/demo/findings.ts'
import { readLeads } from '../client/import/read.ts'
import { type Audit, audit } from './support/audit.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(mkdtempSync(join(tmpdir(), 'relance-demo-')), 'home')
/** Long enough for offers, wins and an objection; the whole demo runs in CI as well. */
const DAYS = '60'

let findings: Findings
let found: Audit

beforeAll(async () => {
  const args = [join(root, 'dist/client/cli/main.js'), 'demo', '--json', '--days', DAYS, '--home', folder]
  const env = { ...process.env, NODE_OPTIONS: '' }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 << 20 })
  findings = JSON.parse(stdout) as Findings
  found = await audit(folder)
}, 240_000)
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const accepted = (): { key: string; messageId: string | null; kind: string; lead: string }[] =>
  found.leads.flatMap((lead) => lead.touches.filter((t) => t.status === 'accepted'))

test('it found nothing wrong with itself, and something happened', () => {
  expect(findings.problems).toEqual([])
  expect(findings.leads).toBe(found.leads.length)
  expect(findings.inbox).toBeGreaterThan(findings.leads)
  expect(Object.keys(findings.outcomes).length).toBeGreaterThan(2)
})

test('every e-mail in the inbox is one row of the ledger, and the other way round', () => {
  const rows = accepted().filter((t) => t.kind === 'email')
  expect(found.mails.map((mail) => mail.messageId).sort()).toEqual(rows.map((t) => t.messageId).sort())
  expect(findings.inbox).toBe(rows.length)
  expect(findings.emails.reduce((sum, step) => sum + step.sent, 0)).toBe(rows.length)
})

test('every row of the ledger is one completed attempt in a history', () => {
  for (const lead of found.leads) {
    const keys = lead.touches.filter((t) => t.status === 'accepted').map((t) => t.key)
    expect([...lead.attempted].sort()).toEqual(keys.sort())
  }
})

test('no touch after an exit', () => {
  for (const { timeline, touches } of found.leads) {
    const end = timeline.find((line) => line.kind === 'end')
    if (!end) continue
    expect(touches.filter((t) => t.status === 'accepted' && t.slot > end.at)).toEqual([])
  }
})

test('no personal data in Temporal', () => {
  const { leads } = readLeads(readFileSync(join(root, 'examples/leads.csv')))
  expect(leads.length).toBe(found.leads.length)
  const all = found.leads.map((lead) => lead.history).join('\n')
  expect(all).toContain('credit.approved')
  const personal = leads.flatMap((lead) => [lead.email, lead.company, lead.lastName, lead.phone])
  expect(personal.filter((text) => text && all.includes(text))).toEqual([])
  // What the outside world wrote and whom it named.
  expect(all).not.toMatch(/data migration|Pouvez-vous|@[\w-]+\.example/)
})

test('the outcomes it counts are those of the ledger of leads', () => {
  const counted: Record<string, number> = {}
  for (const { outcome } of found.leads) if (outcome) counted[outcome] = (counted[outcome] ?? 0) + 1
  expect(findings.outcomes).toEqual(counted)
})

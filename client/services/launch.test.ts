import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { insertLeads, markStarted, pendingStarts } from '../../store/leads.ts'
import { leadDetail } from '../../store/reads.ts'
import { suppress } from '../../store/suppressions.ts'
import { apiOn, csv, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended } from '../../test/support/leads.ts'
import { tellReport } from '../contract/launch-report.ts'
import { launch } from './launch.ts'

describe.each(await openDatabases())('a launch on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let n = 0
  /** Addresses that no other test has. */
  const person = (name: string, rest = 'Léa,Atelier'): string => `${name}.${n}@atelier.example,${rest}`

  beforeAll(async () => {
    await publishPlan(store)
    await publishPlan(store, 'second')
  })
  beforeEach(() => {
    n += 1
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  describe('a launch', () => {
    test('starts a workflow for each lead, with its plan and nothing personal', async () => {
      const report = await launch(api.deps, { cadence: 'first', csv: csv(person('lea'), person('max')) })
      expect(report).toMatchObject({ launched: 2, already: 0, refused: [], starting: 0, dryRun: false })
      expect(api.workflows.started.map(({ plan }) => [plan.cadence, plan.version])).toEqual([
        ['first', 1],
        ['first', 1],
      ])
      expect(api.workflows.started[0]?.lead.launchedAt).toBe(NOW)
      expect(JSON.stringify(api.workflows.started)).not.toMatch(/atelier\.example|Léa/)
    })

    test('of the same file again launches nobody', async () => {
      const request = { cadence: 'first', csv: csv(person('lea'), person('max')) }
      await launch(api.deps, request)
      expect(await launch(api.deps, request)).toMatchObject({ launched: 0, already: 2, refused: [] })
      expect(api.workflows.started).toHaveLength(2)
    })

    test('says how many of those who are in the cadence have ended, and whose zone stays as it was', async () => {
      const file = (zone: string, ...names: string[]): Uint8Array =>
        new TextEncoder().encode(
          ['email,first_name,zone', ...names.map((name) => `${person(name, 'Léa')},${zone}`)].join('\n'),
        )
      await launch(api.deps, { cadence: 'first', csv: file('Europe/Paris', 'lea', 'max') })
      await ended(store, api.workflows.started[0]?.lead.id ?? '')
      const same = await launch(api.deps, { cadence: 'first', csv: file('Europe/Paris', 'lea', 'max') })
      expect(same).toMatchObject({ launched: 0, already: 2, ended: 1, warnings: [] })
      const other = await launch(api.deps, {
        cadence: 'first',
        csv: file('America/New_York', 'lea', 'max', 'new'),
      })
      expect(other).toMatchObject({ launched: 1, already: 2, ended: 1 })
      expect(other.warnings).toEqual([{ code: 'zone_kept', values: {}, rows: [2, 3] }])
      expect(tellReport(other, 'en').warnings[0]?.message).toBe(
        'launched before with another time zone, which stays as it was (rows 2, 3)',
      )
    })

    test('says whose zone is only assumed, in a dry run too', async () => {
      const rows = ['lea,,', 'max,,US', 'zoe,,FR', 'kim,America/Denver,US'].map((row) => {
        const [name = '', zone, country] = row.split(',')
        return `${person(name, 'Léa')},${zone},${country}`
      })
      const file = new TextEncoder().encode(['email,first_name,zone,country', ...rows].join('\n'))
      for (const dryRun of [true, false]) {
        const { launched, warnings } = await launch(api.deps, { cadence: 'first', csv: file, dryRun })
        expect(launched).toBe(4)
        expect(warnings).toEqual([
          { code: 'zone_assumed', values: { zone: 'Europe/Paris' }, rows: [2] },
          { code: 'zone_guessed', values: { country: 'US', zone: 'America/New_York' }, rows: [3] },
        ])
      }
      // Who was launched before keeps the zone they had: nothing is assumed any more.
      expect((await launch(api.deps, { cadence: 'first', csv: file })).warnings).toEqual([])
    })

    test('reads regions: their zones and holidays, and says which have no holidays of their own', async () => {
      const rows = ['lea,US,California', 'max,US,NY', 'zoe,FR,Bretagne', 'kim,,DE-BY', 'ada,Scotland,'].map(
        (row) => {
          const [name = '', country, state] = row.split(',')
          return `${person(name, 'Léa')},${country},${state}`
        },
      )
      const file = new TextEncoder().encode(['email,first_name,country,state', ...rows].join('\n'))
      const { launched, warnings } = await launch(api.deps, { cadence: 'first', csv: file })
      expect(launched).toBe(5)
      expect(warnings).toEqual([{ code: 'region_without_days', values: { country: 'FR' }, rows: [4] }])
      const known = await Promise.all(api.workflows.started.map(({ lead }) => leadDetail(store.db, lead.id)))
      const stored = known.map((lead) => [lead?.country, lead?.region, lead?.zone, lead?.custom.state])
      expect(stored.sort()).toEqual([
        ['DE', 'DE-BY', 'Europe/Berlin', 'DE-BY'],
        ['FR', null, 'Europe/Paris', 'Bretagne'],
        ['GB', 'GB-SCT', 'Europe/London', undefined],
        ['US', 'US-CA', 'America/Los_Angeles', 'California'],
        ['US', 'US-NY', 'America/New_York', 'NY'],
      ])
    })

    test('refuses what it must, row by row and in order, and launches the rest', async () => {
      await suppress(store.db, `stop.${n}@atelier.example`, 'unsubscribed', NOW)
      await launch(api.deps, { cadence: 'second', csv: csv(person('taken')) })
      const report = await launch(api.deps, {
        cadence: 'first',
        csv: csv(
          person('lea'),
          'nobody at home,Léa,Atelier',
          person('taken'),
          person('LEA'),
          person('stop'),
          person('nameless', ',Atelier'),
          ',Léa,Atelier',
        ),
      })
      expect(report.launched).toBe(1)
      expect(report.refused.map(({ row, code }) => [row, code])).toEqual([
        [3, 'invalid_email'],
        [4, 'already_launched'],
        [5, 'duplicate_row'],
        [6, 'suppressed'],
        [7, 'unfillable_template'],
        [8, 'missing_field'],
      ])
      expect(report.refused[4]?.values).toEqual({
        gaps: [{ text: { template: 'hello.md' }, variables: ['contact.first_name'] }],
      })
    })

    test('looks at the template of the lead, and at what a default excuses', async () => {
      const files = {
        'hello.md': '---\nsubject: Hello\n---\n{{ contact.first_name | default: "there" }}\n',
        'hello.fr.md': '---\nsubject: "{{ lead.city }}"\n---\nBonjour {{ contact.last_name }}\n',
      }
      await publishPlan(store, 'tongues', {}, files)
      const file = [
        'email,first_name,last_name,language,city',
        `en.${n}@atelier.example,,,en,`,
        `fr.${n}@atelier.example,Léa,Martin,fr,Lyon`,
        `gap.${n}@atelier.example,Léa,Martin,fr,`,
      ].join('\n')
      const report = await launch(api.deps, { cadence: 'tongues', csv: new TextEncoder().encode(file) })
      expect(report.launched).toBe(2)
      expect(report.refused).toEqual([
        {
          row: 4,
          email: `gap.${n}@atelier.example`,
          code: 'unfillable_template',
          values: { gaps: [{ text: { template: 'hello.fr.md' }, variables: ['lead.city'] }] },
        },
      ])
    })

    test('asks of a task what it asks of a template, and nothing of steps for somebody else', async () => {
      const steps = [
        { id: 'call', kind: 'task' as const, name: 'Call {{ contact.phone }}' },
        { id: 'ally', kind: 'email' as const, name: 'hello', to: 'influencer' as const },
      ]
      await publishPlan(store, 'calls', {
        stages: [{ id: 'contact', until: { interest: 'general' }, steps, on: {} }],
      })
      const report = await launch(api.deps, { cadence: 'calls', csv: csv(person('lea', ',Atelier')) })
      expect(tellReport(report, 'en').refused.map(({ message }) => message)).toEqual([
        'step call needs contact.phone',
      ])
    })

    test('dry: says the same and stores nothing', async () => {
      const request = { cadence: 'first', csv: csv(person('lea'), person('max', ',Atelier')) }
      const dry = await launch(api.deps, { ...request, dryRun: true })
      expect(dry).toMatchObject({ launched: 1, dryRun: true, starting: 0 })
      expect(api.workflows.started).toEqual([])
      const wet = await launch(api.deps, request)
      expect({ ...wet, dryRun: true }).toEqual(dry)
    })

    test('without Temporal is durable, and starts once it is back', async () => {
      api.workflows.away = true
      const report = await launch(api.deps, { cadence: 'first', csv: csv(person('lea'), person('max')) })
      expect(report).toMatchObject({ launched: 2, starting: 2 })
      const started = new Promise<void>((resolve) => {
        api.relay.watch(({ started }) => started.size > 0 && resolve())
      })
      api.workflows.away = false
      await started
      expect(api.workflows.started).toHaveLength(2)
      expect(await pendingStarts(store.db, 10)).toEqual([])
    })

    test('does not wait for a lead that Temporal refuses', async () => {
      const into = { cadence: 'first', version: 1, now: NOW - 1 }
      const [bad] = await insertLeads(store.db, [{ email: `bad.${n}@atelier.example`, zone: 'UTC' }], into)
      const id = bad?.kind === 'inserted' ? bad.id : ''
      api.workflows.refuses.add(id)
      const report = await launch(api.deps, { cadence: 'first', csv: csv(person('good')) })
      expect(report).toMatchObject({ launched: 1, starting: 0 })
      expect((await pendingStarts(store.db, 10)).map((row) => row.id)).toEqual([id])
      await markStarted(store.db, [id])
    })

    test('into a cadence that was never published is refused', async () => {
      await expect(launch(api.deps, { cadence: 'none', csv: csv(person('lea')) })).rejects.toMatchObject({
        code: 'cadence_unknown',
        values: { cadence: 'none' },
      })
    })

    test('tells its progress', async () => {
      const file = csv(...Array.from({ length: 1100 }, (_, i) => person(`p${i}`)))
      const trial = new Set<string>()
      const tell = ({ phase }: { phase: string }) => trial.add(phase)
      await launch(api.deps, { cadence: 'first', csv: file, dryRun: true, onProgress: tell })
      expect([...trial]).toEqual(['checking'])

      const phases = new Set<string>()
      const seen: number[][] = []
      let turns = 0
      let turnsByThen: number | undefined
      await launch(api.deps, {
        cadence: 'first',
        csv: file,
        onProgress: ({ phase, done, total, started }) => {
          phases.add(phase)
          if (phase !== 'launching') return
          seen.push([done, total, started])
          setImmediate(() => (turns += 1))
          if (done === total) turnsByThen ??= turns
        },
      })
      expect([...phases]).toEqual(['checking', 'launching'])
      expect(seen[0]).toEqual([0, 1100, 0])
      // Others had a turn while leads were stored, after each list of 500 but the last.
      expect(turnsByThen).toBeGreaterThanOrEqual(2)
      expect(seen.at(-1)).toEqual([1100, 1100, 1100])
      expect(new Set(api.workflows.started.map(({ lead }) => lead.id)).size).toBe(1100)
    })
  })
})

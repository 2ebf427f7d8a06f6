import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import type { Variables } from '../../activities/texts/liquid.ts'
import { mentionsOf, parseTemplate, renderTemplate } from '../../activities/texts/template.ts'
import type { Plan } from '../../cadence/plan.ts'
import { type Rehearsal, rehearse } from '../../cadence/rehearsal/rehearse.ts'
import type { SignalType } from '../../cadence/signals.ts'
import { addFixed, DAY } from '../../cadence/time.ts'
import { readLeads } from '../import/read.ts'
import { type FileSignal, readSignals } from '../signals/file.ts'
import { checkFile } from './check.ts'
import { sampleLeads } from './read-leads.ts'
import { templateName } from './templates.ts'

/** Its cadence and what happens in its rehearsal. */
const EXAMPLES = {
  'atelier-erp': ['atelier-erp.yaml', 'signals.yaml'],
  'atelier-pme': ['atelier-pme/cadence.yaml', 'atelier-pme/signals.yaml'],
  'grands-comptes': ['grands-comptes/cadence.yaml', 'grands-comptes/signals.yaml'],
  'longue-vue': ['longue-vue/cadence.yaml', 'longue-vue/signals.yaml'],
} as const satisfies Record<string, [string, string]>
type Example = keyof typeof EXAMPLES
const NAMES = Object.keys(EXAMPLES) as Example[]

/** A Monday. */
const FROM = Date.parse('2027-01-11T00:00+01:00')

const at = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
const checked = Object.fromEntries(
  NAMES.map((name) => [name, checkFile(at(EXAMPLES[name][0]), { mailboxes: ['claire'] })]),
) as Record<Example, ReturnType<typeof checkFile>>

function signalsOf(name: Example): FileSignal[] {
  const file = EXAMPLES[name][1]
  const start = { start: FROM, zone: 'Europe/Paris' }
  const { signals, problems } = readSignals(readFileSync(at(file), 'utf8'), file, start)
  expect(problems).toEqual([])
  return signals ?? []
}

/** Five years at most, as `relance rehearse` plays it. */
function play(name: Example, signals: FileSignal[]): Rehearsal {
  const until = addFixed(FROM, { n: 5, unit: 'y' })
  const plan = checked[name].plan as Plan
  return rehearse(plan, { from: FROM, until, zone: 'Europe/Paris', country: 'FR', signals, tasksDone: true })
}
const told = Object.fromEntries(NAMES.map((name) => [name, play(name, signalsOf(name))])) as Record<
  Example,
  Rehearsal
>

const stepsOf = ({ calendar }: Rehearsal): string[] => calendar.map(({ touch }) => touch.step)
const dayOf = (instant: number): number => Math.floor((instant - FROM) / DAY)
/** The day of the launch on which a step was done, first or last. */
const first = ({ calendar }: Rehearsal, step: string): number =>
  dayOf(calendar.find(({ touch }) => touch.step === step)?.at ?? Number.NaN)
const last = ({ calendar }: Rehearsal, step: string): number =>
  dayOf(calendar.findLast(({ touch }) => touch.step === step)?.at ?? Number.NaN)
const dayOfSignal = (name: Example, type: SignalType): number =>
  dayOf(signalsOf(name).find((signal) => signal.type === type)?.at ?? Number.NaN)

describe.each(NAMES)('%s', (name) => {
  const { plan, templates, problems } = checked[name]
  const levels = plan?.urgency.map(({ id }) => id) ?? []

  test('has no problems, and no template too many', () => {
    expect(problems).toEqual([])
    expect(plan?.cadence).toBe(name)
  })

  const names = [...new Set(Object.keys(templates).map(templateName))] as string[]
  const paths = (file: string): string[] =>
    mentionsOf(parseTemplate(templates[file] ?? '', file))
      .map(({ path }) => path)
      .sort()

  test.each(names)('%s says the same in French and in English', (template) => {
    expect(paths(`${template}.fr.md`)).toEqual(paths(`${template}.en.md`))
    expect(paths(`${template}.fr.md`)).not.toEqual([])
  })

  test.each(Object.keys(templates))('%s can be written at every urgency, and knowing very little', (file) => {
    const offer = { name: 'early-signature', ends: '14 décembre 2026' }
    const little: Variables = { contact: {}, lead: { locale: 'fr' }, sender: { name: 'Claire' }, offer }
    const much: Variables = {
      ...little,
      contact: { first_name: 'Hugo' },
      lead: { locale: 'fr', company: 'Atelier Morel' },
      objection: { topic: 'la reprise des données' },
      referrer: { first_name: 'Inès', company: 'Fonderie Roux' },
    }
    const template = parseTemplate(templates[file] ?? '', file)
    for (const variables of [little, much]) {
      for (const urgency of levels) {
        for (const variant of [undefined, ...template.variants.keys()]) {
          const { subject, text } = renderTemplate(template, { ...variables, urgency }, { variant })
          expect(subject.length).toBeLessThan(80)
          expect(text).not.toMatch(/[{}%~]|undefined| ,| \n/)
        }
      }
    }
  })

  test('has subjects to compare, and some words for when urgency rises', () => {
    const variants = Object.keys(templates).map((file) =>
      [...parseTemplate(templates[file] ?? '', file).variants.keys()].filter(
        (variant) => !levels.includes(variant),
      ),
    )
    expect(variants.filter((subjects) => subjects.length > 1).length).toBeGreaterThan(1)
    expect(Object.keys(templates).filter((file) => paths(file).includes('urgency'))).not.toEqual([])
  })

  test('quotes no offer after its end, and brings no proposal before credit', () => {
    const { calendar } = told[name]
    const offers = calendar.filter(({ touch }) => touch.offer)
    expect(offers.length).toBeGreaterThan(0)
    for (const { at: sent, touch } of offers) {
      const ends = touch.offer?.ends ?? 0
      expect(ends === 0 || sent < ends).toBe(true)
    }
    const proposals = calendar.filter(({ touch }) => stepOf(plan as Plan, touch.step)?.proposal)
    const approved = signalsOf(name).filter(({ type }) => type === 'credit.approved')
    for (const { at: sent } of proposals) expect(approved.some((signal) => signal.at < sent)).toBe(true)
    if (name !== 'atelier-erp') expect(proposals.length).toBeGreaterThan(1)
  })
})

const stepOf = (plan: Plan, id: string): Plan['stages'][number]['steps'][number] | undefined =>
  [...plan.stages, ...plan.plays].flatMap(({ steps }) => steps).find((step) => step.id === id)

test('leads.csv is read without a mapping: every row a lead, several companies with two', () => {
  const { leads, refused } = readLeads(readFileSync(at('leads.csv')))
  expect(refused).toEqual([])
  expect(leads).toHaveLength(25)
  expect(leads.filter(({ email }) => !email.endsWith('.example'))).toEqual([])
  expect(new Set(leads.map(({ zone }) => zone)).size).toBeGreaterThanOrEqual(6)
  expect(new Set(leads.map(({ locale }) => locale))).toEqual(new Set(['fr', 'en']))
  expect(new Set(leads.map(({ role }) => role)).size).toBe(5)
  const companies = leads.map(({ company }) => company)
  expect(companies.length - new Set(companies).size).toBeGreaterThanOrEqual(3)
})

/** What is done for the imagined lead, step by step. */
const ERP = `
  hello gain call check invite remind quote find-decision_maker offer brief ally
  tell-last_call costs thanks refer
`
const PME = `
  hello gain invite agenda rebook check quote offer ask prepare answer argue tell-last_call
  last-call thanks start refer listen
`
const GRANDS_COMPTES = `
  hello gain call proof questions talk kit introduce one-page check papers finance invite
  remind agenda brief rebook quote summary listen prepare rally trial tell-pressing users
  tell-pressing costs board check tell-pressing last-call tell-last_call contract unsigned
  thanks kickoff refer visit
`
const LONGUE_VUE = `
  hello support note nurture-1 nurture-2 nurture-3 find-decision_maker tell-role tell-role introduce nurture-4
  nurture-5 nurture-6 nurture-7 nurture-8 tell-renewal welcome talk compare check invite
  brief quote offer answer ask tell-last_call last-call thanks start refer anniversary
  visit
`
const words = (text: string): string[] => text.trim().split(/\s+/)

describe('the stories of the rehearsals', () => {
  test('atelier-erp: from the first e-mail to a signed deal and a referral', () => {
    expect(told['atelier-erp'].outcome).toBe('won')
    expect(stepsOf(told['atelier-erp'])).toEqual(words(ERP))
  })

  test('atelier-pme: weeks, a missed demo, a doubt, a last call and a referral', () => {
    const story = told['atelier-pme']
    expect(story.outcome).toBe('won')
    expect(stepsOf(story)).toEqual(words(PME))
    expect(dayOfSignal('atelier-pme', 'deal.won')).toBeLessThan(7 * 7)
    expect(referred('atelier-pme')).toEqual(['Tôlerie Brun'])
  })

  test('grands-comptes: a buying centre, a review, a saboteur, credit gone stale, an offer extended; nine months', () => {
    const story = told['grands-comptes']
    expect(story.outcome).toBe('won')
    expect(stepsOf(story)).toEqual(words(GRANDS_COMPTES))
    expect(dayOfSignal('grands-comptes', 'deal.won')).toBe(270)
    // The champion is asked for an introduction before whoever decides is known, who is then written to.
    expect(first(story, 'introduce')).toBeLessThan(first(story, 'one-page'))
    const to = (step: string): string | undefined => {
      const { contact } = story.calendar.find(({ touch }) => touch.step === step)?.touch ?? {}
      return story.lead.facts.contacts[contact ?? '']?.value.role
    }
    expect(['kit', 'rally', 'one-page', 'trial', 'summary', 'users'].map(to)).toEqual([
      'influencer',
      'influencer',
      'decision_maker',
      'decision_maker',
      'decision_maker',
      'user',
    ])
    // Stale after 120 days, asked for again; nothing of the proposal goes out in between.
    const [, approved, stale] = story.timeline.filter(
      (line) => line.kind === 'stage' && (line.stage === 'credit' || line.from === 'credit'),
    )
    expect([dayOf(approved?.at ?? 0), first(story, 'check')]).toEqual([87, 58])
    expect(dayOf(stale?.at ?? 0)).toBe(207)
    expect(last(story, 'check')).toBe(207)
    // The last call keeps to the date as a person moved it.
    expect(first(story, 'last-call')).toBe(253)
    expect(referred('grands-comptes')).toEqual(['Marchal Fonderies'])
  })

  test('longue-vue: years of letters, a successor, a customer who refers two', () => {
    const story = told['longue-vue']
    expect(story.outcome).toBe('won')
    expect(stepsOf(story)).toEqual(words(LONGUE_VUE))
    expect(dayOfSignal('longue-vue', 'deal.won')).toBeGreaterThan(3 * 365)
    expect(dayOf(story.ends ?? 0)).toBeGreaterThan(3.8 * 365)
    const stages = story.timeline.flatMap((line) => (line.kind === 'stage' ? [line.stage] : []))
    expect(stages).toEqual('contact nurture discovery credit booking demo decision'.split(' '))
    expect(referred('longue-vue')).toEqual(['Henry Découpe', 'Simon Outillage'])
    const counted = story.timeline.filter((line) => line.kind === 'signal' && line.type === 'referral.given')
    expect(counted.map((line) => dayOf(line.at))).toEqual([1255, 1410])
    // The benefit it answered to in all those years.
    expect(story.calendar.find(({ touch }) => touch.step === 'compare')?.touch.name).toBe(
      'compare-indirect_costs',
    )
  })

  test.each([
    ['atelier-erp', 24],
    ['atelier-pme', 1],
    ['grands-comptes', 25],
    ['longue-vue', 50],
  ] as const)('%s without an answer ends as unresponsive in its month %d', (name, month) => {
    const silent = play(name, [])
    expect(silent.outcome).toBe('unresponsive')
    expect(Math.floor(dayOf(silent.ends ?? Number.NaN) / 30.5)).toBe(month)
  })
})

const referred = (name: Example): (string | undefined)[] =>
  signalsOf(name)
    .filter(({ type }) => type === 'referral.given')
    .map(({ personal, data }) => personal.company ?? String(data.company))

test('khalij has no problems with the people of its list, and every letter is read from the right', async () => {
  const file = at('khalij/cadence.yaml')
  const leads = await sampleLeads(file)
  const { plan, templates, problems } = checkFile(file, { mailboxes: ['claire'], ...(leads && { leads }) })
  expect({ problems, rows: leads?.leads.length }).toEqual({ problems: [], rows: 3 })
  for (const [name, source] of Object.entries(templates)) {
    const variables = {
      contact: {},
      lead: {},
      sender: { name: 'Claire', email: 'c@d.example' },
      urgency: 'calm',
    }
    const reading = { language: plan?.locale ?? '', zone: 'Asia/Riyadh' }
    expect(renderTemplate(parseTemplate(source, name), variables, { reading }).html).toContain(
      '<html lang="ar" dir="rtl">',
    )
  }
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import type { Variables } from '../../activities/mail/liquid.ts'
import { mentionsOf, parseTemplate, renderTemplate } from '../../activities/mail/template.ts'
import type { Plan } from '../../cadence/plan.ts'
import { rehearse } from '../../cadence/rehearse.ts'
import { readLeads } from '../import/index.ts'
import { checkFile } from './index.ts'
import { readSignals } from './signals-file.ts'
import { templateName } from './templates.ts'

const at = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
const { plan, templates, problems } = checkFile(at('atelier-erp.yaml'), { mailboxes: ['claire'] })

test('the example cadence and its templates have no problems, and no template too many', () => {
  expect(problems).toEqual([])
  expect(plan).toBeDefined()
})

describe('templates', () => {
  const names = [...new Set(Object.keys(templates).map(templateName))] as string[]
  const paths = (file: string): string[] =>
    mentionsOf(parseTemplate(templates[file] ?? '', file))
      .map(({ path }) => path)
      .sort()

  test.each(names)('%s says the same in French and in English', (name) => {
    expect(paths(`${name}.fr.md`)).toEqual(paths(`${name}.en.md`))
  })

  test.each(Object.keys(templates))('%s can be written at every urgency, and knowing very little', (file) => {
    const offer = { name: 'early-signature', ends: '14 décembre 2026' }
    const little: Variables = { contact: {}, lead: { locale: 'fr' }, sender: { name: 'Claire' }, offer }
    const much: Variables = {
      ...little,
      contact: { first_name: 'Hugo' },
      lead: { locale: 'fr', company: 'Atelier Morel' },
      objection: { topic: 'la reprise des données' },
    }
    const template = parseTemplate(templates[file] ?? '', file)
    for (const variables of [little, much]) {
      for (const urgency of ['calm', 'pressing', 'last_call']) {
        for (const variant of [undefined, ...template.variants.keys()]) {
          const { subject, text } = renderTemplate(template, { ...variables, urgency }, { variant })
          expect(subject.length).toBeLessThan(80)
          expect(text).not.toMatch(/[{}%]|undefined| ,| \n/)
        }
      }
    }
  })

  test('one has two subjects to compare, and some speak up as urgency rises', () => {
    expect(parseTemplate(templates['hello.fr.md'] ?? '', 'hello.fr.md').variants.size).toBe(2)
    const urgent = Object.keys(templates).filter((file) => paths(file).includes('urgency'))
    expect(urgent).toContain('demo-remind.fr.md')
  })
})

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

test('the rehearsal of signals.yaml goes from the first e-mail to a signed deal and a referral', () => {
  const from = Date.parse('2026-11-23T08:00:00Z')
  const { signals, problems } = readSignals(readFileSync(at('signals.yaml'), 'utf8'), 'signals.yaml', {
    start: from,
    zone: 'Europe/Paris',
  })
  expect(problems).toEqual([])
  const until = Date.parse('2027-11-23T08:00:00Z')
  const played = rehearse(plan as Plan, { from, until, zone: 'Europe/Paris', holidays: 'FR', signals })
  expect(played.outcome).toBe('won')
  expect(played.calendar.map(({ touch }) => touch.step)).toEqual([
    'hello',
    'gain',
    'call',
    'check',
    'invite',
    'remind',
    'quote',
    'find-decision_maker',
    'offer',
    'brief',
    'ally',
    'tell-last_call',
    'costs',
    'thanks',
    'refer',
  ])
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import { parseConfig } from '../config.ts'

const read = (text: string, env: NodeJS.ProcessEnv = {}) =>
  parseConfig(text, { file: '/x/relance.yaml', env, secrets: true, shown: 'relance.yaml' })

function problems(text: string): string[] {
  try {
    read(text)
  } catch (error) {
    if (error instanceof RelanceError) return sayError(error, 'en').message.split('\n')
    throw error
  }
  return []
}

const BUREAU = `credit:
  bureau:
    kind: http
    request:
      url: https://api.bureau.example/checks
      headers: { Authorization: "Bearer \${BUREAU_TOKEN}" }
      body: '{ "name": "{{ lead.company }}", "ours": "{{ reference }}", "amount": {{ amount | default: 0 }} }'
    timeout: 20s
    answer:
      decision: { path: result.status, approved: [ok, yes], refused: no-go, pending: [wait] }
      limit: result.limit
      rating: result.grade
      ref: id
      date: decidedOn
      company: company.id
    webhook:
      secret: \${BUREAU_SECRET}
      signature: x-bureau-signature
      reference: ours
      event: event.id
      monitoring: { company: company.id, limit: newLimit }
`

describe('credit providers', () => {
  test('a provider that is asked by HTTP', () => {
    const { bureau } = read(BUREAU, { BUREAU_TOKEN: 't', BUREAU_SECRET: 's' }).credit
    expect(bureau).toMatchObject({
      kind: 'http',
      timeout: 20_000,
      request: { method: 'POST', headers: { Authorization: 'Bearer t' } },
      company: { path: 'company.id' },
      answer: {
        decision: {
          path: 'result.status',
          values: { approved: ['ok', 'yes'], refused: ['no-go'], pending: ['wait'] },
        },
        limit: 'result.limit',
      },
      webhook: {
        ...{ secret: 's', auth: { signature: 'x-bureau-signature' }, reference: 'ours', event: 'event.id' },
        monitoring: { company: 'company.id', limit: { path: 'newLimit' } },
        // What isn't said of the webhook is as in the answer.
        ...{ decision: { path: 'result.status' }, limit: 'result.limit' },
      },
    })
  })

  test('Creditsafe needs its URL and secrets only; what is said wins over the preset', () => {
    const { creditsafe } = read(
      `credit:
  creditsafe:
    preset: creditsafe
    request: { url: "https://connect.creditsafe.com/v1/decisionEngine/tree?originationId={{ reference }}" }
    company: "{{ lead.creditsafe_id }}"
    answer: { limit: "Audits[RuleName=Limit].description", rating: "Audits[RuleName=Rating].description" }
    webhook: { secret: s, monitoring: { company: companyId, limit: { path: newValue, when: { ruleName: Limit } } } }
`,
    ).credit
    expect(creditsafe).toMatchObject({
      kind: 'http',
      company: { text: '{{ lead.creditsafe_id }}' },
      answer: {
        decision: {
          path: 'statusCode',
          values: { approved: ['1', '5'], pending: ['2'], refused: ['3', '6'] },
        },
        limit: 'Audits[RuleName=Limit].description',
      },
      webhook: {
        ...{ auth: { header: 'x-relance-secret' }, reference: 'originationId', event: 'eventId' },
        limit: 'Audits[RuleName=Limit].description',
        monitoring: { limit: { when: { ruleName: ['Limit'] } } },
      },
    })
  })

  test('a person, and the local bank', () => {
    expect(
      read('credit: { a: { kind: manual }, b: { kind: manual, for: Inès }, c: { kind: local } }').credit,
    ).toEqual({
      a: { kind: 'manual', for: 'finance' },
      b: { kind: 'manual', for: 'Inès' },
      c: { kind: 'local' },
    })
  })

  test('every mistake with its place', () => {
    expect(
      problems(`credit:
  a: { for: me }
  b:
    kind: http
    request: { url: ftp://x.example, metod: GET }
  c:
    kind: manual
    timeout: 10s
  d:
    kind: http
    request: { url: https://x.example/, body: "{{ contact.first_name" }
    answer: { decision: { path: "a..b" }, limit: 5 }
    timeout: 10d
  e:
    kind: http
    request: { url: https://x.example/, body: "{{ sender.name }}" }
    answer: { decision: { path: a, approved: { x: 1 } } }
  f:
    preset: bank
  g:
    kind: http
    request: { url: https://x.example/ }
    answer: { decision: { path: a, approved: 1 } }
    webhook: { header: x-a, signature: x-b }
  h:
    kind: http
    request: { url: https://x.example/ }
    answer: { decision: { path: a, approved: 1 } }
    webhook: { secret: s, header: x-a, signature: x-b }
`),
    ).toEqual([
      'relance.yaml:2:6  credit.a needs kind: http, manual or local, or preset: creditsafe',
      'relance.yaml:5:21  credit.b.request.url is not a URL, write one like https://api.bureau.example/checks',
      'relance.yaml:5:38  there is no key "metod" here, did you mean method?',
      'relance.yaml:8:14  credit.c.timeout is not for kind: manual',
      expect.stringMatching(/^relance.yaml:11:47 {2}credit.d.request.body is no Liquid: /),
      'relance.yaml:13:14  credit.d.timeout is not a time of 2m at most, write one like 10s',
      expect.stringMatching(/^relance.yaml:12:33 {2}credit.d.answer.decision.path is not a path/),
      'relance.yaml:12:50  credit.d.answer.limit must be a string',
      'relance.yaml:16:47  credit.e.request.body has sender.name, which there is not, use lead.*, contact.*, fact.*, amount, reference',
      'relance.yaml:17:46  credit.e.answer.decision.approved is not a value or a list of values',
      "relance.yaml:19:13  credit.f.preset can't be that, write one of creditsafe",
      'relance.yaml:24:14  credit.g.webhook.secret is missing',
      'relance.yaml:29:51  credit.h.webhook.signature is one too many, give the secret in a header, or sign with it',
      'relance.yaml:29:14  credit.h.webhook needs reference, the path of our reference, or ref, the path of theirs',
    ])
  })

  test('a name that cadences can’t use is none', () => {
    expect(problems('credit: { a b: { kind: manual } }')[0]).toContain('is no name')
  })

  test('the example is a good one', () => {
    const text = readFileSync(new URL('../../relance.example.yaml', import.meta.url), 'utf8')
    const env = Object.fromEntries([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name, 'x']))
    expect(Object.keys(read(text, env).credit)).toEqual(['creditsafe', 'bureau', 'finance'])
  })
})

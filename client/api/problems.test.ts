import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { apiOn, csv, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'

describe.each(await openDatabases())('problems on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>

  beforeAll(async () => {
    await publishPlan(store)
  })
  beforeEach(() => {
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  const hello = '---\nsubject: Hello\n---\nDear {{ contact.first_name }}\n'
  const templates = { 'hello.md': hello }
  const source = `cadence: problems
from: claire
locale: fr
stages:
  - stage: contact
    until: { interest: general }
    steps: [{ id: hello, email: hello }]
    otherwise: { end: unresponsive }
`

  async function post(path: string, body: object | Uint8Array): Promise<unknown> {
    const isFile = body instanceof Uint8Array
    const headers = {
      ...api.headers,
      'content-type': isFile ? 'text/csv' : 'application/json',
      'accept-language': 'fr',
    }
    const sent = isFile ? Buffer.from(body) : JSON.stringify(body)
    return (await api.app.request(path, { method: 'POST', headers, body: sent })).json()
  }

  test('the problems of a cadence that is refused', async () => {
    expect(await post('/v1/cadences', { source: `${source}urgence: x`, templates })).toMatchObject({
      error: {
        problems: [
          {
            ...{ code: 'unknown_key', values: { noun: 'cadence', key: 'urgence', meant: 'urgency' } },
            ...{ severity: 'error', file: 'cadence.yaml', line: 9, column: 1 },
            message: 'une cadence n’a pas de clé «\u00a0urgence\u00a0»',
            remedy: 'vouliez-vous dire `urgency`\u202f?',
          },
        ],
      },
    })
  })

  test('the warnings of one that is published', async () => {
    const others = { ...templates, 'else.md': hello }
    expect(await post('/v1/cadences', { source, templates: others })).toMatchObject({
      warnings: [
        {
          ...{ code: 'unused_template', values: { named: true }, severity: 'warning' },
          message: 'aucune étape n’emploie ce modèle',
        },
      ],
    })
  })

  test('what is wrong with a request', async () => {
    expect(await post('/v1/cadences', { source: 7, templats: {} })).toMatchObject({
      error: {
        code: 'invalid_request',
        problems: [
          { field: 'source', code: 'wrong_input', message: '`source` doit être un texte' },
          { code: 'unknown_input', message: 'le champ `templats` n’existe pas' },
        ],
      },
    })
  })

  test('the refusals and warnings of a launch', async () => {
    const file = csv('c,Léa,Atelier', 'lea.problems@atelier.example,=A1,Atelier')
    expect(await post('/v1/cadences/first/launch', file)).toMatchObject({
      refused: [
        { row: 2, code: 'invalid_email', message: '«\u00a0c\u00a0»\u00a0: il n’y a pas de @' },
        { row: 3, code: 'unfillable_template', message: 'hello.md a besoin de contact.first_name' },
      ],
      warnings: [
        {
          ...{ code: 'formula', values: { column: 'first_name' }, rows: [3] },
          message: 'first_name\u00a0: une formule, tenue pour vide (ligne 3)',
        },
      ],
    })
  })
})

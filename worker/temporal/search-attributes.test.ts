import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Connection } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { createTimeSkipping } from '../../test/support/time-skipping.ts'
import { registerSearchAttributes, SEARCH_ATTRIBUTES } from './search-attributes.ts'

type Operator = Pick<Connection['operatorService'], 'listSearchAttributes' | 'addSearchAttributes'>

/** A connection to a server that answers as told, and remembers what was added. */
function fake(answers: { known?: Record<string, number>; list?: number; add?: number }) {
  const added: string[] = []
  const fail = (code: number) => Promise.reject(Object.assign(new Error(`status ${code}`), { code }))
  const operatorService = {
    listSearchAttributes: () =>
      answers.list ? fail(answers.list) : Promise.resolve({ customAttributes: answers.known ?? {} }),
    addSearchAttributes: ({ searchAttributes }: { searchAttributes: Record<string, number> }) => {
      added.push(...Object.keys(searchAttributes))
      return answers.add ? fail(answers.add) : Promise.resolve({})
    },
  } as unknown as Operator
  return { connection: { operatorService } as Connection, added }
}

describe('registerSearchAttributes', () => {
  test('adds what is missing, and that only', async () => {
    const { connection, added } = fake({ known: { RelanceStage: 2, Other: 1 } })
    expect(await registerSearchAttributes(connection, 'sales')).toBeUndefined()
    expect(added).toEqual(['RelanceCadence', 'RelanceStanding'])
  })

  test('does not mind that another process was faster', async () => {
    expect(await registerSearchAttributes(fake({ add: 6 }).connection, 'sales')).toBeUndefined()
  })

  test('adds all where the server can not list', async () => {
    const { connection, added } = fake({ list: 12 })
    expect(await registerSearchAttributes(connection, 'sales')).toBeUndefined()
    expect(added).toEqual([...SEARCH_ATTRIBUTES])
  })

  test.each([{ list: 7 }, { list: 16 }, { add: 7 }, { add: 12 }, { add: 16 }])(
    'says what to do when it may not: %j',
    async (answers) => {
      const command =
        'temporal operator search-attribute create --namespace sales --name RelanceCadence --type Keyword ' +
        '--name RelanceStage --type Keyword --name RelanceStanding --type Keyword'
      expect(await registerSearchAttributes(fake(answers).connection, 'sales')).toContain(command)
    },
  )

  test('refuses attributes of another type and a namespace that is missing, and hides no other error', async () => {
    await expect(
      registerSearchAttributes(fake({ known: { RelanceStage: 1 } }).connection, 'sales'),
    ).rejects.toMatchObject({
      code: 'search_attribute_type',
      values: { namespace: 'sales', names: ['RelanceStage'] },
    })
    await expect(registerSearchAttributes(fake({ list: 5 }).connection, 'sales')).rejects.toMatchObject({
      code: 'namespace_missing',
    })
    await expect(registerSearchAttributes(fake({ list: 14 }).connection, 'sales')).rejects.toThrow(
      'status 14',
    )
  })
})

describe('on the time-skipping test server', () => {
  let env: TestWorkflowEnvironment
  beforeAll(async () => {
    env = await createTimeSkipping()
  }, 600_000)
  afterAll(() => env.teardown())

  test('registers, once and again', async () => {
    expect(await registerSearchAttributes(env.connection, 'default')).toBeUndefined()
    expect(await registerSearchAttributes(env.connection, 'default')).toBeUndefined()
    const started = env.client.workflow.start('lead', {
      workflowId: 'lead-1',
      taskQueue: 'nobody',
      searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, ['x']])),
    })
    expect(await started).toMatchObject({ workflowId: 'lead-1' })
  })
})

/** The set-up of the API's suites: an API on a database, and a lead of its own that is started, anew for each test. */
import { afterEach, beforeAll, beforeEach } from '@jest/globals'
import type { Store } from '../../store/open.ts'
import { apiOn, publishPlan } from './api.ts'
import { started } from './leads.ts'

/** What the inbox of these suites has in it. */
export const MESSAGE = {
  messageId: '<1@x>',
  to: 'lea@atelier.example',
  subject: 'Hi',
  date: 'now',
  file: '1.eml',
}

export interface ApiWithLead {
  api: ReturnType<typeof apiOn>
  /** The lead's id and address, and the number of the test, which is in the address. */
  lead: string
  email: string
  n: number
}

/**
 * To be called in a suite of one database.
 * @param take - gets the API and the lead before each test
 * @example apiWithLead(store, (it) => ({ api, lead } = it))
 */
export function apiWithLead(store: Store, take: (it: ApiWithLead) => void): void {
  let n = 0
  let api: ApiWithLead['api']
  beforeAll(() => publishPlan(store))
  beforeEach(async () => {
    n += 1
    const email = `lea.${n}@atelier.example`
    const lead = await started(store, email)
    api = apiOn(store, { listInbox: async () => [MESSAGE] })
    take({ api, lead, email, n })
  })
  afterEach(() => api.stop())
}

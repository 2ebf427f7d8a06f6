/** The credit providers of this process, by name: as configured, the local bank, and a person for every other name. */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { type CreditProvider, type HttpProvider, MANUAL } from '../../activities/credit/provider.ts'
import { RelanceError } from '../../cadence/errors.ts'
import type { Clock } from '../../store/clock.ts'
import { type Bank, startBank } from '../bank/bank.ts'
import type { Decide } from '../bank/bank-decision.ts'
import type { CreditSetting } from './config.ts'
import { PRESETS } from './presets.ts'

export interface Credit {
  /** @returns a person's task for a name that isn't configured */
  provider: (name: string) => CreditProvider
  /**
   * Opens the local banks, which say what they decide to the API at `url`; until then they can't be reached.
   * @throws RelanceError `bank_needs_up` when there are some and no API is in this process
   */
  openBanks: (options: {
    clock: Clock
    dir: string
    url: string | undefined
    decide?: Decide | undefined
  }) => Promise<(Bank & { name: string })[]>
}

/**
 * The address of a local bank that isn't open: port 9 discards what it is sent (RFC 863), and we never listen there.
 */
const NOWHERE = 'http://127.0.0.1:9'

/** @param salt - the environment's secret, which the local banks' secrets are made with */
export function creditProviders(settings: Record<string, CreditSetting>, salt: string): Credit {
  const providers = new Map<string, CreditProvider>()
  const locals: string[] = []
  for (const [name, setting] of Object.entries(settings)) {
    if (setting.kind === 'local') locals.push(name)
    providers.set(name, setting.kind === 'local' ? localProvider(NOWHERE, secretOf(name, salt)) : setting)
  }
  return {
    provider: (name) => providers.get(name) ?? MANUAL,
    openBanks: async ({ clock, dir, url, decide }) => {
      const banks: (Bank & { name: string })[] = []
      for (const name of locals) {
        if (url === undefined) throw needsUp(name)
        const secret = secretOf(name, salt)
        const webhook = { url: `${url}/hooks/credit/${name}`, secret }
        const bank = await startBank({ clock, dir: join(dir, name), webhook, ...(decide ? { decide } : {}) })
        providers.set(name, localProvider(bank.url, secret))
        banks.push({ ...bank, name })
      }
      return banks
    },
  }
}

const needsUp = (name: string): RelanceError => new RelanceError('bank_needs_up', { provider: name })

const secretOf = (name: string, salt: string): string =>
  createHmac('sha256', salt).update(`bank\n${name}`).digest('hex')

/** The local bank knows companies by their name, and one without by its check. */
const COMPANY = '{% if lead.company %}{{ lead.company }}{% else %}{{ reference }}{% endif %}'

const FOUND = {
  limit: 'Audits[RuleName=Credit Limit].description?',
  rating: 'Audits[RuleName=International Rating].description',
  date: 'decisionDate',
}

/** Creditsafe's preset, and where the local bank puts what is a team's own there. */
export function localProvider(url: string, secret: string): HttpProvider {
  const { answer, webhook } = PRESETS.creditsafe
  return {
    kind: 'http',
    request: {
      method: 'POST',
      url: `${url}/v1/decisionEngine/local?companyId=${COMPANY}&originationId={{ reference }}`,
      headers: {},
      body: `{ "company": "{{ lead.company | default: '' }}", "country": "{{ lead.country | default: '' }}", "salesValue": {{ amount | default: 0 }} }`,
    },
    company: { text: COMPANY },
    timeout: 5_000,
    answer: { ...answer, ...FOUND },
    webhook: { ...webhook, ...FOUND, secret, auth: { header: 'x-relance-secret' } },
  }
}

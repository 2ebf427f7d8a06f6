/** Section `credit:` of relance.yaml: who decides on credit, by the name that cadences use. */
import { z } from 'zod'
import {
  type CreditProvider,
  DECISIONS,
  type HttpProvider,
  MANUAL,
  type Mapping,
  type Webhook,
} from '../../activities/credit/provider.ts'
import type { InputFault } from '../../cadence/input-fault.ts'
import { PRESETS } from './presets.ts'
import { type decision, type mapping, shape, type webhook } from './shape.ts'

/** `local`: the bank of `worker/bank`, inside `relance up`. */
export type CreditSetting = CreditProvider | { kind: 'local' }

const TIMEOUT = 10_000
/** What carries the webhook's secret unless it is said otherwise. */
const HEADER = 'x-relance-secret'

const provider = shape.transform((given, context): CreditSetting => {
  const wrong: Wrong = (key, fault) => {
    const params = 'missing' in fault ? fault : { fault }
    context.addIssue({ code: 'custom', path: key, params })
  }
  const { kind = given.preset ? 'http' : undefined } = given
  const { for: who, kind: _, ...asked } = given
  if (kind === undefined) wrong([], { kind: 'no_kind' })
  if (kind !== 'http') {
    for (const key of Object.keys(asked)) wrong([key], { kind: 'not_for', provider: kind })
    if (who !== undefined && kind === 'local') wrong(['for'], { kind: 'only_manual' })
    return kind === 'local' ? { kind } : { kind: 'manual', for: who ?? MANUAL.for }
  }
  if (who !== undefined) wrong(['for'], { kind: 'only_manual' })
  return toHttp(given, wrong)
})

/** The section's schema. */
export const creditSchema = z.record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i), provider)

type Given = z.output<typeof shape>

/** Notes what is wrong with a key. */
type Wrong = (key: string[], fault: InputFault | { missing: 'request' | 'answer' }) => void

function toHttp(given: Given, wrong: Wrong): HttpProvider {
  const { request, company, answer, webhook } = given
  const preset = given.preset && PRESETS[given.preset]
  if (!request) wrong(['request'], { missing: 'request' })
  const mapped = mappingOf(answer, preset?.answer)
  if (!mapped) wrong(answer ? ['answer', 'decision'] : ['answer'], { missing: 'answer' })
  if (company !== undefined && answer?.company !== undefined) {
    wrong(['company'], { kind: 'company_twice' })
  }
  const { method = 'POST', url = '', headers = {}, body } = request ?? {}
  const http: HttpProvider = {
    kind: 'http',
    request: { method, url, headers, ...(body === undefined ? {} : { body }) },
    timeout: given.timeout ?? TIMEOUT,
    answer: mapped ?? { decision: { path: '', values: {} } },
  }
  if (company !== undefined) http.company = { text: company }
  if (answer?.company !== undefined) http.company = { path: answer.company }
  if (webhook) http.webhook = toWebhook(webhook, http.answer, preset?.webhook, wrong)
  return http
}

function toWebhook(
  given: z.output<typeof webhook>,
  answer: Mapping,
  preset: Omit<Webhook, 'secret' | 'auth'> | undefined,
  wrong: Wrong,
): Webhook {
  const { secret, header, signature, reference, event, monitoring } = given
  if (header !== undefined && signature !== undefined) {
    wrong(['webhook', 'signature'], { kind: 'two_secrets' })
  }
  const mapped: Webhook = {
    ...answer,
    ...preset,
    ...mappingOf(given, preset ?? answer),
    secret,
    auth: signature !== undefined ? { signature } : { header: header ?? HEADER },
  }
  if (reference !== undefined) mapped.reference = reference
  if (event !== undefined) mapped.event = event
  if (monitoring) mapped.monitoring = monitoring as NonNullable<Webhook['monitoring']>
  if (mapped.reference === undefined && mapped.ref === undefined) {
    wrong(['webhook'], { kind: 'no_reference' })
  }
  return mapped
}

/** What is given, over what is the default. Undefined: there is no decision to be found. */
function mappingOf(
  given: { [key in keyof typeof mapping]?: unknown } | undefined,
  base: Mapping | undefined,
): Mapping | undefined {
  const { limit, rating, ref, date } = (given ?? {}) as Partial<Record<string, string>>
  const said = given?.decision as z.output<typeof decision> | undefined
  const decided = said ? { path: said.path, values: meanings(said) } : base?.decision
  if (!decided) return undefined
  const own = Object.entries({ limit, rating, ref, date }).filter(([, value]) => value !== undefined)
  return { ...base, decision: decided, ...Object.fromEntries(own) }
}

const meanings = (said: z.output<typeof decision>): Mapping['decision']['values'] =>
  Object.fromEntries(
    DECISIONS.flatMap((one) => (said[one] === undefined ? [] : [[one, said[one] as string[]]])),
  )

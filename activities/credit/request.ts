/** A provider's request, written for one lead. Values can't become structure: each is escaped where it stands. */
import { RelanceError } from '../../cadence/errors.ts'
import type { Failure } from '../../cadence/reason.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import { failureOf } from '../texts/failure.ts'
import { parseLiquid, renderLiquid, type Variables } from '../texts/liquid.ts'
import type { HttpProvider } from './provider.ts'

export interface CreditRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: string | undefined
  /** The provider's reference of the company, where the request says it. */
  company: string | undefined
}

/** What requests can say: these names, and those of `lead.*`, `contact.*` and `fact.*`. */
export const SINGLE = ['amount', 'reference'] as const
export const GROUPS = ['lead', 'contact', 'fact'] as const

/** What is known of a lead, for its credit request. */
export function creditVariables(context: TouchContext, reference: string): Variables {
  const { company, country, locale, custom, contact, facts } = context
  const amount = facts?.amount.value ?? 0
  return {
    lead: { ...custom, company, country, locale },
    contact: { ...contact },
    fact: Object.fromEntries(Object.entries(facts?.named ?? {}).map(([name, { value }]) => [name, value])),
    amount: amount === 0 ? undefined : amount,
    reference,
  }
}

/** Writes the request, or says why it can't be written; the reason names variables and no person. */
export function writeRequest(
  name: string,
  provider: HttpProvider,
  variables: Variables,
): { request: CreditRequest } | { failure: Failure } {
  const { request, company } = provider
  const write = (text: string, part: string, safe: (value: string) => string): string => {
    const liquid = parseLiquid(text, `credit.${name}.${part}`)
    const marked = renderLiquid(liquid, variables)
    return marked.fill(marked.text, safe)
  }
  try {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([header, text]) => [
        header.toLowerCase(),
        write(text, `request.headers.${header}`, inHeader).trim(),
      ]),
    )
    const type = headers['content-type'] ?? 'application/json'
    const url = new URL(write(request.url, 'request.url', encodeURIComponent))
    const body = request.body === undefined ? undefined : write(request.body, 'request.body', escapeFor(type))
    const text = company && 'text' in company ? write(company.text, 'company', (value) => value) : undefined
    if (body !== undefined) headers['content-type'] = type
    return { request: { method: request.method, url, headers, body, company: text?.trim() } }
  } catch (error) {
    if (error instanceof RelanceError) return { failure: failureOf(error) }
    // What an address makes of values may quote them.
    return { failure: { code: 'error', error: 'credit_request_unwritable', values: { provider: name } } }
  }
}

/** Headers are ASCII (RFC 9110 §5.5). */
const inHeader = (value: string): string => value.replace(/[^\x20-\x7e]+/g, encodeURIComponent)

function escapeFor(type: string): (value: string) => string {
  if (/x-www-form-urlencoded/i.test(type)) return encodeURIComponent
  if (/xml/i.test(type)) return (value) => value.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
  return (value) => JSON.stringify(value).slice(1, -1)
}

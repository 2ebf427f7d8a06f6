/**
 * E-mail addresses: the part of RFC 5321's `Mailbox` that every mail program, nodemailer's parser included,
 * reads the same way. A dot-atom local part and a domain name; no quoted local parts, no comments, no
 * display names, no IP literals. What is left out has been used to misroute mail (GHSA-mm7p-fcc7-pg87).
 */
import { domainToASCII } from 'node:url'
import type { AddressFault } from '../../cadence/error-values.ts'

/** RFC 5321 §4.5.3.1: octets of a local part; of a path, less its angle brackets. */
const LONGEST_LOCAL = 64
const LONGEST_ADDRESS = 254

/** RFC 5322 §3.2.3. */
const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
/** RFC 1123 §2.1: letters, digits and inner hyphens; a top level of letters (or IDNA), so no IP address. */
const HOST =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9](?:[a-z0-9-]{0,57}[a-z0-9])?)$/

export type ParsedAddress = { address: string } | { fault: AddressFault }

/**
 * Reads one address. The domain comes back in lower-case ASCII (IDNA), the local part as it was written,
 * because only its own mail server may say that case doesn't matter (RFC 5321 §2.4).
 */
export function parseAddress(cell: string): ParsedAddress {
  // Copied from a web page, an address may carry marks of no width at its ends.
  const text = cell.replace(/^[\s\u200b-\u200f\u2060]+|[\s\u200b-\u200f\u2060]+$/g, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(text)) {
    return { fault: { kind: 'control_character' } }
  }
  if (text.startsWith('=')) return { fault: { kind: 'formula' } }
  if (text.includes('"')) return { fault: { kind: 'quoted' } }
  if (/[<>()[\]]/.test(text)) return { fault: { kind: 'not_bare' } }
  const at = text.lastIndexOf('@')
  if (at < 0) return { fault: { kind: 'no_at' } }
  if (text.indexOf('@') !== at || /[,;]/.test(text)) {
    return { fault: { kind: 'several' } }
  }
  if (/\s/.test(text)) return { fault: { kind: 'space' } }
  const local = text.slice(0, at)
  if (local === '') return { fault: { kind: 'nothing_before_at' } }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range
  if (/[^\x00-\x7f]/.test(local)) return { fault: { kind: 'accents_before_at' } }
  if (local.length > LONGEST_LOCAL) return { fault: { kind: 'long_before_at', most: LONGEST_LOCAL } }
  if (!DOT_ATOM.test(local)) return { fault: { kind: 'sign_before_at' } }
  const domain = asciiDomain(text.slice(at + 1))
  if (domain === undefined) return { fault: { kind: 'no_domain' } }
  const address = `${local}@${domain}`
  if (address.length > LONGEST_ADDRESS) return { fault: { kind: 'too_long', most: LONGEST_ADDRESS } }
  return { address }
}

/** In lower-case ASCII, or undefined. */
function asciiDomain(domain: string): string | undefined {
  const lower = domain.toLowerCase()
  // domainToASCII follows URL rules: it would decode %41 and turn 1.2.3 into an IP address. So it only
  // sees names that need it, and whose ASCII characters can be in a host name.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range
  const plain = /^[\x00-\x7f]*$/.test(lower)
  if (!plain && !/^[a-z0-9.\u0080-\u{10ffff}-]*$/u.test(lower)) return undefined
  const ascii = plain ? lower : domainToASCII(lower)
  return HOST.test(ascii) ? ascii : undefined
}

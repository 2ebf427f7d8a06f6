/** E-mail addresses as SMTP without SMTPUTF8 can carry them. */
import { domainToASCII } from 'node:url'

/** A person or a mailbox. */
export interface Address {
  name?: string | undefined
  email: string
}

/** RFC 5321: 64 octets before the @, 254 in all; a dot-atom, which is all that real mailboxes use. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * The address with its domain in ASCII (IDNA: `zoe@moulîn.example` is `zoe@xn--mouln-8sa.example`), or
 * undefined when it can't be written so: a local part beyond ASCII (RFC 6531), or no address at all.
 */
export function asciiAddress(email: string): string | undefined {
  const at = email.lastIndexOf('@')
  const local = email.slice(0, Math.max(at, 0))
  const written = email.slice(at + 1)
  // domainToASCII reads as URLs do: it would drop line feeds and decode %2e
  const domain = /^[\p{L}\p{M}\p{N}.-]+$/u.test(written) ? domainToASCII(written) : ''
  return LOCAL_PART.test(local) &&
    local.length <= 64 &&
    DOMAIN.test(domain) &&
    local.length + domain.length < 254
    ? `${local}@${domain}`
    : undefined
}

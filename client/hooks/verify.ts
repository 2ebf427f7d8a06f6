/** Verification of webhooks: whether a request is from who it says, by a secret shared with the sender. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Webhook } from '../../activities/credit/provider.ts'

/**
 * Whether a request carries the provider's secret: in a header, or as the body's HMAC-SHA256 in hex or base64, with or
 * without `sha256=` before it.
 * @param header - a header's value by its name
 */
export function isFrom(
  { secret, auth }: Webhook,
  header: (name: string) => string | undefined,
  body: Uint8Array,
): boolean {
  if ('header' in auth) return same(header(auth.header) ?? '', secret)
  const given = (header(auth.signature) ?? '').replace(/^(hmac-)?sha-?256=/i, '').trim()
  const right = createHmac('sha256', secret).update(body).digest()
  return same(given.toLowerCase(), right.toString('hex')) || same(given, right.toString('base64'))
}

/** Digests are compared, so that the time taken tells nothing about the secret. */
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

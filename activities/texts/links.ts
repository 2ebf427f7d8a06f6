/** Where links lead once the values are in: whole web addresses, in both parts of a letter the same. */
import { RelanceError } from '../../cadence/errors.ts'
import type { MarkedText } from './liquid.ts'

/** Schemes a letter's link may have, and pictures that are in the letter itself. */
const SCHEME = /^(?:https?:|mailto:|tel:|sms:|data:image\/)/i

/** A host with a dot in it, and what may stand behind: `www.acme.example/shop`. No `@`: that would be an e-mail address. */
const HOST =
  /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+(?::\d+)?(?:[/?#]\S*)?$/u

/**
 * Puts the values into a link's address. A value inside it is a piece of it, so it is encoded. A value that begins it
 * decides where it leads. What has no scheme and looks like a host is a web address.
 * @throws `link_without_address` when the result leads nowhere
 */
export function fillLink(link: string, marked: MarkedText): string {
  const piece = (value: string): string => {
    const encoded = encodeURIComponent(value)
    return link.startsWith('mailto:') ? encoded.replaceAll('%40', '@') : encoded
  }
  const [, scheme = '', rest = ''] = /^(https?:\/\/)?(.*)$/is.exec(link) ?? []
  if (!marked.startsWithValue(rest)) return whole(marked.fill(link, piece))
  let first = true
  const filled = marked.fill(rest, (value) => {
    const written = first ? value.trim() : piece(value)
    first = false
    return written
  })
  const address = HOST.test(filled) ? `${scheme || 'https://'}${filled}` : filled
  // What a lead says decides where this leads: the web, and nothing else.
  if (!/^https?:\/\/[^/]/i.test(address)) throw noAddress()
  return new URL(whole(address)).href
}

function whole(link: string): string {
  const address = SCHEME.test(link) ? link : `https://${link}`
  if (address !== link && !HOST.test(link)) throw noAddress()
  if (/^https?:/i.test(address) && !URL.canParse(address)) throw noAddress()
  return address
}

const noAddress = (): RelanceError => new RelanceError('link_without_address', {})

/**
 * Who a request over HTTP says that it is for, and who sent it: what keeps web pages out of what listens on this
 * machine. A page can make a browser send requests here, by our address or by a name of its own that it points at
 * 127.0.0.1 (DNS rebinding). The Host and Origin headers give it away: a page can set neither.
 */

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Makes the check of a Host header: it names this machine, by whatever port, or one of `more`. */
export function ownHosts(more: readonly string[] = []): (host: string | undefined) => boolean {
  const names = new Set([...LOOPBACK, ...more].map((name) => name.toLowerCase()))
  return (host) => host !== undefined && names.has(host.replace(/:\d*$/, '').toLowerCase())
}

/**
 * Whether a request comes from a page of ours, or from no page. Browsers name the origin of the page with every
 * request that may change something, `null` where they don't want to say; other programs name none.
 * @param host - the request's Host header, which is what our own page would have been loaded from
 */
export function fromOwnPage(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  const [, from] = /^https?:\/\/([^/]+)$/i.exec(origin) ?? []
  return from !== undefined && from.toLowerCase() === host?.toLowerCase()
}

/** What a request to Temporal's HTTP API may be that changes nothing. */

/** A query is asked by POST, and changes nothing: a workflow that tried to would fail. */
const QUERY = /^\/api\/v1\/namespaces\/[\w.-]+\/workflows\/[^/]+\/query\/[^/]+$/

/** Whether a request with this method to this path, its query string included, only reads. */
export function readsOnly(method: string, url: string): boolean {
  if (method === 'GET' || method === 'HEAD') return true
  const path = url.replace(/\?.*/s, '')
  // A path that the server might understand otherwise than it looks.
  if (/%2f|%5c|\\|\/\.{1,2}(\/|$)|%2e/i.test(path)) return false
  return method === 'POST' && QUERY.test(path)
}

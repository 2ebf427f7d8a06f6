/** What a web page of an attacker's sends: each function but `sendForms` runs in the page. */
import type { Page } from 'playwright-core'

/** The path of a request, and its body. */
export type Attack = [path: string, body: string]

/** In the page: what a page may send anywhere without asking first. */
export async function simplePosts({ url, attacks }: { url: string; attacks: Attack[] }): Promise<void> {
  await Promise.all(
    attacks.map(([path, body]) =>
      fetch(url + path, {
        ...{ method: 'POST', mode: 'no-cors', credentials: 'include', body },
        headers: { 'content-type': 'text/plain' },
        signal: AbortSignal.timeout(5_000),
      }).catch(() => undefined),
    ),
  )
}

/** Sends forms as text, into frames of the page's own, and waits until all are answered, or hung up on. */
export async function sendForms(page: Page, url: string, attacks: readonly Attack[]): Promise<void> {
  const escaped = (text: string): string => text.replace(/[&"<>]/g, (one) => `&#${one.charCodeAt(0)};`)
  const forms = attacks.map(([path, body], n) => {
    // A form's text is NAME=VALUE.
    const [, name = '', value = ''] = /^([^:]*:?"?)(.*)$/s.exec(body) ?? []
    return `<iframe name="f${n}"></iframe>
      <form method="post" enctype="text/plain" action="${escaped(url + path)}" target="f${n}">
        <textarea name="${escaped(name)}">${escaped(value)}</textarea>
      </form>`
  })
  let left = attacks.length
  const answered = new Promise<void>((resolve) => {
    const one = (request: { method(): string }): void => {
      if (request.method() === 'POST' && --left === 0) resolve()
    }
    page.on('requestfinished', one).on('requestfailed', one)
  })
  await page.setContent(forms.join('\n'))
  await page.evaluate('for (const form of document.forms) form.submit()')
  await answered
  page.removeAllListeners('requestfinished').removeAllListeners('requestfailed')
}

/** In the page: requests to where it came from. @returns the statuses; 0 where there was no answer */
export async function sameOriginPosts(attacks: Attack[]): Promise<number[]> {
  return Promise.all(
    attacks.map(([path, body]) =>
      fetch(path, {
        ...{
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
        },
        signal: AbortSignal.timeout(5_000),
      }).then(
        ({ status }) => status,
        () => 0,
      ),
    ),
  )
}

/** In the page: which of these paths it can read. */
export async function reads(paths: string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      fetch(path, { signal: AbortSignal.timeout(5_000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  )
  return paths.filter((_, n) => found[n])
}

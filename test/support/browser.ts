/** A real browser for tests: Debian's Chromium, as it is, but for its own rules about pages that reach for this machine. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where it is. `RELANCE_CHROMIUM` says that there has to be one. */
export const chromiumPath: string | undefined =
  process.env.RELANCE_CHROMIUM ||
  ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))

/**
 * Starts it. Names under `.example` point to this machine, as an attacker's name server would have it. Chromium's own
 * guard of local networks is off: other browsers have none, and it is ours that is tried.
 */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath as string,
    args: [
      ...[
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-proxy-server',
      ],
      '--host-resolver-rules=MAP *.example 127.0.0.1',
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights',
    ],
  })

/** Finds the Relance that runs for a data folder. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { ErrorData } from '../../cadence/errors.ts'
import { languageOf } from '../../cadence/reasons/say.ts'
import { RelanceClient } from './client.ts'
import { worded } from './failures.ts'
import type { ClientOptions } from './options.ts'

/** What `relance up` leaves in the data folder while it runs. */
export const serverFile = z.looseObject({ url: z.url({ protocol: /^https?$/ }), pid: z.int().optional() })

export interface ConnectOptions extends Pick<ClientOptions, 'language' | 'zone'> {
  home?: string
  env?: NodeJS.ProcessEnv
}

/**
 * A client for `RELANCE_URL` with `RELANCE_TOKEN`, or else for what `server.json` and `token` in the data folder say.
 * @param options.home - the data folder; `RELANCE_HOME`, or `.relance`, when left out
 * @throws RelanceError `not_running` when nothing was started there, `no_token`
 */
export function connect(options: ConnectOptions = {}): RelanceClient {
  const { env = process.env, language, zone } = options
  const reader = { ...(language && { language }), ...(zone && { zone }) }
  const refused = (data: ErrorData) => worded(data, languageOf([language ?? 'en']))
  const home = resolve(options.home ?? (env.RELANCE_HOME || '.relance'))
  if (env.RELANCE_URL) {
    // A token of this machine is not shown to whatever the URL names.
    if (env.RELANCE_TOKEN)
      return new RelanceClient({ url: env.RELANCE_URL, token: env.RELANCE_TOKEN, ...reader })
    throw refused({ code: 'no_token', values: {} })
  }
  const text = read(join(home, 'server.json'))
  const token = env.RELANCE_TOKEN || read(join(home, 'token'))?.trim()
  if (text === undefined || !token) throw refused({ code: 'not_running', values: { at: { home } } })
  const parsed = serverFile.safeParse(json(text))
  if (!parsed.success) {
    throw refused({ code: 'not_running', values: { at: { file: join(home, 'server.json') } } })
  }
  return new RelanceClient({ url: parsed.data.url, token, ...reader })
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

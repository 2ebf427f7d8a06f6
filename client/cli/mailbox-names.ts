/** The mailbox names of relance.yaml, for verbs that need no server (`check`, `publish`). */
import { loadConfig } from '../../worker/config.ts'
import { homeOf } from '../../worker/home.ts'

/** The configured mailboxes' names; undefined where there is no configuration to compare with. */
export function mailboxNames(): string[] | undefined {
  const config = loadConfig({ home: homeOf().folder, secrets: false })
  return config.file === undefined ? undefined : Object.keys(config.mailboxes)
}

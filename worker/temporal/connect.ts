/** Which Temporal server Relance works with: somebody's, or the embedded one. */
import { existsSync } from 'node:fs'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import type { NativeConnectionOptions } from '@temporalio/worker'
import { RelanceError } from '../../cadence/errors.ts'

export type TemporalChoice =
  | {
      kind: 'external'
      address: string
      namespace: string
      /** For `Connection.connect` and `NativeConnection.connect`: address, TLS, API key, headers. */
      connectionOptions: NativeConnectionOptions & { address: string }
    }
  | { kind: 'embedded' }

/**
 * Reads the `TEMPORAL_*` variables and the profile (`TEMPORAL_PROFILE`, else `default`) of the SDK's configuration
 * file (`TEMPORAL_CONFIG_FILE`, else `temporalio/temporal.toml` in the user's configuration folder). An address in
 * either means an external server; variables win over the file. An empty variable counts as unset.
 * @throws RelanceError `temporal_config` when what was asked for can't be read or names no address
 */
export function resolveTemporal(env: NodeJS.ProcessEnv = process.env): TemporalChoice {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value)) as Record<string, string>
  const { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: profile } = set
  if (file && !existsSync(file)) throw new RelanceError('temporal_config', { file })

  const { namespace = 'default', connectionOptions } = load(set)
  const { address } = connectionOptions
  if (address) {
    return { kind: 'external', address, namespace, connectionOptions: { ...connectionOptions, address } }
  }
  if (profile) throw new RelanceError('temporal_config', { profile })
  return { kind: 'embedded' }
}

function load(env: Record<string, string>): ReturnType<typeof loadClientConnectConfig> {
  try {
    return loadClientConnectConfig({ overrideEnvVars: env })
  } catch (error) {
    throw new RelanceError('temporal_config', { says: (error as Error).message }, { cause: error })
  }
}

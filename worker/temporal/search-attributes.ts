/** The search attributes a lead's workflow carries (workflows/attributes.ts), as the server must know them. */
import type { Connection } from '@temporalio/client'
import { RelanceError } from '../../cadence/errors.ts'

export const SEARCH_ATTRIBUTES = ['RelanceCadence', 'RelanceStage', 'RelanceStanding'] as const

/** `temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD` */
const KEYWORD = 2

/** gRPC status codes (https://grpc.github.io/grpc/core/md_doc_statuscodes.html). */
const NOT_FOUND = 5
const ALREADY_EXISTS = 6
const PERMISSION_DENIED = 7
const UNIMPLEMENTED = 12
const UNAUTHENTICATED = 16

/**
 * Adds the search attributes that the namespace lacks. Servers that cache attributes accept workflows with new
 * ones after up to a minute only.
 * @returns a warning for people when we may not add them ourselves (Temporal Cloud, restricted clusters)
 * @throws RelanceError `namespace_missing`, `search_attribute_type`
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<string | undefined> {
  try {
    const known = await listed(connection, namespace)
    const wrong = SEARCH_ATTRIBUTES.filter((name) => known[name] !== undefined && known[name] !== KEYWORD)
    if (wrong.length > 0) {
      throw new RelanceError('search_attribute_type', { namespace, names: wrong })
    }
    for (const name of SEARCH_ATTRIBUTES.filter((name) => known[name] === undefined)) {
      await connection.operatorService
        .addSearchAttributes({ namespace, searchAttributes: { [name]: KEYWORD } })
        .catch(unless(ALREADY_EXISTS))
    }
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) {
      throw new RelanceError('namespace_missing', { namespace }, { cause: error })
    }
    await unless(PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED)(error)
    return (
      `Relance may not add search attributes to the namespace ${namespace}. Leads start once they are there: ` +
      `temporal operator search-attribute create --namespace ${namespace} ` +
      SEARCH_ATTRIBUTES.map((name) => `--name ${name} --type Keyword`).join(' ')
    )
  }
}

/** The types of the namespace's own search attributes; none are known of the test server, which can only add. */
async function listed(connection: Connection, namespace: string): Promise<Record<string, number>> {
  try {
    return (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes ?? {}
  } catch (error) {
    await unless(UNIMPLEMENTED)(error)
    return {}
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code
}

/** A handler that lets these gRPC status codes pass and throws every other error on. */
function unless(...codes: number[]): (error: unknown) => Promise<void> {
  return async (error) => {
    if (!codes.includes(codeOf(error) as number)) throw error
  }
}

/** Publishing: a cadence file and its templates become a numbered version. */
import { RelanceError } from '../../cadence/errors.ts'
import type { Problem } from '../../cadence/language/problem.ts'
import { listCadences as list, publishCadence } from '../../store/cadences.ts'
import { checkCadence, contentHash, usedTemplates } from '../check/check.ts'
import type { CadenceRow, PublishBody, Published } from '../contract/index.ts'
import type { Deps } from './deps.ts'

/** How many problems the message itself tells; all of them are in `problems`. */
const TOLD = 20

/**
 * Checks a cadence and cuts a version of it; the same content is the same version.
 * @throws RelanceError `cadence_invalid`, with every error in `problems`
 */
export async function publish(
  deps: Pick<Deps, 'db' | 'clock'>,
  { source, file = 'cadence.yaml', templates = {} }: PublishBody,
): Promise<Published> {
  const { plan, problems } = checkCadence({ source, file, templates, folder: 'templates' })
  if (!plan) throw invalid(problems)
  const { version, isNew } = await publishCadence(deps.db, {
    name: plan.cadence,
    source,
    // Other templates in the folder belong to other cadences.
    files: usedTemplates(plan, templates),
    plan,
    hash: contentHash(plan, templates),
    now: await deps.clock.now(),
  })
  return { cadence: plan.cadence, version, isNew, warnings: problems.map((problem) => ({ ...problem })) }
}

/** Every cadence with the version launches use. */
export async function listCadences({ db }: Pick<Deps, 'db'>): Promise<CadenceRow[]> {
  return (await list(db)).map((cadence) => ({
    ...cadence,
    publishedAt: new Date(cadence.publishedAt).toISOString(),
  }))
}

function invalid(problems: Problem[]): RelanceError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const lines = errors.map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`)
  const more = lines.length > TOLD ? [`and ${lines.length - TOLD} more`] : []
  const error = new RelanceError('cadence_invalid', [...lines.slice(0, TOLD), ...more].join('\n'), {
    remedy: '`relance check FILE` says what would be right.',
    status: 422,
  })
  return Object.assign(error, { problems })
}

/** Publishing: a cadence file and its templates become a numbered version. */
import type { FeltEdit } from '../../cadence/edits.ts'
import { RelanceError } from '../../cadence/errors.ts'
import type { Problem } from '../../cadence/language/problem.ts'
import { listCadences as list, publishCadence } from '../../store/cadences.ts'
import { checkCadence } from '../check/check.ts'
import { contentHash, usedTemplates } from '../check/content-hash.ts'
import type { CadenceRow, PublishBody, Published } from '../contract/index.ts'
import type { Deps } from './deps.ts'
import { feltEdits } from './felt-edits.ts'
import { tryOnOpenLeads } from './try-out.ts'

/**
 * Checks a cadence and cuts a version of it; the same content is the same version.
 * @returns the version; warnings, and what it does to ids of steps that open leads have done, as data
 * @throws RelanceError `cadence_invalid`, with every error in `problems`
 */
export async function publish(
  deps: Pick<Deps, 'db' | 'clock' | 'mailboxes'>,
  { source, file = 'cadence.yaml', templates = {} }: PublishBody,
): Promise<Omit<Published, 'warnings' | 'edits'> & { warnings: Problem[]; edits: FeltEdit[] }> {
  const { mailboxes } = deps
  const { plan, problems } = checkCadence(
    { source, file, templates, folder: 'templates' },
    { mailboxes, sends: true },
  )
  if (!plan) {
    const errors = problems.filter(({ severity }) => severity === 'error').length
    throw new RelanceError('cadence_invalid', { errors }, { problems })
  }
  // Other templates in the folder belong to other cadences.
  const files = usedTemplates(plan, templates)
  const tried = await tryOnOpenLeads(deps, { plan, files }, file)
  const { version, isNew } = await publishCadence(deps.db, {
    name: plan.cadence,
    source,
    files,
    plan,
    hash: contentHash(plan, templates),
    now: await deps.clock.now(),
  })
  const edits = await feltEdits(deps.db, { ...plan, version })
  return { cadence: plan.cadence, version, isNew, warnings: [...problems, ...tried], edits }
}

/** Every cadence with the version launches use. */
export async function listCadences({ db }: Pick<Deps, 'db'>): Promise<CadenceRow[]> {
  return (await list(db)).map((cadence) => ({
    ...cadence,
    publishedAt: new Date(cadence.publishedAt).toISOString(),
  }))
}

/** The fingerprint of what a version of a cadence does: the same content is the same version. */
import { createHash } from 'node:crypto'
import type { Plan } from '../../cadence/plan.ts'
import { templatesOf } from '../../cadence/themes.ts'
import { STEP_KIND } from '../../cadence/words.ts'
import { type Templates, templateName } from './templates.ts'

/** The templates a plan can come to, in every language; others in the folder are other cadences'. */
export function usedTemplates(plan: Plan, templates: Templates): Templates {
  const steps = [...plan.stages, ...plan.plays].flatMap((part) => part.steps)
  const names = new Set([
    ...steps.flatMap((step) =>
      STEP_KIND[step.kind].words === 'template' ? templatesOf(step.name, step.theme) : [],
    ),
    ...(plan.nurture?.emails ?? []),
  ])
  const used = Object.entries(templates).filter(([file]) => names.has(templateName(file) ?? ''))
  return Object.fromEntries(used.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * SHA-256, in hex, of the plan without its version and of the templates it uses. Comments, the order of keys and
 * line ends make no difference.
 */
export function contentHash(plan: Plan, templates: Templates): string {
  const { version, ...content } = plan
  const files = Object.entries(usedTemplates(plan, templates)).map(([file, text]) => [
    file,
    text.replace(/\r\n?/g, '\n'),
  ])
  return createHash('sha256')
    .update(canonical([content, files]))
    .digest('hex')
}

/** JSON with the keys of every object sorted. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

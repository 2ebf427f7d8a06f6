/** `relance explain`: what comes next for a lead, when, why, and what would change it. */
import type { Command } from 'commander'
import type { ExplanationView } from '../../contract/index.ts'
import { moment, say, sayJson } from '../../terminal/output.ts'
import { action, verb } from '../verb.ts'

export const explain = (program: Command): Command =>
  verb(program, 'explain', 'say what comes next for a lead, when and why', [
    'relance explain hugo.morel@atelier-morel.example',
  ])
    .argument('<lead>', "a lead's id or e-mail address")
    .action(
      action(async (lead: string, { json }: { json?: boolean }) => {
        const { connect } = await import('../../library/connect.ts')
        const answer = await connect().explain(lead)
        if (json) sayJson(answer)
        else for (const sentence of sentences(answer)) say(sentence)
        return undefined
      }),
    )

/** A decision in sentences. */
export function sentences(e: ExplanationView): string[] {
  const place = e.outcome
    ? `ended as ${e.outcome}`
    : `in ${e.stage === 'nurture' ? 'the nurture' : `stage ${e.stage}`}`
  const lines = [`${e.lead} is a ${e.standing.is}, ${place} of ${e.cadence} version ${e.version}.`]
  if (e.standing.missing.length > 0 && !e.outcome) {
    lines.push(`To stand higher it lacks: ${e.standing.missing.join('; ')}.`)
  }
  if (e.standing.says && !e.outcome) lines.push(`What that looks at: ${e.standing.says}.`)
  if (e.standing.early && !e.outcome) {
    lines.push(
      'It is early stage: interested while credit is not decided, so kept warm, and sent no proposal.',
    )
  }
  const when = e.next?.at ? ` on ${moment(e.next.at)}` : ''
  if (e.does === 'touch') lines.push(`Next comes ${e.next?.step}${when}.`)
  if (e.does === 'pass') lines.push(`The stage is left${when}.`)
  if (e.does === 'rest') lines.push('Nothing is planned: it waits.')
  lines.push(`Because: ${e.because}.`)
  if (e.why && e.next?.at) lines.push(`Why then: ${e.why}.`)
  if (e.again && e.again !== e.next?.at) lines.push(`It looks again on ${moment(e.again)}, whatever else.`)
  lines.push(...sooner(e))
  if (e.from === 'record') lines.push('(No worker answered; this is what was recorded last.)')
  return lines
}

/** What would change it before then. */
function sooner(e: ExplanationView): string[] {
  switch (e.hold) {
    case 'paused':
      return [`It goes on with: relance resume ${e.lead}`]
    case 'reply':
    case 'held':
      return [`It goes on with: relance signal ${e.lead} reply.handled then=resume`]
    case 'account':
      return ["It goes on once the colleague's reply is handled, or at once when they write themselves."]
    case 'out_of_office':
    case 'callback':
      return ['It goes on by itself then, or at once when they write.']
    default:
      if (e.does === 'end') return []
      return [
        'Any signal acts at once: a reply holds it, an opt-out ends it, a goal that is met moves it on.',
      ]
  }
}

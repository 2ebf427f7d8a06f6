/**
 * What a template's words give away: tags of other programs' templates, which would be sent as they are, and HTML, whose
 * tags would be seen. Looked for when a cadence is checked.
 */
import type { TemplateFault } from '../../cadence/error-values.ts'
import type { Finding } from './lint-liquid.ts'
import type { LiquidText } from './liquid.ts'

/** Liquid's own, and in Markdown what is shown as it is: masked by spaces, so that places stay. */
const LIQUID =
  /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g
const CODE = /^(`{3,}|~{3,})[\s\S]*?^\1|(`+)(?!`)[\s\S]*?[^`]\2(?!`)/gm

/** Words that placeholders are made of, in square brackets or on their own. */
const FIELD =
  '(?:first|last|full|given|sur|company|contact|lead|prospect|customer|client|recipient|sender|your|my|job|e-?mail|phone|name|title|website|domain|city|' +
  'pr[ée]nom|nom|soci[ée]t[ée]|entreprise|civilit[ée]|fonction|ville|vorname|nachname|firma|anrede)'

/** Mautic, Mailchimp, Brevo, Salesforce, Outreach, Lemlist, HubSpot, ActiveCampaign, Mailmerge, ERB, JSP, PHP. */
const FOREIGN: readonly RegExp[] = [
  /\*\|[^|\n]{1,60}\|\*/g,
  /\[\[[^[\]\n]{1,60}\]\]/g,
  /<<[^<>\n]{1,60}>>/g,
  /<%[\s\S]{1,200}?%>/g,
  /<\?(?:php|=)[\s\S]{1,200}?\?>/g,
  /%%[^%\s][^%\n]{0,58}%%/g,
  /%[A-Z][A-Z0-9_]{2,40}%/g,
  /\$?\{[A-Za-z_!#^/$@][^{}\n]{0,80}\}/g,
  /\$\([A-Za-z_][\w.]{1,40}\)/g,
  new RegExp(`\\[${FIELD}(?:[ _.-]?\\p{L}+){0,2}(?:[,|][^[\\]\\n]{1,40})?\\](?![([:])`, 'giu'),
]

const TAG = /<(?:\/?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?\/?|!--[\s\S]*?--|!doctype[^<>]*)>/gi

/** Every such fault of a text. @param isMarkdown whether it has code, and whether HTML is one */
export function lintWords(text: LiquidText, { isMarkdown }: { isMarkdown: boolean }): Finding[] {
  let words = text.source.replace(LIQUID, blank)
  if (isMarkdown) words = words.replace(CODE, blank)
  words = words.replace(/\\[\\`*_{}[\]()#+.!<>|%$-]/g, blank)
  const found: { at: number; fault: TemplateFault }[] = []
  const add = (pattern: RegExp, kind: 'foreign_tag' | 'html'): void => {
    words = words.replace(pattern, (match: string, ...rest: unknown[]) => {
      const at = rest.find((value): value is number => typeof value === 'number') ?? 0
      found.push({ at, fault: { kind, text: match.length > 60 ? `${match.slice(0, 59)}…` : match } })
      return blank(match)
    })
  }
  for (const pattern of FOREIGN) add(pattern, 'foreign_tag')
  if (isMarkdown) add(TAG, 'html')
  return found.sort((a, b) => a.at - b.at).map(({ at, fault }) => ({ fault, ...placeOf(text, at) }))
}

const blank = (match: string): string => match.replace(/[^\n]/g, ' ')

function placeOf({ source, line, column }: LiquidText, at: number): { line: number; column: number } {
  const before = source.slice(0, at).split('\n')
  const last = before.at(-1)?.length ?? 0
  return { line: line + before.length - 1, column: before.length === 1 ? column + last : last + 1 }
}

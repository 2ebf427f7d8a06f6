/** Templates and a person to render them for. */

import type { Variables } from '../../activities/texts/liquid.ts'
import { parseTemplate, renderTemplate } from '../../activities/texts/template.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'

export const zoe: Variables = {
  contact: { first_name: 'Zoé', last_name: 'Martin', email: 'zoe@moulin.example', title: '', phone: null },
  lead: { company: 'Moulin & Fils', country: 'FR', locale: 'fr', booking: 'https://book.example/z?a=1&b=2' },
  sender: { name: 'Claire', email: 'claire@atelier.example' },
  urgency: 'calm',
}

export const template = (body: string, front = 'subject: Hello') =>
  parseTemplate(`---\n${front}\n---\n${body}`, 'hello.md')
export const render = (body: string, variables = zoe) => renderTemplate(template(body), variables)
export const inner = (html: string) => /<body>\n<div[^>]*>\n([\s\S]*)<\/div>\n<\/body>/.exec(html)?.[1]
export const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.match(/^<\/?[a-z0-9]*/i)?.[0])

/** An error's code, and what it says in English. */
export function failure(run: () => unknown): { code: string; message: string; remedy?: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof RelanceError) return { code: error.code, ...sayError(error, 'en') }
    throw error
  }
  throw new Error('it did not fail')
}

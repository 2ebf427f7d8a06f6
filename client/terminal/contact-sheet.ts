/**
 * Letters on one page that needs nothing else: HTML that a browser opens from a file. Each letter's own HTML stands in a
 * frame that may run nothing and reach nothing.
 */
import { html, raw } from 'hono/html'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { dictionaryOf } from '../../cadence/reasons/say.ts'
import type { Preview, PreviewedLetter } from '../contract/preview.ts'
import { aboutLetter, caveatsOf, headsOf } from './letter-words.ts'
import { terminalWords } from './words/words.ts'

/** Pictures that a letter shows may load; nothing else comes from elsewhere. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:"

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif }
body { margin: 0 auto; max-width: 80rem; padding: 1rem }
nav { columns: 18rem; margin-bottom: 2rem }
nav a { display: block }
article { border-top: 2px solid; margin: 2rem 0; padding-top: .5rem }
h2 { font-size: 1.1rem; margin: 0 }
.about, .note { opacity: .75 }
.caveat { border-inline-start: 4px solid #c60; margin: .5rem 0; padding-inline-start: .5rem }
dl { display: grid; gap: 0 .75rem; grid-template-columns: max-content 1fr; margin: .5rem 0 }
dd { margin: 0 }
.parts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)) }
iframe, pre { border: 1px solid #8886; border-radius: 4px; box-sizing: border-box; margin: 0; width: 100% }
iframe { background: Canvas; resize: vertical }
pre { font: 13px/1.5 ui-monospace, monospace; overflow: auto; padding: .75rem; unicode-bidi: plaintext; white-space: pre-wrap }
`

/** The page. */
export function contactSheet({ cadence, version, letters }: Preview, language: Language): string {
  const title = dictionaryOf(language).typeset(terminalWords(language).preview.title(cadence, version))
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title><style>${raw(STYLE)}</style></head><body>
<h1>${title}</h1>
<nav>${letters.map((letter, n) => html`<a href="#letter-${n + 1}">${linkTo(letter)}</a>`)}</nav>
${letters.map((letter, n) => card(letter, n + 1, language))}
</body></html>
`
  return String(page)
}

const linkTo = ({ template, file, urgency, step }: PreviewedLetter): string =>
  [file ?? template, step, urgency.join(', ')].filter(Boolean).join(' · ')

function card(letter: PreviewedLetter, n: number, language: Language) {
  const [name, ...about] = aboutLetter(letter, language)
  return html`<article id="letter-${n}">
<h2>${name}</h2><div class="about">${about.join(' · ')}</div>
${caveatsOf(letter, language).map((caveat) => html`<p class="caveat">${caveat}</p>`)}
<dl>${headsOf(letter, language).map(
    ({ name: head, value, note }) =>
      html`<dt>${head}</dt><dd><bdi>${value}</bdi>${note ? html` <span class="note">(${note})</span>` : ''}</dd>`,
  )}</dl>
${letter.html === null ? '' : parts(letter.html, letter.text ?? '', language)}
</article>`
}

function parts(letter: string, text: string, language: Language) {
  return html`<div class="parts"><iframe title="HTML" sandbox="" srcdoc="${letter}" style="height: ${heightFor(text)}px"></iframe>
<pre aria-label="${terminalWords(language).preview.text}">${text}</pre></div>`
}

/** Nothing inside a frame can say how high it is: what its text would take, with some room. */
function heightFor(text: string): number {
  const lines = text.split('\n').map((line) => Math.max(1, Math.ceil(line.length / 64)))
  return 80 + 22 * lines.reduce((sum, line) => sum + line, 0)
}

/**
 * Pictures of every letter of the examples, as Chromium draws them, light and dark: a contact sheet for each example,
 * language and colour scheme, in docs/letters. Wants Chromium (`CHROMIUM`, else /usr/bin/chromium) and pngquant.
 *   npm run letters:pictures
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { html } from 'hono/html'
import { type Browser, chromium } from 'playwright-core'
import { type ExampleLetters, exampleLetters } from '../test/support/example-letters.ts'

const FOLDER = fileURLToPath(new URL('../docs/letters/', import.meta.url))
/** A Monday: the pictures are the same whenever they are made. */
const AT = Date.UTC(2027, 0, 11, 9)
/** How wide a letter is, as in a mail program's pane, and how many stand side by side. */
const WIDTH = 600
const COLUMNS = 5
/** Drawn at half its size, which can still be read. */
const SCALE = 0.5
const COLOURS = 8

/** What the page runs: only there is a letter's height known. */
const AS_HIGH_AS_THEY_ARE = `for (const frame of document.querySelectorAll('iframe')) {
  frame.style.height = frame.contentDocument.documentElement.scrollHeight + 'px'
}`

async function picture(
  from: Browser,
  { letters }: ExampleLetters,
  colorScheme: 'light' | 'dark',
): Promise<Buffer> {
  const width = COLUMNS * (WIDTH + 40)
  const viewport = { width, height: 800 }
  const page = await from.newPage({ colorScheme, viewport, deviceScaleFactor: SCALE })
  // Nothing is fetched: a letter's remote pictures stay empty, as most mail programs show them at first.
  await page.route('**', (route) => route.abort())
  await page.setContent(String(sheet(letters)))
  await page.evaluate(AS_HIGH_AS_THEY_ARE)
  const drawn = await page.screenshot({ fullPage: true })
  await page.close()
  return drawn
}

/** The letters in columns, each under its file and its subject. Frames may be looked into, and still run nothing. */
const sheet = (letters: ExampleLetters['letters']) => html`<!doctype html><meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<style>
  body { columns: ${COLUMNS}; column-gap: 20px; font: bold 16px sans-serif; margin: 10px }
  figure { break-inside: avoid; margin: 0 0 20px }
  figcaption { unicode-bidi: plaintext }
  iframe { border: 1px solid #888; box-sizing: border-box; width: 100% }
</style>
${letters.map(
  ({ file, subjects, urgency, imagined, html: letter }) => html`<figure>
<figcaption>${[file, urgency.join(', '), ...(imagined.length > 0 ? [`imagined: ${imagined.join(', ')}`] : [])].join(' · ')}</figcaption>
<figcaption>${subjects[0]?.subject}</figcaption>
<iframe sandbox="allow-same-origin" srcdoc="${letter}"></iframe></figure>`,
)}`

/** Text in a few colours takes a fifth of the bytes. */
const quantized = (png: Buffer): Buffer =>
  execFileSync('pngquant', ['--nofs', String(COLOURS), '-'], { input: png, maxBuffer: 64 * 1024 * 1024 })

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
})
mkdirSync(FOLDER, { recursive: true })
for (const letters of await exampleLetters(AT)) {
  for (const scheme of ['light', 'dark'] as const) {
    const file = `${FOLDER}${letters.example}.${letters.language}.${scheme}.png`
    writeFileSync(file, quantized(await picture(browser, letters, scheme)))
    console.log(`${file}  ${letters.letters.length} letters`)
  }
}
await browser.close()

/** A contact sheet needs nothing else, runs nothing, and says what it shows. */
import { expect, test } from '@jest/globals'
import type { PreviewedLetter } from '../contract/preview.ts'
import { contactSheet } from './contact-sheet.ts'
import { letterLines } from './letters.ts'

const LETTER: PreviewedLetter = {
  part: { kind: 'stage', id: 'contact' },
  ...{ step: 'hello', template: 'hello', file: 'hello.fr.md', language: 'fr', urgency: ['calm', 'hot'] },
  ...{ role: 'decision_maker', from: 'Claire <claire@atelier.example>', to: 'Zoé <zoe@moulin.example>' },
  subjects: [
    { subject: 'Re: <b>&"', variant: null, of: 'thread' },
    { subject: 'Own', variant: 'short', of: 'own' },
  ],
  text: 'Hello </pre><script>alert(1)</script>\n',
  html: '<!doctype html><p title="x">Hello &lt;you&gt;</p><script>alert(1)</script>',
  ...{ imagined: ['fact.renewal'], failure: null, because: null },
}
const FAILED: PreviewedLetter = {
  ...LETTER,
  ...{ subjects: [], text: null, html: null, to: null, imagined: [] },
  ...{ failure: { code: 'offer_over' }, because: 'the offer is over' },
}
const PREVIEW = { cadence: 'small', version: 3, letters: [LETTER, FAILED] }

test('a letter stands in a frame that may do nothing, all of it as data', () => {
  const page = contactSheet(PREVIEW, 'en')
  expect(page).toContain('<title>Letters of small, version 3</title>')
  expect(page.match(/<iframe /g)).toHaveLength(1)
  const [, srcdoc = ''] = /sandbox="" srcdoc="([^"]*)"/.exec(page) ?? []
  expect(
    srcdoc.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  ).toBe(LETTER.html)
  expect(page).not.toMatch(/<script|<link|src="|url\(|<b>/)
  expect(page).toContain('default-src &#39;none&#39;')
  expect(page).toContain('Re: &lt;b&gt;&amp;&quot;')
  for (const id of [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)) {
    expect(page).toContain(`id="${id}"`)
  }
})

test('what it is, what was imagined, and what fails is said, in both languages', () => {
  expect(letterLines(PREVIEW, 'en')).toEqual([
    '── hello.fr.md · fr · stage contact, step hello · urgency calm, hot · for the decision maker',
    '! not known yet, so imagined: fact.renewal',
    'From: Claire <claire@atelier.example>',
    'To: Zoé <zoe@moulin.example>',
    'Subject: Re: <b>&"',
    'Subject: Own  (variant short, when the letter it follows up was never sent)',
    '',
    LETTER.text,
    '── hello.fr.md · fr · stage contact, step hello · urgency calm, hot · for the decision maker',
    "! can't be written: the offer is over",
    'From: Claire <claire@atelier.example>',
    'To: –',
    '',
  ])
  const page = contactSheet(PREVIEW, 'fr')
  expect(page).toContain('<html lang="fr">')
  expect(page).toContain('<dt>Objet\u00a0:</dt>')
  expect(page).toContain('pas encore connu, donc imaginé\u00a0: fact.renewal')
})

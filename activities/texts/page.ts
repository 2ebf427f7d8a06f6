/** The HTML page around a letter: its language, its direction, and that it may be shown light or dark. */
import type { Direction } from './direction.ts'

/**
 * Puts a letter's HTML on a page. Direction and language stand on an element of the body, too: web mail keeps nothing
 * of what is around it.
 * @param preheader - what inboxes show beside the subject
 */
export function page(body: string, preheader: string, { lang, dir }: Direction): string {
  const said = `lang="${escapeHtml(lang)}" dir="${dir}"`
  const hidden = preheader
    ? `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>\n`
    : ''
  return [
    '<!doctype html>',
    `<html ${said}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    '</head><body>',
    `<div ${said}>\n${hidden}${body}</div>`,
    '</body></html>\n',
  ].join('\n')
}

/** Text as HTML shows it. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

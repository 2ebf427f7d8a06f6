/**
 * Lines of a template that have nothing but tags: to Liquid their line breaks are text, and an `{% if %}` on a line of its
 * own would break a signature or a list apart. They are no lines of a letter.
 */

/** Put before the line break of such a line until it is rendered; for use inside programs only (Unicode, noncharacters). */
const MARK = '\uFDD2'

/** What is shown as it is; or a line of tags (none of those that print), comments among them. */
const RAW_OR_TAG_LINE =
  /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|^[ \t]*(?:(?:\{%-?\s*comment\s*-?%\}[\s\S]{0,2000}?\{%-?\s*endcomment\s*-?%\}|\{%(?!-?\s*(?:echo|cycle|liquid|raw)\b)(?:(?!%\})[\s\S]){0,2000}%\})[ \t]*)+(?=\n)/gm

/** The template with a mark at the end of each such line. No line and no column of it changes. */
export const markTagLines = (source: string): string =>
  source.replace(RAW_OR_TAG_LINE, (match) => {
    // A tag with `-%}` takes the line break away itself, and those behind it.
    const stays = /^\{%-?\s*raw\b/.test(match) || /-%\}[ \t]*$/.test(match)
    return stays ? match : match + MARK
  })

/** What was rendered of it, without those lines. */
export const withoutTagLines = (rendered: string): string =>
  rendered.replace(/[ \t]*\uFDD2\n/g, '').replaceAll(MARK, '')

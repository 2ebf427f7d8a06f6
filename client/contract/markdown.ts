/** Texts in Markdown. */

/** A text as a cell of a table has it. */
export const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')

/** Cleaning what people and spreadsheets wrote, before it goes into a message. */

/** Without control characters other than tab and line feed, and without halves of characters. */
export function withoutControls(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')
  return Buffer.from(lines).toString()
}

/** Whether a reader would see anything of it: not only spaces, and signs that show nothing. */
export const isVisible = (text: string): boolean =>
  /[^\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)

/** One line: breaks, control characters and what turns the reading direction become a space. */
export function oneLine(text: string): string {
  return Buffer.from(
    text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim(),
  ).toString()
}

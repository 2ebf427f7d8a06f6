/**
 * Plain subjects of a front matter, put in quotes before YAML sees them: to YAML a `#` behind a space begins a comment,
 * a `: ` another key, and `2026` is a number. To whoever writes a subject they are its words.
 */

/** A key that has a line of text behind it: `subject: …`, or the name of a variant, which is indented. */
const LINE = /^(\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s"'#:{}[\],&*!|>%@`-][^:\n]*?):[ \t]+(\S.*?)[ \t]*$/

/** What YAML itself has to read: quotes, flow mappings (`{{` and `{%` are Liquid), block texts. */
const YAML_VALUE = /^(?:["']|\{(?![{%])|[|>][-+0-9]*(?:\s+#.*)?$)/

/**
 * Puts quotes around the plain values of `subject`, `preheader` and the variants.
 * @returns the YAML, line for line, and the lines (from 0) whose values were plain
 */
export function quotePlainValues(source: string): { yaml: string; quoted: Set<number> } {
  const quoted = new Set<number>()
  const lines = source.split('\n')
  let inVariants = false
  const written = lines.map((line, index) => {
    const [, indent = '', value] = LINE.exec(line) ?? []
    if (/^\S/.test(line)) inVariants = /^variants:[ \t]*(?:#.*)?$/.test(line)
    const isText = indent === '' ? /^(?:subject|preheader)[ \t]*:/.test(line) : inVariants
    if (value === undefined || !isText || YAML_VALUE.test(value) || isComment(value)) return line
    if (goesOn(lines[index + 1], indent)) return line
    quoted.add(index)
    return line.slice(0, line.lastIndexOf(value)) + JSON.stringify(value)
  })
  return { yaml: written.join('\n'), quoted }
}

/** `Hello  # a note`: with a space on both sides it may be meant as a comment. Then YAML reads it, and it is refused. */
const isComment = (value: string): boolean => /(?:^|\s)#(?:\s|$)/.test(value)

/** Whether the next line belongs to the same text: it stands further to the right. */
function goesOn(next: string | undefined, indent: string): boolean {
  if (next === undefined || next.trim() === '') return false
  return (/^\s*/.exec(next)?.[0].length ?? 0) > indent.length
}

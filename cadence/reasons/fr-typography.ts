/** The spaces and quotes of French, for texts that are made of parts. */

/** Text with the spaces that French wants around signs; what is put in keeps its own, as code does. */
export const t = (text: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  String.raw({ raw: text.map(spaced) }, ...values)

const spaced = (text: string): string =>
  text
    .replace(/ (?=[:»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0')
    .replace(/ (?=[;!?])/g, '\u202f')

export const quoted = (name: string): string => t`« ${name} »`

/** What can be wrong with a template, in English. */
import type { TemplateFault, TextFault } from '../error-values.ts'

const list = (names: readonly string[], none = 'none'): string => names.join(', ') || none

const QUOTES = 'put the text in double quotes, as in  subject: "{{ contact.first_name }}, a question"'

/** What is wrong with a template, and what would be right. */
export function templateFaultEn(fault: TemplateFault): { message: string; remedy?: string } {
  switch (fault.kind) {
    case 'too_long':
      return { message: `the text has ${fault.characters} characters`, remedy: `at most ${fault.most}` }
    case 'boundless':
      return { message: 'it grows without bounds when rendered' }
    case 'no_clock':
      return { message: `a template has no clock: '${fault.word}' can't be used` }
    case 'tag_unknown':
      return { message: `there is no tag "${fault.tag}"`, remedy: `tags: ${list(fault.tags)}` }
    case 'filter_unknown':
      return { message: `there is no filter "${fault.filter}"` }
    case 'syntax':
      return {
        message: fault.says || 'it is not written as a template is',
        ...(fault.quotes ? { remedy: QUOTES } : {}),
      }
    case 'variant_unknown':
      return {
        message: `there is no variant "${fault.variant}"`,
        remedy: `variants: ${list(fault.variants)}`,
      }
    case 'subject_empty':
      return { message: 'the subject came out empty' }
    case 'body_empty':
      return { message: 'the text came out empty' }
    case 'comment':
      return {
        message: `what stands behind # in ${fault.key} may be a comment or a part of the text`,
        remedy: 'put the text in double quotes, and a comment behind them, or take it out',
      }
    case 'date_unclear':
      return {
        message: "what date is given can't be read as one date",
        remedy: 'give it 2026-03-01 (01/03/2026 is in January or in March)',
      }
    case 'condition_printed':
      return {
        message: `{{ ${fault.text} }} is a condition: it prints true or false`,
        remedy: "write {{ name | default: 'there' }} or {% if name %}…{% endif %}",
      }
    case 'not_read':
      return { message: `"${fault.text}" is not read there`, remedy: 'take it out, or write it as Liquid' }
    case 'never_equal':
      return fault.with === ''
        ? {
            message: `${fault.variable} is never equal to an empty text: what is empty is missing`,
            remedy: `ask {% if ${fault.variable} %} or {% unless ${fault.variable} %}`,
          }
        : {
            message: `${fault.variable} is a text, and never equal to ${fault.with}`,
            remedy: `compare it with "${fault.with}"`,
          }
    case 'and_with_or':
      return {
        message: 'with and beside or, a condition is not read as it is meant',
        remedy: 'put one {% if %} inside another',
      }
    case 'foreign_tag':
      return {
        message: `"${fault.text}" is of another program's templates: it would be sent as it is`,
        remedy: 'write {{ contact.first_name }}, {{ lead.company }} …',
      }
    case 'html':
      return {
        message: `"${fault.text}" is HTML, and a template is Markdown: its readers would see the tag`,
        remedy: 'write **bold**, [words](https://…), a blank line for a paragraph; \\< for the sign itself',
      }
    case 'no_front_matter':
      return {
        message: 'a template begins with its front matter',
        remedy: 'begin with  ---, then  subject: "…", then  ---, then the text',
      }
    case 'no_subject':
      return { message: 'the front matter has no subject', remedy: 'add  subject: "…"' }
    case 'no_text':
      return {
        message: `${fault.variant === undefined ? fault.key : `variant ${fault.variant}`} has to be a text`,
        remedy: QUOTES,
      }
    case 'no_variants':
      return {
        message: 'variants are names with a subject each',
        remedy: 'write  variants: { a: "…", b: "…" }',
      }
    case 'key_unknown':
      return {
        message: `the front matter has no key "${fault.key}"`,
        remedy: `keys: ${list(fault.keys)}`,
      }
  }
}

/** What can't be written for somebody: `hello.en.md:2:11 the subject came out empty`. */
export function textFaultEn(is: TextFault): string {
  const text = 'template' in is.text ? is.text.template : `step ${is.text.step}`
  const where = is.line !== undefined && 'template' in is.text ? `${text}:${is.line}:${is.column}` : text
  switch (is.kind) {
    case 'template':
      return `${where}: ${templateFaultEn(is.fault).message}`
    case 'link':
      return `${where}: a link would lead nowhere, it needs a web address`
    case 'value':
      return is.variable === undefined
        ? `${where}: a value came out empty`
        : `${where}: ${is.variable} has no value`
    case 'language':
      return `there is no letter ${text} in ${is.language}`
  }
}

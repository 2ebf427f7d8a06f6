/**
 * Values and numbers that are read the other way than their letter: without an element of their own, a telephone number
 * in an Arabic letter is shown with its groups reversed, and a bracket behind an Arabic name at its wrong end.
 */
import { type Direction, isFromRight } from './direction.ts'

/** Signs for use inside programs only (Unicode, noncharacters): around a value until a letter is laid out. */
const [BEGIN, END] = ['\uFDD0', '\uFDD1']
const MARKS = /[\uFDD0\uFDD1]/g
const VALUE = /\uFDD0([^\uFDD0\uFDD1]*)\uFDD1/g

/** What may be a telephone number or a date: digits in groups, or behind a plus. */
const NUMBER = /\+\d(?:[\d\s()./-]*\d)?|(?:\(\d+\)\s*)?\d[\d.]*[\s/-][\d\s./-]*\d/g
/** Fewer digits are separate numbers, which stand in the order of the letter. */
const FEWEST = 7

/** A value, so that it can be found again in its text. */
export const asValue = (value: string): string => BEGIN + withoutMarks(value) + END

/** The text as it reads. */
export const withoutMarks = (text: string): string => text.replace(MARKS, '')

/** What the template itself says. */
export const withoutValues = (text: string): string => text.replace(VALUE, '')

/** HTML in which what is read the other way is apart. */
export function isolated(html: string, dir: Direction['dir']): string {
  const parts = html.split(VALUE)
  return parts
    .map((part, n) => {
      if (n % 2 === 1) return directionOfValue(part) === dir ? part : apart(part, directionOfValue(part))
      return dir === 'rtl' ? part.replace(NUMBER, numberApart) : part
    })
    .join('')
}

/** By its first letter; what has none is read as numbers are. */
function directionOfValue(value: string): Direction['dir'] {
  const [first = ''] = /\p{L}/u.exec(value) ?? []
  return isFromRight(first) ? 'rtl' : 'ltr'
}

function numberApart(text: string): string {
  const isOne = text.startsWith('+') || text.replace(/\D/g, '').length >= FEWEST
  return isOne ? apart(text, 'ltr') : text
}

const apart = (html: string, dir: Direction['dir']): string => `<span dir="${dir}">${html}</span>`

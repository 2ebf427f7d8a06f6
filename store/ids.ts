/** Ids that say nothing about anybody. */
import { randomBytes } from 'node:crypto'

/** Crockford's base32 without the letters that are taken for digits. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** 14 random characters: 70 bits, so that no two are ever the same. */
export const newId = (): string => Array.from(randomBytes(14), (byte) => LETTERS[byte & 31]).join('')

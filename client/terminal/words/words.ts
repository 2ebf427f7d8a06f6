/** The terminal's words by language. */
import type { Language } from '../../../cadence/reasons/dictionary.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { TerminalWords } from './shape.ts'

const WORDS: Record<Language, TerminalWords> = { en, fr }

/** The words of a language. */
export const terminalWords = (language: Language): TerminalWords => WORDS[language]

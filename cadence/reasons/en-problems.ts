/** Problems in the files of a team, in English. */
import { cadenceProblemsEn } from './en-cadence-problems.ts'
import { fileProblemsEn } from './en-file-problems.ts'
import { inputProblemsEn } from './en-input-problems.ts'
import type { ProblemDictionary } from './problem-dictionary.ts'

export const problemsEn: ProblemDictionary = { ...fileProblemsEn, ...cadenceProblemsEn, ...inputProblemsEn }

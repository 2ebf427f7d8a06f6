/** Problems in the files of a team, in French. */
import { cadenceProblemsFr } from './fr-cadence-problems.ts'
import { fileProblemsFr } from './fr-file-problems.ts'
import { inputProblemsFr } from './fr-input-problems.ts'
import type { ProblemDictionary } from './problem-dictionary.ts'

export const problemsFr: ProblemDictionary = { ...fileProblemsFr, ...cadenceProblemsFr, ...inputProblemsFr }

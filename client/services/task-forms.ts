/** The forms of tasks: what a person can answer, by what the task asks for. */
import type { AskedTask } from '../../store/tasks.ts'
import type { TaskDetail } from '../contract/index.ts'

type Form = TaskDetail['form']

/** A task's. Without an answer it may be done, too. */
export function formOf({ kind, wording }: AskedTask): Form {
  if (wording?.code === 'mend') return MEND_FORM
  return kind === 'credit_check' ? CREDIT_FORM : NO_FORM
}

const NO: Form[number] = {
  ...{ name: 'decision', kind: 'one_of', values: ['opted_out'], required: true },
  about: 'opted_out: whom it is about wants no more e-mails',
}

/** The form of a task to mend what a step is made of. */
const MEND_FORM: Form = [
  {
    ...{ name: 'decision', kind: 'one_of', values: ['skip', 'opted_out'], required: true },
    about: 'skip: the step is left out; opted_out: whom it is about wants no more e-mails',
  },
  { name: 'note', kind: 'text', required: false, about: 'what was said; stays in the database' },
]

/** The form of any other task. */
const NO_FORM: Form = [
  NO,
  { name: 'note', kind: 'text', required: false, about: 'what was said; stays in the database' },
]

/** The form of a credit check that a person decides. */
const CREDIT_FORM: Form = [
  {
    ...{
      name: 'decision',
      kind: 'one_of',
      values: ['approved', 'refused', 'review', 'opted_out'],
      required: true,
    },
    about: 'what was decided; review: somebody has to look at the file first; opted_out: no more e-mails',
  },
  {
    name: 'limit',
    kind: 'number',
    required: false,
    about: 'the credit limit; an approval without one covers no amount',
  },
  { name: 'rating', kind: 'code', required: false, about: 'the rating, as in B+' },
  { name: 'reference', kind: 'code', required: false, about: 'where the decision is filed' },
  { name: 'note', kind: 'text', required: false, about: 'why; stays in the database' },
]

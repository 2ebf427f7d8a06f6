/** The workflow bundle's entry: what a worker hosts. */
export { lead } from './lead.ts'

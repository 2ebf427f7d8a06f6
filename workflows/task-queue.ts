/** Where workflows are put and workers look for them. */
export const TASK_QUEUE = 'relance'

/** Keys of what is delivered to Temporal. A signal's holds its lead, because ids are unique for a lead only. */
export const signalKey = (lead: string, id: string): string => `${lead}\n${id}`

/** The key of a workflow's start: the lead's id, and when it was reopened where that is why it starts. */
export const startKey = (lead: string, reopenedAt?: number): string =>
  reopenedAt === undefined ? lead : `${lead}@${reopenedAt}`

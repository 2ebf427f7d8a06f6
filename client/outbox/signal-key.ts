/** What a signal is known by while it is carried over: ids are unique for a lead only. */
export const signalKey = (lead: string, id: string): string => `${lead}\n${id}`

/** A workflow's start, as the relay tells of it: the lead's id, and which time it is when it was reopened. */
export const startKey = (lead: string, reopenedAt?: number): string =>
  reopenedAt === undefined ? lead : `${lead}@${reopenedAt}`

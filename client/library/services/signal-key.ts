/** What a signal is known by while it is carried over: ids are unique for a lead only. */
export const signalKey = (lead: string, id: string): string => `${lead}\n${id}`

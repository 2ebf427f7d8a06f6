/** The subject of a follow-up: the thread's, behind one `Re:`. With another, mail programs open a new conversation. */

/** What mail programs put before the subject of an answer, in languages that people use. */
const ANSWER = /^(?:(?:re|aw|sv|vs|antw|odp|rif|rép|réf|ref|ynt|回复|答复)\s*:\s*)+/iu

/** The subject of an answer to a letter. */
export const answerTo = (subject: string): string => `Re: ${subject.replace(ANSWER, '')}`

/** What tests ask of French texts: no English words, and the signs and spaces of French. */

/** Words that no French sentence has. */
export const ENGLISH =
  /\b(the|is|are|was|not|there|here|which|with|and|has|have|this|that|its?|of|to|from|be|been|than|can't|doesn't|nothing|write|give|add|set|it|by|were|when|who|whom|what|name|file|lead|leads|step|stage|mailbox|row|rows|read|empty|missing|key|keys|value|put|take|wait|until)\b/i

/** What is typed or quoted, as it stands in a file or a command. */
const TYPED = /`[^`]*`|"[^"]*"|\{\{.*?\}\}|\{%.*?%\}|https?:\S+|\S*[/_=.]\w\S*|--\w+/g

/** A text without what is typed. */
export const untyped = (text: string): string => text.replaceAll(TYPED, '')

/** An apostrophe of a typewriter, and signs that a line could begin with. */
export const UNTYPESET = [/\p{L}'\p{L}/u, / [:;!?»]|« /]

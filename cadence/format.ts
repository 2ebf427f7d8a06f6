/**
 * The format of what is stored or travels: leads, facts, plans, a workflow's input, commands. It is raised whenever
 * the meaning or the shape of one of them changes; `upgrade/` turns every older one into today's, because a lead may
 * sleep for a year while the code moves on. What has no number is of format 1.
 */
export const FORMAT = 3
export type Format = typeof FORMAT

/** Marks something as of today's format, for whoever reads it on a later day. */
export const stamped = <T extends object>(thing: T): T & { format: Format } => ({ ...thing, format: FORMAT })

declare const stored: unique symbol

/**
 * Something of this kind as it was stored, in whatever format: only `upgrade/` can open it, so that no rule meets a
 * field that older state lacks.
 */
export interface Stored<T> {
  readonly [stored]: T
}

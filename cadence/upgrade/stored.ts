/**
 * Opening what was stored, in whatever format, as what it is today. Every chain begins with format 1; a later format's
 * step is put behind it.
 */
import { RelanceError } from '../errors.ts'
import type { Facts } from '../facts.ts'
import type { Command } from '../fold.ts'
import { FORMAT, type Stored } from '../format.ts'
import type { Lead } from '../lead.ts'
import type { Plan } from '../plan.ts'
import * as from1 from './from-1.ts'
import * as from2 from './from-2.ts'

type Json = from1.Json
/** From one format to the next; the first one starts at format 1. */
export type Chain = readonly ((old: Json) => Json)[]

/**
 * Takes a stored thing through the steps that it hasn't had.
 * @throws RelanceError `format_too_new` for what a later Relance wrote
 */
export function upgraded(stored: unknown, chain: Chain, format = formatOf(stored)): unknown {
  if (format > FORMAT) throw new RelanceError('format_too_new', { format, known: FORMAT })
  return chain.slice(format - 1).reduce((old, step) => step(old), stored as Json)
}

function formatOf(stored: unknown): number {
  const { format } = stored as { format?: unknown }
  return typeof format === 'number' ? format : 1
}

export const openLead = (stored: Stored<Lead> | Lead): Lead =>
  upgraded(stored, [from1.lead, from2.lead]) as Lead
export const openFacts = (stored: Stored<Facts> | Facts): Facts =>
  upgraded(stored, [from1.facts, from2.facts]) as Facts
export const openPlan = (stored: Stored<Plan> | Plan): Plan =>
  upgraded(stored, [from1.plan, from2.plan]) as Plan
export function openCommand(stored: Stored<Command> | Command): Command {
  const command = upgraded(stored, [from1.command, from2.command]) as Command
  return command.kind === 'move' ? { ...command, plan: openPlan(command.plan) } : command
}

/** What an activity answered, as a history has it. `T` is today's shape. */
export const openRecordAnswer = <T>(stored: Stored<T> | T): T =>
  upgraded(stored, [from1.recordAnswer, from2.answer]) as T
export const openAttemptAnswer = <T>(stored: Stored<T> | T): T =>
  upgraded(stored, [from1.attemptAnswer, from2.answer]) as T

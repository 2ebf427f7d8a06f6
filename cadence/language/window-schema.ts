/** The window and the caps of a cadence file. */
import * as z from 'zod'
import { readHolidays } from './holiday-region.ts'
import { readCap, readClosed, readDays, readHours } from './notation.ts'
import { mapping, text } from './parts.ts'

export const windowSchema = mapping('window', {
  days: text(readDays, {
    examples: ['mon-fri', 'mon,wed,fri', 'business'],
    description: "The days of the week; business: the working week of the recipient's country.",
  })
    .optional()
    .meta({ default: 'mon-fri' }),
  hours: text(readHours, {
    pattern: '^\\d{1,2}:\\d{2} ?- ?\\d{1,2}:\\d{2}$',
    examples: ['09:00-17:30'],
    description: 'From when, and before when.',
  })
    .optional()
    .meta({ default: '09:00-17:30' }),
  holidays: text(readHolidays, {
    examples: ['FR', 'DE-BY'],
    description:
      "Public holidays are observed: each recipient's own, where their country is known; those of this country, or country and region, for everybody else.",
  }).optional(),
  closed: z
    .array(
      text(readClosed, {
        examples: ['2026-12-24', '2026-12-28..2026-12-31'],
        description: 'A day, or the first and the last of several.',
      }),
    )
    .optional()
    .describe("The team's own closed days."),
})

/** A cap in the short notation: `2 per week`. */
export const cap = (about: string, ...examples: string[]) =>
  text(readCap, {
    examples,
    description: `${about} Per day, week (from Monday) or month: of the lead's calendar. Per 24h or 7d: in any stretch of time.`,
  })

/** Pauses that end by themselves: `leads.paused_until`. */

export const statements: string[] = [
  `ALTER TABLE "leads" ADD COLUMN "paused_until" timestamp (3) with time zone`,
]

/** Adds `leads.progress`, how far a lead is, and `leads.final`, all of a lead that has ended. */

export const statements: string[] = [
  `ALTER TABLE "leads" ADD COLUMN "progress" jsonb`,
  `ALTER TABLE "leads" ADD COLUMN "final" jsonb`,
]

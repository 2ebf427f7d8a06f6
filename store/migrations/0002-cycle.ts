/** How far a lead is, and what an ended one was. */

export const statements: string[] = [
  `ALTER TABLE "leads" ADD COLUMN "progress" jsonb`,
  `ALTER TABLE "leads" ADD COLUMN "final" jsonb`,
]

/** Tasks that close by themselves, because their lead has ended or their stage or play is over, and say why. */

export const statements: string[] = [
  `ALTER TABLE "tasks" ADD COLUMN "closed_at" timestamp (3) with time zone`,
  `ALTER TABLE "tasks" ADD COLUMN "closing" jsonb`,
]

/** Reasons as data beside the sentences of format 1, which stay where they are for as long as older processes run. */

export const statements: string[] = [
  `ALTER TABLE "leads" ADD COLUMN "reason" jsonb`,
  `ALTER TABLE "leads" ALTER COLUMN "reason" SET DEFAULT '{"code": "not_started"}'`,
  `ALTER TABLE "leads" ADD COLUMN "lacks" jsonb`,
  `ALTER TABLE "leads" ADD COLUMN "outcome_cause" jsonb`,
  `ALTER TABLE "leads" ADD COLUMN "next_timing" jsonb`,
  `ALTER TABLE "touches" ADD COLUMN "reason" jsonb`,
  `ALTER TABLE "timeline" ADD COLUMN "format" integer DEFAULT 1 NOT NULL`,
  `ALTER TABLE "tasks" ADD COLUMN "wording" jsonb`,
]

/**
 * Leads that no workflow works for: what is known of them, all of a lead with every turn, so that its workflow can be
 * begun again; and who looks, one process at a time.
 */

export const statements: string[] = [
  `ALTER TABLE "leads" ADD COLUMN "task_at" timestamp (3) with time zone`,
  `ALTER TABLE "leads" ADD COLUMN "state" jsonb`,
  `ALTER TABLE "leads" ADD COLUMN "asleep_at" timestamp (3) with time zone`,
  `ALTER TABLE "leads" ADD COLUMN "asleep_because" text`,
  `ALTER TABLE "leads" ADD COLUMN "begun_again" integer DEFAULT 0 NOT NULL`,
  `ALTER TABLE "leads" ADD COLUMN "behind_at" timestamp (3) with time zone`,
  `CREATE INDEX "leads_asleep" ON "leads" ("asleep_at") WHERE asleep_at is not null`,
  `CREATE INDEX "leads_behind" ON "leads" ("behind_at") WHERE behind_at is not null`,
  `CREATE TABLE "leases" (
    "name" text PRIMARY KEY NOT NULL,
    "holder" text NOT NULL,
    "until" timestamp (3) with time zone NOT NULL
  )`,
]

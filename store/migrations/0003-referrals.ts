/** Who sent whom, and leads that begin again. */

export const statements: string[] = [
  `CREATE TABLE "referrals" (
    "referrer" text NOT NULL,
    "signal" text NOT NULL,
    "lead_id" text,
    "became" text NOT NULL,
    "at" timestamp (3) with time zone NOT NULL,
    CONSTRAINT "referrals_referrer_signal_pk" PRIMARY KEY("referrer","signal")
  )`,
  `ALTER TABLE "referrals" ADD CONSTRAINT "referrals_referrer_leads_id_fk"
    FOREIGN KEY ("referrer") REFERENCES "leads"("id")`,
  `ALTER TABLE "referrals" ADD CONSTRAINT "referrals_lead_id_leads_id_fk"
    FOREIGN KEY ("lead_id") REFERENCES "leads"("id")`,
  `CREATE INDEX "referrals_lead" ON "referrals" ("lead_id")`,
  `ALTER TABLE "leads" ADD COLUMN "reopened_at" timestamp (3) with time zone`,
]

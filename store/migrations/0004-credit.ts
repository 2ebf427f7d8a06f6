/** What credit providers were asked, so that what they say later finds its lead. */

export const statements: string[] = [
  `CREATE TABLE "credit_requests" (
    "reference" text PRIMARY KEY NOT NULL,
    "lead_id" text NOT NULL,
    "touch_key" text NOT NULL,
    "provider" text NOT NULL,
    "asked_at" timestamp (3) with time zone NOT NULL,
    "ref" text,
    "company" text
  )`,
  `ALTER TABLE "credit_requests" ADD CONSTRAINT "credit_requests_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "leads"("id")`,
  `CREATE INDEX "credit_requests_ref" ON "credit_requests" ("provider","ref")`,
  `CREATE INDEX "credit_requests_company" ON "credit_requests" ("provider","company")`,
]

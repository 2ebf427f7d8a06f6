/**
 * Who said no, with who wrote it down and why, and what was lifted; the addresses that people had before. Leads that
 * ended as opted out without their address being kept are kept now, and a lead's row has its main contact's address.
 */

export const statements: string[] = [
  `ALTER TABLE "suppressions" ADD COLUMN "source" text`,
  `ALTER TABLE "suppressions" ADD COLUMN "who" text`,
  `ALTER TABLE "suppressions" ADD COLUMN "note" text`,
  `CREATE TABLE "suppression_log" (
    "n" bigserial PRIMARY KEY NOT NULL,
    "email_key" text NOT NULL,
    "at" timestamp (3) with time zone NOT NULL,
    "what" text NOT NULL,
    "reason" text NOT NULL,
    "source" text,
    "who" text,
    "note" text
  )`,
  `CREATE INDEX "suppression_log_key" ON "suppression_log" ("email_key","n")`,
  `CREATE TABLE "former_addresses" (
    "email_key" text NOT NULL,
    "lead_id" text NOT NULL,
    "contact" text NOT NULL,
    "at" timestamp (3) with time zone NOT NULL,
    CONSTRAINT "former_addresses_email_key_lead_id_contact_pk" PRIMARY KEY("email_key","lead_id","contact")
  )`,
  `ALTER TABLE "former_addresses" ADD CONSTRAINT "former_addresses_lead_id_leads_id_fk"
    FOREIGN KEY ("lead_id") REFERENCES "leads"("id")`,
  `INSERT INTO "suppressions" ("email_key", "reason", "at", "source")
    SELECT DISTINCT ON (c.email_key) c.email_key, 'unsubscribed', coalesce(l.outcome_at, l.ended_at, l.launched_at), 'end'
    FROM leads l JOIN contacts c ON c.lead_id = l.id AND c.id = 'main'
    WHERE l.outcome = 'opted_out' AND c.email_key IS NOT NULL
    ORDER BY c.email_key, l.outcome_at
    ON CONFLICT (email_key) DO UPDATE SET reason = excluded.reason, at = excluded.at
      WHERE suppressions.reason = 'bounced'`,
  `UPDATE leads l SET email_key = c.email_key FROM contacts c
    WHERE c.lead_id = l.id AND c.id = 'main' AND c.email_key IS DISTINCT FROM l.email_key
      AND (l.ended_at IS NOT NULL OR NOT EXISTS (
        SELECT FROM contacts o JOIN leads ol ON ol.id = o.lead_id
        WHERE o.email_key = c.email_key AND o.lead_id <> l.id AND ol.ended_at IS NULL))`,
]

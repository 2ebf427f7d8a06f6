/**
 * Which address each e-mail was handed over for. Of those before this migration it is worked out: the address that the
 * contact had until it was next corrected, or else has now.
 */

export const statements: string[] = [
  `ALTER TABLE "touches" ADD COLUMN "address" text`,
  `UPDATE touches t SET address = coalesce(
      (SELECT f.email_key FROM former_addresses f
        WHERE f.lead_id = t.lead_id AND f.contact = t.contact AND f.at >= t.handed_over_at ORDER BY f.at LIMIT 1),
      (SELECT c.email_key FROM contacts c WHERE c.lead_id = t.lead_id AND c.id = t.contact))
    WHERE t.kind = 'email' AND t.handed_over_at IS NOT NULL`,
]

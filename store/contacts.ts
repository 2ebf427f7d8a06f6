/** The people around a lead. */
import { and, eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { emailKey } from './email-key.ts'
import { contacts } from './schema.ts'

export type Contact = Omit<typeof contacts.$inferSelect, 'leadId' | 'emailKey'>

/** Everybody known at a lead. */
export async function listContacts(db: Db, lead: string): Promise<Contact[]> {
  const found = await db.select().from(contacts).where(eq(contacts.leadId, lead)).orderBy(contacts.id)
  return found.map(({ leadId, emailKey, ...contact }) => contact)
}

/** The id of a lead's contact with this address. */
export async function findContact(db: Db, lead: string, email: string): Promise<string | undefined> {
  const [found] = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.leadId, lead), eq(contacts.emailKey, emailKey(email))))
    .limit(1)
  return found?.id
}

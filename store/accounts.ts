/** Which company somebody belongs to, as far as a cap for the whole company needs it. */
import { sql } from 'drizzle-orm'
import { type Db, records, rows } from './db.ts'
import { newId } from './ids.ts'

/** Where everybody may have a mailbox, so that the domain says nothing of the company. */
const PUBLIC_DOMAINS = new Set(
  `aol.com bluewin.ch free.fr freenet.de fastmail.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
  hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr hotmail.it icloud.com laposte.net libero.it live.com
  live.fr mac.com mail.com mail.ru me.com msn.com neuf.fr orange.fr outlook.com outlook.de outlook.fr pm.me
  proton.me protonmail.com qq.com 163.com sfr.fr t-online.de tiscali.it tutanota.com wanadoo.fr web.de yahoo.co.uk
  yahoo.com yahoo.de yahoo.fr yandex.ru ymail.com zoho.com`.split(/\s+/),
)

/** Whether everybody may have an address at this domain. */
export const isEverybodys = (domain: string): boolean => PUBLIC_DOMAINS.has(domain)

/** The account's key, or undefined when neither the address nor a company's name says which it is. */
export function accountKey(email: string, company: string | undefined): string | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  if (!isEverybodys(domain)) return `domain:${domain}`
  const name = company?.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  return name ? `company:${name}` : undefined
}

/** The accounts' ids by key; those that aren't there yet are made. */
export async function accountIds(db: Db, keys: string[]): Promise<Map<string, string>> {
  const list = [...new Set(keys)].sort().map((key) => ({ id: newId(), key }))
  if (list.length === 0) return new Map()
  await db.execute(
    sql`insert into accounts (id, key) select id, key from ${records(list)} as r(id text, key text)
        on conflict (key) do nothing`,
  )
  const found = await rows<{ id: string; key: string }>(
    db,
    sql`select a.id, a.key from accounts a join ${records(list)} as r(key text) on r.key = a.key`,
  )
  return new Map(found.map(({ id, key }) => [key, id]))
}

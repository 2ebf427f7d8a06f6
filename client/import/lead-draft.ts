/** A lead as it was read from a file: what a launch takes, before anything is known of it. */
import { z } from 'zod'
import { ROLES } from '../../cadence/words.ts'

/** Longest text of a field that has a meaning to us; a custom field may be longer (a remark). */
export const LONGEST_TEXT = 300

/** One line: no line break, NUL or other control character may reach a header, a subject or a log. */
const line = z.string().regex(/^[^\p{Cc}\u2028\u2029]+$/u)
const text = line.max(LONGEST_TEXT)

/** The edge's check of a draft; everything but the address may be missing. */
export const leadDraftSchema = z.strictObject({
  /** The row a spreadsheet shows. */
  row: z.int().min(2),
  /** Checked, its domain in ASCII; compare by `emailKey`. */
  email: line.max(254),
  firstName: text.optional(),
  lastName: text.optional(),
  company: text.optional(),
  phone: text.optional(),
  title: text.optional(),
  /** The seller, by the name or address the CRM has. */
  owner: text.optional(),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Its country and the part of it, where holidays are known of that: `DE-BY`. */
  region: z
    .string()
    .regex(/^[A-Z]{2}(?:-[A-Za-z0-9]{1,8}){1,2}$/)
    .optional(),
  /** IANA. Missing where `zoneFrom` is `default`. */
  zone: text.optional(),
  zoneFrom: z.enum(['column', 'region', 'country', 'default']),
  /** A language (BCP 47): `fr`. */
  locale: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  role: z.enum(ROLES).optional(),
  source: text.optional(),
  /** The CRM's own id. */
  externalId: text.optional(),
  /** Every other column that has a value, by a name that templates can use. */
  custom: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), line),
})

export type LeadDraft = z.infer<typeof leadDraftSchema>

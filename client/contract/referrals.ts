/** Referral chains on the wire. */
import { z } from '@hono/zod-openapi'
import { OUTCOMES, STANDINGS } from '../../cadence/words.ts'
import { count } from './numbers.ts'

const referralLink = z.object({
  by: z.string().openapi({ description: 'who named them' }),
  lead: z.string().nullable().openapi({ description: 'null for an address that must not be written to' }),
  became: z.enum(['started', 'linked', 'suppressed']),
  at: z.string(),
  depth: count().openapi({ description: 'how far from the lead that was asked for' }),
  company: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  standing: z.enum(STANDINGS).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
})
export const referrals = z
  .object({
    lead: z.string(),
    referredBy: z.array(referralLink).openapi({
      description: 'the chain to this lead, the nearest link first; names and standing are those of `by`',
    }),
    referred: z.array(referralLink).openapi({
      description:
        'everybody who came through this lead, branch by branch; names and standing are those of `lead`',
    }),
  })
  .openapi('Referrals')

export type Referrals = z.infer<typeof referrals>

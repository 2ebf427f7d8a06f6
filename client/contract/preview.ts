/** Letters as they would go to a lead, on the wire and as `preview --json` has them. */
import { z } from '@hono/zod-openapi'
import { ordinal } from './numbers.ts'
import { orNull } from './or-null.ts'
import { reason } from './reasons.ts'
import { line, query, readerZone } from './text.ts'

export const previewQuery = query({
  template: line(80)
    .optional()
    .openapi({ description: 'only its letters; all of the cadence when left out' }),
  zone: readerZone,
})

export const previewedLetter = z
  .object({
    part: z.object({ kind: z.enum(['stage', 'play', 'nurture']), id: z.string() }),
    step: z.string().nullable().openapi({ description: 'null in the nurture, whose letters take turns' }),
    template: z.string(),
    file: z.string().nullable().openapi({ description: "null where there is none in the reader's language" }),
    language: z.string().nullable(),
    urgency: z.array(z.string()).openapi({ description: 'the levels at which it reads so' }),
    role: z.string().nullable().openapi({ description: "whom it is for, where that isn't the main contact" }),
    from: z.string(),
    to: z.string().nullable().openapi({ description: 'null where no address is known' }),
    subjects: z
      .array(
        z.object({
          subject: z.string(),
          variant: z.string().nullable(),
          of: z.enum(['own', 'thread']).openapi({ description: 'its own, or of the letter it follows up' }),
        }),
      )
      .openapi({ description: 'those it may have; variants are spread evenly over leads' }),
    text: z.string().nullable(),
    html: z.string().nullable(),
    imagined: z.array(z.string()).openapi({ description: "variables whose values aren't known yet" }),
    failure: orNull(reason, "why it can't be written"),
    because: z.string().nullable().openapi({ description: 'the failure, in words' }),
  })
  .openapi('PreviewedLetter')

export const preview = z
  .object({
    cadence: z.string(),
    version: ordinal().nullable().openapi({ description: 'null for a file' }),
    letters: z.array(previewedLetter),
  })
  .openapi('Preview')

export type PreviewedLetter = z.infer<typeof previewedLetter>
export type Preview = z.infer<typeof preview>

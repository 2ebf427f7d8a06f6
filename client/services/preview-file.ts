/** A cadence file's letters: for somebody of a list, or for an imagined reader in each of its languages. */
import type { Reader } from '../../activities/texts/every-text.ts'
import { lettersIn } from '../../activities/texts/letter-file.ts'
import type { Published } from '../../activities/touch/published.ts'
import { RelanceError } from '../../cadence/errors.ts'
import type { Problem } from '../../cadence/language/problem.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { emailKey } from '../../store/email-key.ts'
import type { SenderOf } from '../../worker/senders.ts'
import { checkFile } from '../check/check.ts'
import { usedTemplates } from '../check/content-hash.ts'
import { readerOf } from '../check/letters.ts'
import { sampleLeads } from '../check/read-leads.ts'
import { imaginedReader } from '../check/sample-leads.ts'
import type { Preview } from '../contract/preview.ts'
import { lettersView } from './preview-view.ts'

export interface PreviewFileOptions {
  /** Only letters of this template. */
  template?: string | undefined
  /** Whom: a row as a spreadsheet counts them, or an address; the imagined readers when both are left out. */
  row?: number | undefined
  lead?: string | undefined
  /** The list; `leads.csv` beside the cadence when left out. */
  leads?: string | undefined
  mailboxes?: readonly string[] | undefined
  senderOf: SenderOf
  /** When the letters would go. */
  at: number
  language: Language
}

/**
 * @returns the letters, or what is wrong with the files
 * @throws RelanceError `template_unknown`, `not_in_list`, and where the list can't be read
 */
export async function previewFile(
  file: string,
  { template, mailboxes, senderOf, at, language, ...whom }: PreviewFileOptions,
): Promise<(Preview & { warnings: Problem[] }) | { problems: Problem[] }> {
  const { plan, templates, problems } = checkFile(file, mailboxes ? { mailboxes } : {})
  if (!plan) return { problems }
  const published = { plan, files: usedTemplates(plan, templates) }
  const one = whom.row !== undefined || whom.lead !== undefined
  const readers = one ? [await fromList(file, whom)] : imaginedReaders(published)
  const letters = readers.flatMap((reader) =>
    lettersView(
      published,
      {
        contextFor: ({ to }) => ({
          ...reader,
          contact: to === undefined || to === reader.role || !one ? reader.contact : null,
          thread: null,
        }),
        ...{ invented: !one, sender: senderOf(plan.from), at },
      },
      template,
      { language, zone: reader.zone, now: at },
    ),
  )
  return { cadence: plan.cadence, version: null, letters, warnings: problems }
}

/** One for each language that the letters are in, or have to be. */
const imaginedReaders = (published: Published): Reader[] =>
  lettersIn(published.plan, published.files).map((language) => imaginedReader(published, language))

async function fromList(
  cadence: string,
  { row, lead, leads }: Pick<PreviewFileOptions, 'row' | 'lead' | 'leads'>,
): Promise<Reader> {
  const list = await sampleLeads(cadence, leads)
  const key = lead === undefined ? undefined : emailKey(lead)
  const found = list?.leads.find((one) => (key === undefined ? one.row === row : emailKey(one.email) === key))
  if (found) return readerOf(found)
  const file = list?.file ?? 'leads.csv'
  throw new RelanceError('not_in_list', lead === undefined ? { file, row: row ?? 0 } : { file, lead })
}

/**
 * The process that reads a workbook, apart from ours: what is in one can take any memory and any time. The workbook comes
 * in on its standard input, CSV goes out on its standard output, and what there is to say of it is sent as a message.
 */
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { RelanceError } from '../../../cadence/errors.ts'
import type { Answer, Question } from './read-workbook.ts'
import { toCsv } from './to-csv.ts'

async function write(csv: string): Promise<void> {
  if (!process.stdout.write(csv)) await once(process.stdout, 'drain')
}

async function answer(): Promise<Answer> {
  const question = JSON.parse(process.argv[2] ?? '{}') as Question
  try {
    return { facts: await toCsv(await buffer(process.stdin), question, write) }
  } catch (error) {
    if (error instanceof RelanceError) return { code: error.code, values: error.values } as Answer
    return {
      code: 'workbook_broken',
      values: { says: error instanceof Error ? error.message : String(error) },
    }
  }
}

process.send?.(await answer(), () => process.disconnect())

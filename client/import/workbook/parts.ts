/** What a workbook says outside of its sheets: which sheets it has, its texts, and the formats of its numbers. */
import type { Archive } from './archive.ts'
import { type NumberFormat, numberFormat } from './number-format.ts'
import { readXml, unescaped } from './xml.ts'

export interface SheetName {
  name: string
  /** Its name in the archive. */
  part: string
  hidden: boolean
}

export interface Workbook {
  /** Sheets with cells, in their order: no charts. */
  sheets: SheetName[]
  /** What cells of texts point to. */
  texts: readonly string[]
  /** What cells of numbers point to. */
  formats: readonly NumberFormat[]
}

/** Reads them. @returns undefined where the archive is no workbook that is written as XML */
export async function readParts(archive: Archive): Promise<Workbook | undefined> {
  const main = (await archive.relations('')).find(({ kind }) => kind === 'officeDocument')?.part
  if (main === undefined || !archive.has(main) || !main.endsWith('.xml')) return undefined
  const relations = await archive.relations(main)
  const part = (kind: string): string => relations.find((one) => one.kind === kind)?.part ?? ''
  const { sheets, from1904 } = await readSheets(archive, main)
  const known = sheets.flatMap(({ id, ...sheet }) => {
    const found = relations.find((one) => one.id === id && one.kind === 'worksheet')
    return found ? [{ ...sheet, part: found.part }] : []
  })
  if (known.length === 0) return undefined
  const texts = await readTexts(archive, part('sharedStrings'))
  return { sheets: known, texts, formats: await readFormats(archive, part('styles'), from1904) }
}

async function readSheets(archive: Archive, main: string) {
  const sheets: { name: string; id: string; hidden: boolean }[] = []
  let from1904 = false
  await readXml(archive.read(main), {
    open(element, attributes) {
      if (element === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes().date1904 ?? '')
      if (element !== 'sheet') return
      const { name = '', id = '', state = 'visible' } = attributes()
      sheets.push({ name: unescaped(name), id, hidden: state !== 'visible' })
    },
  })
  return { sheets, from1904 }
}

/** Texts are whole, whatever their runs look like; how a word is pronounced isn't part of it. */
async function readTexts(archive: Archive, part: string): Promise<string[]> {
  const texts: string[] = []
  let text = ''
  let inside = false
  let spoken = false
  await readXml(archive.read(part), {
    open(element) {
      if (element === 'si') text = ''
      else if (element === 'rPh') spoken = true
      inside = element === 't'
    },
    text(piece) {
      if (inside && !spoken) text += piece
    },
    close(element) {
      inside = false
      if (element === 'rPh') spoken = false
      if (element === 'si') texts.push(unescaped(text))
    },
  })
  return texts
}

async function readFormats(archive: Archive, part: string, from1904: boolean): Promise<NumberFormat[]> {
  const codes = new Map<number, string>()
  const formats: NumberFormat[] = []
  let inCells = false
  await readXml(archive.read(part), {
    open(element, attributes) {
      if (element === 'numFmt') {
        const { numFmtId, formatCode = '' } = attributes()
        codes.set(Number(numFmtId), formatCode)
      }
      if (element === 'cellXfs') inCells = true
      if (element !== 'xf' || !inCells) return
      const id = Number(attributes().numFmtId ?? 0)
      formats.push(numberFormat(id, codes.get(id), from1904))
    },
    close(element) {
      if (element === 'cellXfs') inCells = false
    },
  })
  return formats
}

import { describe, expect, test } from '@jest/globals'
import { decode as decodePieces } from './decode.ts'

const decode = (bytes: Uint8Array) => {
  const { pieces, name, damaged } = decodePieces(bytes)
  return { text: [...pieces()].map((piece) => piece.text).join(''), encoding: name, damaged }
}

const SAMPLE = 'Prénom;Nom\r\nMaël;Clément €\r\n'

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

/** Enough of windows-1252 for the sample: Latin-1 plus the euro sign. */
const windows1252 = (text: string): Uint8Array => Buffer.from(text.replaceAll('€', '\x80'), 'latin1')

describe('decode', () => {
  test.each([
    ['UTF-8', Buffer.from(SAMPLE), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${SAMPLE}`), 'utf-8'],
    ['UTF-16 LE', utf16(SAMPLE, false), 'utf-16le'],
    ['UTF-16 BE', utf16(SAMPLE, true), 'utf-16be'],
    ['UTF-16 LE without a mark', utf16(SAMPLE, false).subarray(2), 'utf-16le'],
    ['UTF-16 BE without a mark', utf16(SAMPLE, true).subarray(2), 'utf-16be'],
    ['windows-1252', windows1252(SAMPLE), 'windows-1252'],
  ])('reads %s', (_, bytes, encoding) => {
    expect(decode(bytes)).toEqual({ text: SAMPLE, encoding, damaged: false })
  })

  test('one broken byte does not turn a UTF-8 file into mojibake', () => {
    const bytes = Buffer.concat([Buffer.from('Hélène,Zoé,'), Buffer.from([0xe9]), Buffer.from(',été')])
    expect(decode(bytes)).toEqual({ text: 'Hélène,Zoé,\ufffd,été', encoding: 'utf-8', damaged: true })
  })

  test('a view into a larger buffer is read from where it starts', () => {
    const whole = windows1252(`xx${SAMPLE}`)
    expect(decode(whole.subarray(2)).text).toBe(SAMPLE)
  })

  test.each([
    ['an empty file', Buffer.alloc(0), 'csv_empty'],
    ['a workbook', Buffer.from('PK\x03\x04…'), 'csv_spreadsheet'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'csv_spreadsheet'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'csv_spreadsheet'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xd]), 'csv_binary'],
  ])('refuses %s', (_, bytes, code) => {
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ code }))
  })
})

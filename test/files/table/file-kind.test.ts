import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { orderSheetOf } from '../../../src/files/reports/order-sheet.ts'
import { readTable } from '../../../src/files/table/table.ts'
import { toXlsx } from '../../../src/files/xlsx/write.ts'
import { readXlsx } from '../../support/xlsx.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const text = (content: string) => Buffer.from(content)
const OLE = hex('d0cf11e0a1b11ae1')
const ole = (...entries: string[]) =>
  Buffer.concat([
    OLE,
    Buffer.alloc(504),
    ...entries.map((entry) => Buffer.from(entry, 'utf16le')),
    Buffer.alloc(64),
  ])
const BOF = '0908 1000 0006 0500 0000 0000 0000 0000 0000 0000'
const zipped = (files: Record<string, string>) =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, text(content)])), {
      level: 0,
    }),
  )
const encryptedZip = () => {
  const zip = zipped({ 'a.csv': 'a' })
  zip[6] = 1
  return zip
}

const KINDS: [bytes: Buffer, said: string][] = [
  [ole('Root Entry', 'EncryptionInfo', 'EncryptedPackage'), 'パスワードで保護'],
  [Buffer.concat([ole('Workbook'), hex(BOF), hex('2f00 3600')]), 'パスワードで保護'],
  [ole('Root Entry', 'Workbook'), '以前の形式のExcelブック（.xls）'],
  [ole('Book'), '以前の形式のExcelブック（.xls）'],
  [ole('WordDocument'), '（.doc）'],
  [ole('PowerPoint Document'), '（.ppt）'],
  [zipped({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '' }), '（.ods）'],
  [zipped({ mimetype: 'application/vnd.oasis.opendocument.text' }), '（.odt）'],
  [zipped({ '[Content_Types].xml': '', 'xl/workbook.bin': '', 'xl/worksheets/sheet1.bin': '' }), '（.xlsb）'],
  [zipped({ 'word/document.xml': '' }), '（.docx）'],
  [zipped({ 'ppt/presentation.xml': '' }), '（.pptx）'],
  [zipped({ 'Index/Document.iwa': '', 'Metadata/Properties.plist': '' }), '（.numbers）'],
  [zipped({ 'Index/Tables/Tile.iwa': '' }), '（.numbers）'],
  [encryptedZip(), 'パスワードで保護'],
  [text('%PDF-1.7\n'), 'PDF'],
  [hex('89504e470d0a1a0a'), '画像（PNG）'],
  [hex('ffd8ffe000104a46'), '画像（JPEG）'],
  [text('GIF89a'), '画像（GIF）'],
  [hex('49492a0008000000'), '画像（TIFF）'],
  [hex('424d 36000000 0000 0000 36000000 28000000 01000000 01000000 0100'), '画像（BMP）'],
  [Buffer.concat([text('RIFF'), hex('24000000'), text('WEBPVP8 ')]), '画像（WebP）'],
  [Buffer.concat([hex('00000018'), text('ftypheic')]), '画像（HEIC）'],
  [hex('1f8b0800'), '（gzip）'],
  [hex('377abcaf271c'), '（7z）'],
  [text('Rar!\u001a\u0007'), '（RAR）'],
  [text('SQLite format 3\0'), '（SQLite）'],
  [text('{\\rtf1\\ansi'), '（.rtf）'],
  [text('ID;PWXL;N;E\r\n'), '（.slk）'],
  [text('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'), 'HTML'],
  [text('\ufeff<!DOCTYPE html>\n<html>'), 'HTML'],
  [text('<table><tr><td>医療機関コード</td></tr></table>'), 'HTML'],
  [text('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'), 'XMLスプレッドシート'],
  [text('MIME-Version: 1.0\r\nContent-Type: multipart/related'), '（.mht）'],
  [Buffer.from('\ufeff医療機関コード', 'utf16le'), 'UTF-16'],
]

describe('a file that is none of ours is named as what it is', () => {
  test.each(KINDS.map(([bytes, said]) => [said, bytes] as const))('%s', async (said, bytes) => {
    const hospitals = parseHospitalFile(readTable(bytes), {
      prefectureCode: '46',
      geography: { municipalities: [], regions: [] },
    })
    expect(hospitals).toEqual({ ok: false, message: expect.stringContaining(said) })
    const order = await orderSheetOf(bytes)
    expect(order).toEqual({ ok: false, problems: [{ row: null, message: expect.stringContaining(said) }] })
    expect(await readXlsx(bytes)).toEqual({ ok: false, message: expect.stringContaining(said) })
    expect(hospitals).toEqual({ ok: false, message: expect.stringContaining('保存し直してください。') })
  })
})

test('what may be text is read as text, and a workbook as a workbook', async () => {
  for (const csv of [
    'BM,医療機関コード\n',
    'GI,医療機関コード\n',
    'PK,医療機関コード\n',
    'ID,正式名称\n',
    '<,医療機関コード\n',
  ]) {
    const read = parseHospitalFile(readTable(text(csv)), {
      prefectureCode: '46',
      geography: { municipalities: [], regions: [] },
    })
    expect(read).toEqual({ ok: false, message: expect.stringContaining('必要な列がありません') })
  }
  expect(await readXlsx(await toXlsx([{ name: 'a', headers: ['a'], rows: [] }]))).toMatchObject({ ok: true })
  expect(await readXlsx(text('医療機関コード'))).toEqual({
    ok: false,
    message: expect.stringContaining('ではないようです'),
  })
})

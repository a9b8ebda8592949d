import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeCsv } from '../../../src/files/table/encoding.ts'

const eucJp = (text: string) => iconv.encode(text, 'euc-jp')

describe('decodeText', () => {
  const text = '医療機関名,﨑元病院\r\n①㈱髙濵～－'

  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['CP932', iconv.encode(text, 'cp932'), 'cp932'],
  ])('reads %s', (_name, bytes, encoding) => expect(decodeText(bytes)).toEqual({ ok: true, text, encoding }))

  it.each([
    ['an Excel workbook', Buffer.from('PK\x03\x04rest', 'latin1'), 'Excelブック（.xlsx）のようです'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), '（.xls）のようです'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'PDFのようです'],
    ['Unicode text', Buffer.from(`\ufeff${text}`, 'utf16le'), 'UTF-16'],
    ['zeros', Buffer.from('a\0b'), '文字のファイルではない'],
    ['neither encoding', Buffer.from([0x61, 0xff, 0x80]), 'UTF-8でもShift_JIS（CP932）でもありません'],
    [
      'EUC-JP',
      Buffer.from([0xb5, 0xc5, 0xce, 0xc5, 0xfd, 0xfd]),
      'UTF-8でもShift_JIS（CP932）でもありません',
    ],
    [
      'EUC-JP that CP932 could be',
      eucJp('医療機関コード,医療機関名\n4619900014,架空病院\n'),
      'EUC-JPのようです',
    ],
    ['EUC-JP of one name', eucJp('試験病院'), 'EUC-JPのようです'],
    ['ISO-2022-JP', Buffer.from('\u001b$B0eNE\u001b(B,a\n'), 'ISO-2022-JP'],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), '文字のファイルではない'],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'UTF-16'],
    [
      'two encodings in one',
      Buffer.concat([Buffer.from(text), iconv.encode(text, 'cp932'), Buffer.from([0xff])]),
      'でもありません',
    ],
  ])('refuses %s and says what to do', (_name, bytes, message) => {
    const decoded = decodeText(bytes)
    if (decoded.ok) throw new Error('decoded')
    expect(decoded.message).toContain(message)
    expect(decoded.message).toContain('保存し直してください')
  })

  it.each(['ﾌﾘｶﾞﾅ,医療機関名\nｶｸｳ,架空病院', 'ｱｲｳ\n病院', '髙﨑ﾋﾞｮｳｲﾝ'])(
    'reads half-width kana in CP932: %j',
    (csv) =>
      expect(decodeText(iconv.encode(csv, 'cp932'))).toEqual({ ok: true, text: csv, encoding: 'cp932' }),
  )

  it('reads CP932 as an independent table does, or refuses', () => {
    // Without controls and 外字: tables differ on them, and neither survives normalisation.
    const byte = fc.integer({ min: 0x20, max: 0xff }).filter((value) => value !== 0x7f)
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        const decoded = decodeText(Uint8Array.from(bytes))
        if (decoded.ok && decoded.encoding === 'cp932' && !/\p{Co}/u.test(decoded.text))
          expect(decoded.text).toBe(iconv.decode(Buffer.from(bytes), 'cp932'))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('encodeCsv', () => {
  it('writes a BOM for UTF-8, and every character as it is', () => {
    expect(encodeCsv('名\r\n𠮷\r\n', 'utf-8')).toEqual(Buffer.from('\ufeff名\r\n𠮷\r\n'))
  })

  it('writes CP932, the wave dash and its family as CP932 has them', () => {
    const encoded = encodeCsv('名\r\n9〜18時 5290−29 ‖¢£¬—\r\n', 'cp932')
    expect(iconv.decode(encoded, 'cp932')).toBe('名\r\n9～18時 5290－29 ∥￠￡￢―\r\n')
  })

  it('writes others for what CP932 lacks, and no cell ends or begins otherwise by it', () => {
    const csv = '番号,病院名\r\n1,"東,病院\n別館"\r\n2,土𠮷㈳病院葛\u{e0100}é😀\r\n3,\ufe66\ufe10\uff02\r\n'
    expect(iconv.decode(encodeCsv(csv, 'cp932'), 'cp932')).toBe(
      '番号,病院名\r\n1,"東,病院\n別館"\r\n2,土吉(社)病院葛e〓\r\n3,〓〓＂\r\n',
    )
  })
})

import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { mergeIntoMaster } from '../../../src/domain/master/merge.ts'
import { prefectureOf } from '../../../src/domain/survey/prefecture.ts'
import { gmisFileOf } from '../../../src/files/gmis/gmis.ts'
import { parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { encodeCsv } from '../../../src/files/table/encoding.ts'
import { readTable } from '../../../src/files/table/table.ts'
import { aHospital } from '../../support/builders.ts'

/** What cells look like that real files hold. */

const geography = {
  municipalities: [
    { code: '201', name: '鹿児島市', region: '鹿児島' },
    { code: '218', name: '霧島市', region: '姶良・伊佐' },
    { code: '219', name: 'いちき串木野市', region: '鹿児島' },
    { code: '527', name: '龍郷町', region: '奄美' },
  ],
  regions: ['鹿児島', '姶良・伊佐', '奄美'],
}
const OPTIONS = { prefectureCode: '46', prefecture: prefectureOf('鹿児島県'), geography }
const BASE = {
  医療機関コード: '4619900014',
  機関コード: '46990001',
  医療機関名: '架空病院',
  フリガナ: 'カクウ',
  二次医療圏: '鹿児島',
  市町村: '鹿児島市',
  所在地: '架空町1-1',
  電話番号: '099-286-2707',
  メールアドレス: 'jimu@kaku.example.jp',
  許可病床数: '50',
  一般病床: '50',
  療養病床: '0',
  医療機能: '救急告示病院',
  立入検査: '良好',
}
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

function read(
  row: Partial<Record<keyof typeof BASE, string>>,
  encode: (csv: string) => Uint8Array = Buffer.from,
) {
  const cells = { ...BASE, ...row }
  const csv = [Object.keys(cells), Object.values(cells)]
    .map((line) => line.map(quoted).join(','))
    .join('\r\n')
  const parsed = parseHospitalFile(readTable(encode(csv)), OPTIONS)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed
}
const only = (row: Parameters<typeof read>[0]) => read(row).hospitals[0]?.hospital

const ERROR_VALUES = [
  ...[
    '#N/A',
    '#REF!',
    '#VALUE!',
    '#DIV/0!',
    '#NAME?',
    '#NUM!',
    '#NULL!',
    '#SPILL!',
    '#CALC!',
    '#GETTING_DATA',
  ],
  ...[
    '#FIELD!',
    '#BLOCKED!',
    '#CONNECT!',
    '#UNKNOWN!',
    '#BUSY!',
    '#EXTERNAL!',
    '#PYTHON!',
    '#TIMEOUT!',
    '#DATA!',
  ],
  ...[
    '＃Ｎ／Ａ',
    '＃ＲＥＦ！',
    '#n/a',
    ' #N/A ',
    '　#VALUE!',
    '="#N/A"',
    '#NAME',
    '#N/A N/A',
    'Err:502',
    '#ERR522!',
    '#######',
  ],
]

describe('an error value', () => {
  test.each(ERROR_VALUES)('%s in any column refuses the row, with its column', (text) => {
    for (const column of Object.keys(BASE)) {
      const { hospitals, errors } = read({ [column]: text })
      expect(hospitals).toEqual([])
      expect(errors).toMatchObject([
        { row: 2, column, message: expect.stringMatching(/^Excelのエラー値です。/) },
      ])
    }
  })

  test.each(ERROR_VALUES)('%s in the 施設票 and in a GMIS export too', (text) => {
    const navii = `ID,正式名称,正式名称（フリガナ）,機関区分,都道府県コード,市区町村コード,所在地,一般病床,療養病床,精神病床,結核病床,感染症病床,合計病床数`
    const cells = ['46990001', '架空', 'カクウ', '1', '46', '201', '町', '50', '0', '0', '0', '0', '50']
    for (const place of cells.keys()) {
      const csv = `${navii}\n${cells.with(place, quoted(text)).join(',')}\n`
      const parsed = parseHospitalFile(readTable(Buffer.from(csv)), OPTIONS)
      expect(parsed.ok && [parsed.hospitals.length, parsed.errors.length]).toEqual([0, 1])
    }
    const csv = `機関コード,Q6\n${quoted(text)},はい\n`
    const parsed = gmisFileOf(Buffer.from(csv), { prefectureCode: '46' })
    expect(parsed.ok && [parsed.rows.length, parsed.errors[0]?.message]).toEqual([
      0,
      expect.stringContaining('Excelのエラー値です'),
    ])
  })

  test.each(ERROR_VALUES)('%s as a header refuses the file', (text) => {
    const csv = `医療機関コード,医療機関名,市町村,許可病床数,${quoted(text)}\n4619900014,架空病院,鹿児島市,50,救急告示病院\n`
    expect(parseHospitalFile(readTable(Buffer.from(csv)), OPTIONS)).toEqual({
      ok: false,
      message: expect.stringMatching(/^1行目の5列目の見出し「.*」は、Excelのエラー値です。/),
    })
  })

  test('in a column that is not read is a warning', () => {
    const csv = `医療機関コード,医療機関名,市町村,許可病床数,メモ\n4619900014,架空病院,鹿児島市,50,#N/A\n`
    const parsed = parseHospitalFile(readTable(Buffer.from(csv)), OPTIONS)
    expect(parsed.ok && [parsed.hospitals.length, parsed.errors, parsed.warnings.at(-1)?.message]).toEqual([
      1,
      [],
      expect.stringContaining('この列は取り込みません'),
    ])
  })

  test.each(['#1病院', '架空#病院', 'N/A', '#', '##', '1-2 #201', 'エラー', '#架空!'])(
    'is not %s',
    (name) => {
      expect(only({ 医療機関名: name })?.name).toBe(name)
    },
  )
})

describe('a code', () => {
  test.each([
    ['4619900014.0', '4619900014'],
    ['4619900014.00', '4619900014'],
    ['４６１９９０００１４．０', '4619900014'],
    ['4619900014.', '4619900014'],
    ['4,619,900,014', '4619900014'],
    ['4,619,900,014.00', '4619900014'],
    ['9900014', '4619900014'],
    ['9900014.0', '4619900014'],
    ['46-1990001-4', '4619900014'],
    ['01.1036.5', '4610110365'],
    ["'4619900014", '4619900014'],
    ['="4619900014"', '4619900014'],
    [' 4619900014\u200b', '4619900014'],
  ])('%s is %s', (written, code) => {
    expect(only({ 医療機関コード: written })?.medicalCode).toBe(code)
  })

  test.each([
    ['4.61E+09', '指数'],
    ['4.61107E9', '指数'],
    ['4.61e+09', '指数'],
    ['４．６１Ｅ＋０９', '指数'],
    ['4.61990001E+09', '指数'],
    ['46.1E+08', '指数'],
    ['4E+09', '指数'],
    ['-4.6E+09', '指数'],
    ['4619900014.5', '小数'],
    ['461990001.4', '小数'],
    ['46,199.00014', '小数'],
    ['46199000140', '桁数が違います（11桁です）'],
    ['461990001', '桁数が違います（9桁です）'],
    ['46199', '桁数が違います（5桁です）'],
    ['46990001', '桁数が違います（8桁です）'],
    ['461990001446199', '桁数が違います（15桁です）'],
    ['4619900014a', '10桁の数字'],
  ])('%s is refused: %s', (written, reason) => {
    const { hospitals, errors } = read({ 医療機関コード: written })
    expect(hospitals).toEqual([])
    expect(errors).toMatchObject([
      { row: 2, column: '医療機関コード', message: expect.stringContaining(reason) },
    ])
  })

  test.each([
    ['46990001.0', '46990001'],
    ['４６９９０００１', '46990001'],
    ['46-99-0001', '46-99-0001'],
    ['A0012E5', 'A0012E5'],
    ['4E09', '4E09'],
    ['0046990001', '0046990001'],
  ])('of 医療情報ネット, %s is %s', (written, code) => {
    expect(only({ 機関コード: written })?.naviiCode).toBe(code)
  })

  test.each(['4.699E+07', '4.699E+12', '46990001.5', '４.6Ｅ＋１２'])(
    'of 医療情報ネット, %s is refused',
    (written) => {
      const { hospitals, errors } = read({ 機関コード: written })
      expect([hospitals, errors.map(({ column }) => column)]).toEqual([[], ['機関コード']])
    },
  )

  test.each(['-', '－', '　', '\u200b'])('%j is none', (blank) => {
    expect(only({ 医療機関コード: blank })).toMatchObject({ key: '46990001', medicalCode: null })
  })
})

describe('values are read however they are spelt', () => {
  test.each([
    '救命救急ｾﾝﾀｰ;災害拠点病院',
    '救命救急センター\n災害拠点病院',
    '救命救急センター\r\n災害拠点病院\r\n',
    '救命救急\nセンター、災害拠点病院',
    '救命救急センター，災害拠点病院',
    '救命救急センター / 災害拠点病院',
    '救命救急センター・災害拠点病院',
    '・救命救急センター\n・災害拠点病院',
    '災害拠点病院　救命救急センター',
    '救命　救急センター､災害 拠点病院',
    '救命救急センタ－；災害拠点病院；',
    '救命救急センター|災害拠点病院',
    '災害拠点病院,救命救急センター,災害拠点病院',
    '\u200b救命救急センター災害拠点病院',
  ])('%j are two functions', (written) => {
    const { hospitals, errors } = read({ 医療機能: written })
    expect(errors).toEqual([])
    expect(hospitals[0]!.hospital.functions).toEqual(['emergency_center', 'disaster'])
  })

  test.each(['へき地医療拠点病院', 'ヘき地医療拠点病院', 'ﾍき地医療拠点病院', 'ヘキ地医療拠点病院'])(
    '%s',
    (written) => {
      expect(only({ 医療機能: written })?.functions).toEqual(['remote'])
    },
  )

  test.each(['救急指定', '救急告示病院（二次）', '救急告示病院;不明'])('%s is no function', (written) => {
    expect(read({ 医療機能: written }).errors).toMatchObject([{ column: '医療機能' }])
  })

  test.each([
    ['良　好', 'good'],
    ['良 好', 'good'],
    [' 良好\n', 'good'],
    ['不 十 分', 'insufficient'],
    ['不\u200b十分', 'insufficient'],
    ['未　把　握', 'unknown'],
  ])('%j is the inspection %s', (written, inspection) => {
    expect(only({ 立入検査: written })?.inspection).toBe(inspection)
  })

  test.each([
    '姶良･伊佐',
    '姶良・伊佐',
    '姶良 ・ 伊佐',
    '姶良·伊佐',
    '姶良伊佐',
    '姶良・伊佐保健医療圏',
    '姶良･伊佐 医療圏',
    '姶良、伊佐',
    '姶良・伊佐圏域',
    '姶良・伊佐二次医療圏',
  ])('%s is 姶良・伊佐', (written) => {
    const { hospitals, errors, warnings } = read({ 二次医療圏: written, 市町村: '霧島市' })
    expect([hospitals[0]?.hospital.region, errors, warnings]).toEqual(['姶良・伊佐', [], []])
  })

  test.each([
    ['霧島 市', '霧島市'],
    ['鹿児島県霧島市', '霧島市'],
    ['イチキ串木野市', 'いちき串木野市'],
    ['竜郷町', '龍郷町'],
    ['大島郡龍郷町', '龍郷町'],
  ])('%s is %s', (written, municipality) => {
    expect(only({ 二次医療圏: '', 市町村: written })?.municipality).toBe(municipality)
  })

  test.each([
    ['５０床', 50],
    ['50.0', 50],
    ['50.00床', 50],
    ['1,050', 1050],
    ['１，０５０', 1050],
    ['50 床', 50],
  ])('%s are %d beds', (written, beds) => {
    expect(only({ 許可病床数: written, 一般病床: '', 療養病床: '' })?.beds).toBe(beds)
  })
})

describe('a mail address', () => {
  test.each([
    ['mailto:jimu@kaku.example.jp', 'jimu@kaku.example.jp'],
    ['<jimu@kaku.example.jp>', 'jimu@kaku.example.jp'],
    ['jimu@kaku.example。jp', 'jimu@kaku.example.jp'],
    ['jimu@kaku.example.jp、', 'jimu@kaku.example.jp'],
    ['a..b.@docomo.ne.jp', 'a..b.@docomo.ne.jp'],
  ])('%s is read as on the form: %s', (written, email) => {
    const { hospitals, warnings } = read({ メールアドレス: written })
    expect([hospitals[0]!.hospital.email, warnings]).toEqual([email, []])
  })

  test.each(['<jimu@kaku', 'a@b.jp、c@d.jp', 'a b@kaku.example.jp', '(jimu)@kaku.example.jp'])(
    '%s is doubted',
    (written) => {
      expect(read({ メールアドレス: written }).warnings).toMatchObject([{ row: 2, column: 'メールアドレス' }])
    },
  )
})

describe('a telephone number', () => {
  test.each([
    ['992862707', '099-286-2707'],
    ['997521111', '0997-52-1111'],
    ['9012345678', '090-1234-5678'],
    ['8012345678', '080-1234-5678'],
    ['992862707.0', '099-286-2707'],
    ['99-286-2707', '099-286-2707'],
    ['９９２８６２７０７', '099-286-2707'],
  ])('%s gets its 0 back, with a warning', (written, phone) => {
    const { hospitals, warnings } = read({ 電話番号: written })
    expect(hospitals[0]!.hospital.phone).toBe(phone)
    expect(warnings).toMatchObject([
      { row: 2, column: '電話番号', message: expect.stringContaining('先頭の0') },
    ])
  })

  test.each([
    ['0992862707', '099-286-2707'],
    ['099(286)2707', '099-286-2707'],
    ['０９９－２８６－２７０７', '099-286-2707'],
    ['TEL 099-286-2707', '099-286-2707'],
    ['+81 99 286 2707', '099-286-2707'],
  ])('%s is %s', (written, phone) => {
    const { hospitals, warnings } = read({ 電話番号: written })
    expect([hospitals[0]!.hospital.phone, warnings]).toEqual([phone, []])
  })

  test.each(['9.92862707E+08', '9.9E+08', '９．９３Ｅ＋０８', '9.01E+09'])(
    '%s was shortened by Excel, and is not written over a good one',
    (written) => {
      expect(read({ 電話番号: written })).toMatchObject({
        hospitals: [],
        errors: [{ row: 2, column: '電話番号', message: expect.stringContaining('指数の表示') }],
      })
    },
  )

  test.each(['なし', '110', '調査中', '099-286', '内線2710'])(
    '%s is none: a known one stays, and it is said',
    (written) => {
      const { warnings } = read({ 電話番号: written })
      expect(warnings).toMatchObject([{ column: '電話番号', message: expect.stringContaining('読めません') }])
      const incoming = only({ 電話番号: written })!
      const merge = (phone: string | null) =>
        mergeIntoMaster([{ ...incoming, phone }], [incoming], ['phone']).changes[0]
      expect(merge('099-286-2707')?.kind).toBe('unchanged')
      expect(merge(null)).toMatchObject({ kind: 'changed', hospital: { phone: written } })
    },
  )

  test('without its 0 changes nothing where it is known, and mends one that lost it', () => {
    const incoming = only({ 電話番号: '992862707' })!
    const merge = (phone: string) =>
      mergeIntoMaster([{ ...incoming, phone }], [incoming], ['phone']).changes[0]
    expect(merge('099-286-2707')?.kind).toBe('unchanged')
    expect(merge('0992862707')?.kind).toBe('unchanged')
    expect(merge('992862707')).toMatchObject({ kind: 'changed', hospital: { phone: '099-286-2707' } })
  })
})

describe('characters that were lost', () => {
  test.each([
    '?田病院',
    '吉？病院',
    '〓田病院',
    '髙\ufffd病院',
    '□田病院',
    '■■病院',
    '●田病院',
    '架空▢病院',
    '\ue000田病院',
    '&#39641;田病院',
    '架空??病院',
  ])('from %j are a warning in a name, its reading and an address', (text) => {
    for (const column of ['医療機関名', 'フリガナ', '所在地'] as const) {
      const { hospitals, warnings } = read({ [column]: text })
      expect(hospitals).toHaveLength(1)
      expect(warnings).toContainEqual(
        expect.objectContaining({
          row: 2,
          column,
          message: expect.stringContaining('文字が失われている可能性'),
        }),
      )
    }
  })

  test.each([
    ['?田病院', '髙田病院'],
    ['??病院', '髙﨑病院'],
    ['??田病院', '𠮷田病院'],
    ['医療法人　?会　濵?病院', '医療法人　慈会　濱田病院'],
    ['\ufffd\ufffd\ufffd田病院', '髙田病院'],
    ['吉〓', '吉野'],
    ['?', '髙'],
    ['&#39641;田病院', '髙田病院'],
    ['?田 ﾋﾞｮｳｲﾝ', '髙田ビョウイン'],
  ])('from %s leave a known %s as it is', (text, known) => {
    for (const field of ['name', 'kana', 'address'] as const) {
      const before = aHospital({ [field]: known })
      const merge = mergeIntoMaster([before], [{ ...before, [field]: text }], [field])
      expect(merge.changes[0]).toMatchObject({ kind: 'unchanged', hospital: before })
      expect(merge.lost).toEqual([{ key: before.key, field, known, isKept: true }])
    }
  })

  test.each([
    ['?田病院', '丙病院'],
    ['?田病院', '田病院'],
    ['?田病院', '医療法人髙田病院'],
    ['吉?病院', '吉野医院'],
    ['〓山〓川', '川山川山'],
  ])('from %s are told where they replace %s', (text, known) => {
    const before = aHospital({ name: known })
    const merge = mergeIntoMaster([before], [{ ...before, name: text }], ['name'])
    expect(merge.changes[0]).toMatchObject({ kind: 'changed', hospital: { name: text } })
    expect(merge.lost).toEqual([{ key: before.key, field: 'name', known, isKept: false }])
  })
})

describe('what nobody sees', () => {
  const file = `${Object.keys(BASE).join(',')}\r\n${Object.values(BASE).join(',')}\r\n`
  test.each([
    '\u001a',
    '\u200b',
    '\u200b,,,,',
    '\ufeff',
    '\u00a0,\u3000,',
    '\u2060',
    ' \t ',
    '\u00ad',
    '\u3164,',
    '\u200e\u200f',
    '="",,=""',
    '\u2800',
  ])('is no row: %j', (line) => {
    for (const csv of [file + line, `${file}${line}\r\n`, file.replace('\r\n', `\r\n${line}\r\n`)]) {
      const parsed = parseHospitalFile(readTable(Buffer.from(csv)), OPTIONS)
      expect(parsed.ok && [parsed.hospitals.length, parsed.errors, parsed.warnings]).toEqual([1, [], []])
    }
  })

  test.each(['\u200b', '\ufeff', '\u00a0', '\u3000', '\u00ad', '\u2060'])(
    'does not matter in a header: %j',
    (mark) => {
      const parsed = parseHospitalFile(
        readTable(Buffer.from(file.replace('医療機関名', `${mark}医療${mark}機関名${mark}`))),
        OPTIONS,
      )
      expect(parsed.ok && [parsed.hospitals.length, parsed.warnings]).toEqual([1, []])
    },
  )
})

describe('a file that says what is known already', () => {
  const NAMES = ['髙﨑病院', '濵德病院', '福神靖病院', 'ⅰⅱ①㈱病院', 'ガぎパ病院', '～－∥￢病院', '館塚祥病院']
  const known = NAMES.map((name, index) =>
    aHospital({
      key: `4699${index}`,
      medicalCode: null,
      naviiCode: `4699${index}`,
      name,
      kana: null,
      beds: 100,
    }),
  )
  const csv = (names: readonly string[]) =>
    [
      '機関コード,医療機関名,市町村,許可病床数',
      ...names.map((name, index) => `4699${index},${name},鹿児島市,100`),
    ].join('\r\n')
  const kinds = (bytes: Uint8Array) => {
    const parsed = parseHospitalFile(readTable(bytes), OPTIONS)
    if (!parsed.ok) throw new Error(parsed.message)
    const list = parsed.hospitals.map(({ hospital }) => hospital)
    return mergeIntoMaster(known, list, ['name', 'beds']).changes.map(({ kind }) => kind)
  }
  const unchanged = NAMES.map(() => 'unchanged')

  test('in UTF-8, composed or not', () => {
    expect(kinds(Buffer.from(csv(NAMES)))).toEqual(unchanged)
    const apart = NAMES.map((name) => name.replace(/[ガぎパ]/g, (kana) => kana.normalize('NFD')))
    expect(kinds(Buffer.from(csv(apart)))).toEqual(unchanged)
  })

  test('in CP932, which has others in place of what it lacks', () => {
    const typed = ['𠮷田病院', '土𠮷会', 'é病院', '㈳架空病院', '葛󠄀西病院', '〜−病院', '𠀋〓病院']
    const before = typed.map((name, index) => ({ ...known[index]!, name }))
    const bytes = encodeCsv(csv(typed), 'cp932')
    const parsed = parseHospitalFile(readTable(bytes), OPTIONS)
    if (!parsed.ok) throw new Error(parsed.message)
    const list = parsed.hospitals.map(({ hospital }) => hospital)
    expect(list[0]!.name).toBe('吉田病院')
    const merge = (isCp932: boolean) => mergeIntoMaster(before, list, ['name'], { isCp932 }).changes
    expect(merge(true)).toMatchObject(before.map((hospital) => ({ kind: 'unchanged', hospital })))
    expect(merge(false)[0]).toMatchObject({ kind: 'changed', hospital: { name: '吉田病院' } })
  })

  test('in CP932, with the codes of NEC or of IBM for the same characters', () => {
    const nec = iconv.encode(csv(NAMES), 'cp932')
    expect(kinds(nec)).toEqual(unchanged)
    const ibm = Buffer.from(nec)
    let twins = 0
    for (let at = 0; at < ibm.length - 1; at += 1) {
      if (ibm[at]! < 0x81 || (ibm[at]! > 0x9f && ibm[at]! < 0xe0)) continue
      const twin = TWINS.get(ibm.readUInt16BE(at))
      if (twin !== undefined) {
        ibm.writeUInt16BE(twin, at)
        twins += 1
      }
      at += 1
    }
    expect(twins).toBeGreaterThan(4)
    expect(kinds(ibm)).toEqual(unchanged)
  })
})

/** Codes of CP932 that stand for one character: those that an encoder writes, and their twins beyond. */
const TWINS = new Map(
  [...codes(0x81, 0x9f), ...codes(0xe0, 0xfc)].flatMap((code) => {
    const bytes = Buffer.from([code >> 8, code & 0xff])
    const character = new TextDecoder('shift_jis').decode(bytes)
    const written = iconv.encode(character, 'cp932')
    return character.length === 1 && character !== '\ufffd' && written.length === 2 && !written.equals(bytes)
      ? [[written.readUInt16BE(0), code] as const]
      : []
  }),
)

function codes(first: number, last: number): number[] {
  const leads = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return leads.flatMap((lead) =>
    Array.from({ length: 0xfc - 0x40 + 1 }, (_, index) => (lead << 8) + 0x40 + index),
  )
}

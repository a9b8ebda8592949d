import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Hospital, NOTHING_FURTHER } from '../../../src/domain/master/hospital.ts'
import { readGeography } from '../../../src/files/geography/municipalities.ts'
import { type HospitalFile, parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { hospitalSheetColumns } from '../../../src/files/hospitals/sheet-columns.ts'
import { readTable } from '../../../src/files/table/table.ts'

const geography = readGeography(new URL('../../../resources', import.meta.url).pathname, '46')

function parse(file: string | Uint8Array): Extract<HospitalFile, { ok: true }> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const parsed = parseHospitalFile(readTable(bytes), { prefectureCode: '46', geography })
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed
}

/** One row under the columns that have to be there, and more. */
function sheet(row: Record<string, string>, ...more: Record<string, string>[]): string {
  const base = { 医療機関コード: '4619900014', 医療機関名: '架空病院', 市町村: '鹿児島市', 許可病床数: '50' }
  const rows = [{ ...base, ...row }, ...more.map((other) => ({ ...base, ...other }))]
  const headers = [...new Set(rows.flatMap((cells) => Object.keys(cells)))]
  const lines = rows.map((cells: Record<string, string>) => headers.map((header) => cells[header] ?? ''))
  return [headers, ...lines].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n')
}

function messages(issues: readonly { row: number; column?: string; message: string }[]): string[] {
  return issues.map(({ row, column, message }) => `${row} ${column ?? ''} ${message}`)
}

describe("an officer's own list, saved by Excel in CP932", () => {
  const parsed = parse(readFileSync(new URL('../../fixtures/hospital-sheet.cp932.csv', import.meta.url)))
  const hospital = (row: number) => parsed.hospitals.find((candidate) => candidate.row === row)?.hospital

  it('keeps the rows that can be read, normalised', () => {
    expect([parsed.format, parsed.encoding]).toEqual(['hospital-sheet', 'cp932'])
    expect(parsed.hospitals.map(({ row }) => row)).toEqual([2, 4, 6, 8])
    expect(hospital(2)).toEqual({
      key: '4619900014',
      medicalCode: '4619900014',
      naviiCode: '46990001',
      name: '医療法人　慈架会　髙﨑病院',
      kana: 'ジカカイ タカサキビョウイン',
      region: '鹿児島',
      municipality: '鹿児島市',
      address: '鹿児島県鹿児島市架空町１－１',
      phone: '099-000-0001',
      email: 'jimu@takasaki.example.jp',
      beds: 120,
      bedsByType: { general: 80, longTerm: 40, psychiatric: 0, tuberculosis: 0, infectious: 0 },
      functions: ['emergency', 'disaster'],
      inspection: 'insufficient',
      ...NOTHING_FURTHER,
    })
    expect(hospital(4)).toMatchObject({ key: '4619900030', phone: '099-000-0002', beds: 60, kana: 'ハマダ' })
    expect(hospital(6)).toMatchObject({ key: '46990005', medicalCode: null, name: '架空 記念病院' })
    expect(hospital(6)).toMatchObject({ beds: 44, functions: ['emergency', 'remote'], inspection: 'unknown' })
    expect(hospital(8)).toMatchObject({
      municipality: '龍郷町',
      region: '奄美',
      beds: 1019,
      bedsByType: null,
    })
  })

  it('names what is doubtful and what is wrong, by the row that Excel shows', () => {
    expect(messages(parsed.warnings)).toEqual([
      '1 担当者メモ この見出しの列は使わないため、読み飛ばします。',
      '6 二次医療圏 「奄美」とありますが、伊佐市は「姶良・伊佐」の市町村です。ファイルの値を採用しました。',
      '6 許可病床数 44床とありますが、病床種別の合計は88床です。許可病床数を採用しました。',
      '8 医療機関コード 「4619900049」は、末尾の検証番号（チェックデジット）が合いません。',
    ])
    expect(parsed.errors.map(({ row, column }) => [row, column])).toEqual([
      [3, undefined],
      [5, '医療機関コード'],
      [9, '医療機関コード'],
      [10, '二次医療圏'],
      [10, '許可病床数'],
      [10, '医療機能'],
      [10, '立入検査'],
    ])
    expect(parsed.errors[1]).toEqual({
      row: 5,
      column: '医療機関コード',
      hospital: '重複病院',
      message: '医療機関コード「4619900014」は、2行目と重複しています。',
    })
    expect(parsed.errors[2]!.message).toContain('Excelで指数の表示')
    expect(parsed.errors[5]!.message).toContain('救命救急センター、救急告示病院')
    expect(parsed.errors[6]!.message).toContain('不十分、良好、未把握のいずれか')
  })
})

describe('the columns', () => {
  it('may stand in any order and be left out, and say which fields are known', () => {
    const parsed = parse('市町村,一般病床,機関コード,医療機関名\n奄美市,30,46990001,架空病院\n')
    expect([...parsed.fields].sort()).toEqual(
      ['key', 'naviiCode', 'name', 'region', 'municipality', 'beds', 'bedsByType'].sort(),
    )
    expect(parsed.hospitals[0]!.hospital).toMatchObject({ key: '46990001', region: '奄美', beds: 30 })
  })

  it.each([
    [
      '医療機関コード\n4619900014\n',
      '「医療機関名」、「二次医療圏」または「市町村」、「許可病床数」または「一般病床」など',
    ],
    ['医療機関名,市町村,一般病床\n', '「医療機関コード」または「機関コード」'],
    ['機関コード,医療機関名,市町村,一般病床,医療機関名\n', '複数あります：「医療機関名」'],
    ['名前,住所\n', '見出しの行から形式を判別できません'],
    ['\n\n', '1行目に見出しがありません'],
    ['', '1行目に見出しがありません'],
    ['医療機関コード\t医療機関名\n', 'タブ区切りのようです'],
    ['医療機関コード,医療機関名\n1,"', '2行目のセルで、引用符'],
  ])('%j is refused as a whole', (csv, message) => {
    const parsed = parseHospitalFile(readTable(Buffer.from(csv)), { prefectureCode: '46', geography })
    expect(parsed).toEqual({ ok: false, message: expect.stringContaining(message) })
  })
})

describe('lines that are no hospital', () => {
  const header = '医療機関コード,医療機関名,市町村,許可病床数'
  const row = '4619900014,架空病院,鹿児島市,50'

  it.each(['病院一覧（令和6年3月現在）', '病院一覧,,,', '※ 内部資料', ',,,単位：床'])(
    'above the header are refused: %j',
    (title) => {
      const parsed = parseHospitalFile(readTable(Buffer.from(`${title}\n${header}\n${row}\n`)), {
        prefectureCode: '46',
        geography,
      })
      expect(parsed).toEqual({
        ok: false,
        message: expect.stringMatching(/見出しの行から形式を判別できません|必要な列がありません/),
      })
    },
  )

  it.each(['合計,1件,,50', '※ 許可病床数は4月1日現在', ',,,50', '計,,,50'])(
    'below it are errors: %j',
    (line) => {
      const parsed = parse(`${header}\n${row}\n${line}\n`)
      expect(parsed.errors.map((issue) => issue.row)).toContain(3)
      expect(parsed.hospitals).toHaveLength(1)
    },
  )
})

describe('a row', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no code', { 医療機関コード: '' }, 'どちらも空欄です'],
    ['a code that is no number', { 医療機関コード: '不明' }, '医療機関コード（10桁の数字）ではありません'],
    ['a short code', { 医療機関コード: '46199' }, '（10桁の数字）ではありません。桁数が違います（5桁です）'],
    ['a strange code', { 機関コード: '第一' }, '半角の英数字ではありません'],
    ['no name', { 医療機関名: '' }, '空欄です。医療機関名'],
    ['a name too long', { 医療機関名: '架'.repeat(101) }, '100文字以内'],
    ['no region and no municipality', { 市町村: '' }, '二次医療圏と市町村が、どちらも空欄です'],
    ['a misspelt region', { 二次医療圏: '南摂' }, '「南摂」という二次医療圏はありません。鹿児島、南薩、川薩'],
    ['beds past counting', { 許可病床数: '10000' }, '0から9999まで'],
    ['beds in halves', { 許可病床数: '12.5' }, '病床数として読めません'],
    ['negative beds', { 一般病床: '-5' }, '病床数として読めません'],
    ['an unknown inspection', { 立入検査: '可' }, '「可」は入力できません'],
  ])('with %s is an error', (_name, row, message) => {
    const parsed = parse(sheet(row))
    expect(parsed.hospitals).toEqual([])
    expect(messages(parsed.errors).join()).toContain(message)
  })

  it.each<[string, Record<string, string>, string]>([
    ['another prefecture’s code', { 医療機関コード: '4510110365' }, '先頭の3桁が「461」'],
    [
      'a place elsewhere',
      { 市町村: '宮崎市', 二次医療圏: '曽於' },
      '「宮崎市」は県内の市町村の一覧にありません',
    ],
    ['a phone with words', { 電話番号: '本院に同じ' }, 'そのまま取り込みます'],
    ['half an address', { メールアドレス: 'jimu@' }, 'メールアドレスの形ではありません'],
    ['a character outside CP932', { 医療機関名: '土𠮷病院' }, '2文字目「𠮷」'],
    ['few beds', { 許可病床数: '19' }, '19床（20床未満）のため、病床規模区分の対象外です'],
    ['no beds', { 許可病床数: '' }, '病床がないため、病床規模区分の対象外です'],
  ])('with %s is kept with a warning', (_name, row, message) => {
    const parsed = parse(sheet(row))
    expect(parsed.hospitals).toHaveLength(1)
    expect(messages(parsed.errors)).toEqual([])
    expect(messages(parsed.warnings).join()).toContain(message)
  })

  it.each<[string, Record<string, string>, Partial<Hospital>]>([
    ['the 7-digit form', { 医療機関コード: '9900014' }, { key: '4619900014' }],
    ['a code held fast for Excel', { 機関コード: '=""46990001""' }, { naviiCode: '46990001' }],
    ['a region as the plan names it', { 二次医療圏: '鹿児島保健医療圏' }, { region: '鹿児島' }],
    ['a total of 0', { 許可病床数: '0', 一般病床: '３０', 精神病床: '－' }, { beds: 30 }],
    [
      'functions in disorder',
      { 医療機能: '災害拠点病院；救急告示病院、災害拠点病院' },
      { functions: ['emergency', 'disaster'] },
    ],
    ['good', { 立入検査: '良好' }, { inspection: 'good' }],
  ])('with %s is read without a word', (_name, row, expected) => {
    const parsed = parse(sheet(row))
    expect(parsed.hospitals[0]?.hospital).toMatchObject(expected)
    expect([...parsed.warnings, ...parsed.errors]).toEqual([])
  })

  it('is held against the smallest band that the prefecture has', () => {
    const options = { prefectureCode: '46', geography, smallestBand: 60 }
    const parsed = parseHospitalFile(readTable(Buffer.from(sheet({}))), options)
    expect(parsed.ok && messages(parsed.warnings)).toEqual([
      '2 許可病床数 50床（60床未満）のため、病床規模区分の対象外です。病院でない場合は、取り込んだ後に病院のページで「調査から外す」を選択してください。',
    ])
  })

  it('may lack the last commas, as Excel leaves them out, and have blank ones too many', () => {
    const rows = [1, 2, 3, 4, 5].map((n) => `4699000${n},架空${n}病院,南薩,50`)
    const parsed = parse(
      [
        '機関コード,医療機関名,二次医療圏,許可病床数,医療機能,立入検査',
        ...rows,
        '46990006,架空病院,南薩,50,,,, ,',
      ].join('\r\n'),
    )
    expect(parsed.hospitals).toHaveLength(6)
    expect(parsed.errors).toEqual([])
    expect(messages(parsed.warnings)).toEqual([
      '2  列の数が見出しより少ない行（2、3、4行目、ほか2行）は、末尾の列に記入がないものとして扱いました。',
    ])
  })

  it('may name any region where the regions of the prefecture did not come with the program', () => {
    const options = { prefectureCode: '46', geography: { municipalities: [], regions: [] } }
    const parsed = parseHospitalFile(readTable(Buffer.from(sheet({ 二次医療圏: '県央医療圏' }))), options)
    expect(parsed.ok && parsed.hospitals[0]?.hospital).toMatchObject({
      region: '県央',
      municipality: '鹿児島市',
    })
  })

  it('that repeats either code of an earlier one is an error, and a name that returns a warning', () => {
    const parsed = parse(
      sheet(
        { 機関コード: '46990001', 医療機関名: '架空　HP' },
        { 医療機関コード: '', 機関コード: '46990001' },
        { 医療機関コード: '4619900022', 市町村: '奄美市', 医療機関名: '架空ＨＰ' },
      ),
    )
    expect(parsed.hospitals.map(({ row }) => row)).toEqual([2, 4])
    expect(messages(parsed.errors)).toEqual([
      '3 機関コード 機関コード「46990001」は、2行目と重複しています。',
    ])
    expect(messages(parsed.warnings)).toEqual([
      '4  同じ名前の医療機関が2件あります（2行目：架空　HP（鹿児島市、4619900014）、4行目：架空ＨＰ（奄美市、4619900022））。別の医療機関か確認してください。',
    ])
  })
})

describe('the sheet that goes out', () => {
  it('has the agreed columns', () => {
    expect(hospitalSheetColumns.map(({ header }) => header).join()).toBe(
      '医療機関コード,機関コード,医療機関名,フリガナ,二次医療圏,市町村,所在地,電話番号,メールアドレス,許可病床数,一般病床,療養病床,精神病床,結核病床,感染症病床,医療機能,立入検査,郵便番号,FAX番号,G-MIS ID,開設者種別,施設基準,過去の支援年度,状態',
    )
  })
})

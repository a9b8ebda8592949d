import { zipSync } from 'fflate'
import { withCheckDigit } from '../../src/domain/master/code.ts'

/**
 * A 届出受理医療機関名簿 as a 厚生局 publishes it, of fictional hospitals and clinics: the same columns, rows and XML as the
 * real one, which has 26,161 rows and 25 MB. No library writes so.
 */

export const BUREAU_HEADERS = [
  '項番',
  '都道府県コード',
  '都道府県名',
  '区分',
  '医療機関番号',
  '併設医療機関番号',
  '医療機関記号番号',
  '医療機関名称',
  '医療機関所在地（郵便番号）',
  '医療機関所在地（住所）',
  '電話番号',
  'FAX番号',
  '病床数',
  '受理届出名称',
  '受理記号',
  '受理番号',
  '算定開始年月日',
  '個別有効開始年月日',
  '備考（見出し）',
  '備考（データ）',
  '市町村コード',
  '市町村名',
  '種別コード',
  '種別',
]

/** What a row says; the rest is blank. */
export type BureauRow = Partial<Record<(typeof BUREAU_HEADERS)[number], string>>

/** The rows of a list, as they are in a sheet: a day in row 2, the header in row 4. */
export function bureauSheet(rows: readonly BureauRow[], day = '令和７年１０月１日'): string[][] {
  const blank = BUREAU_HEADERS.map(() => '')
  return [
    blank,
    blank.with(0, `[${day} 現在 ]令和７年１０月３日作成`),
    blank,
    BUREAU_HEADERS,
    ...rows.map((row) => BUREAU_HEADERS.map((header) => row[header] ?? '')),
  ]
}

export interface FictionalInstitution {
  /** 10 digits. */
  medicalCode: string
  name: string
  municipality: string
  beds: number
}

/** By the shares of the real list: 105/87/16/13/4/4 hospitals of 1,208 institutions. */
const BANDS: readonly (readonly [count: number, low: number, high: number])[] = [
  [105, 20, 99],
  [87, 100, 199],
  [16, 200, 299],
  [13, 300, 399],
  [4, 400, 499],
  [4, 500, 700],
]
const CLINICS = 979
const PLACES = [
  '鹿児島市',
  '枕崎市',
  '薩摩川内市',
  '出水市',
  '霧島市',
  '志布志市',
  '鹿屋市',
  '西之表市',
  '奄美市',
  '大島郡瀬戸内町',
]
const FILINGS: readonly (readonly [name: string, sign: string])[] = [
  ['診療録管理体制加算１', '診療録１'],
  ['診療録管理体制加算３', '診療録３'],
  ['救急医療管理加算', '救急医療'],
  ['療養病棟入院基本料', '療養入院'],
  ['一般病棟入院基本料', '一般入院'],
  ['ＣＴ撮影及びＭＲＩ撮影', 'Ｃ・Ｍ'],
  ['がん治療連携指導料', 'がん指'],
  ['薬剤管理指導料', '薬'],
  ['医療機器安全管理料１', '機安１'],
  ['酸素の購入単価', '酸単'],
]

/**
 * @param rows at least as many: hospitals have most of them
 * @returns the workbook, and its hospitals in their order
 */
export function fictionalBureauWorkbook({ rows = 26_000 }: { rows?: number } = {}): {
  bytes: Buffer
  hospitals: FictionalInstitution[]
} {
  const hospitals = BANDS.flatMap(([count, low, high], band) =>
    Array.from({ length: count }, (_, index) => ({ beds: low + ((index * 37 + band) % (high - low + 1)) })),
  ).map(({ beds }, index) => institution(index, beds))
  const clinics = Array.from({ length: CLINICS }, (_, index) =>
    institution(hospitals.length + index, index % 3 === 0 ? 19 : 0),
  )
  const each = Math.max(1, Math.ceil((rows - 2 * CLINICS) / hospitals.length))
  const list = [...hospitals, ...clinics].flatMap((own, index) =>
    filings(own, index, index < hospitals.length ? each : 2),
  )
  return { bytes: bureauWorkbook(bureauSheet(list)), hospitals }
}

/** The last two hospitals of the smallest band bear one name. */
function institution(serial: number, beds: number): FictionalInstitution {
  const place = PLACES[serial % PLACES.length]!
  const named = serial === 104 ? 103 : serial
  const kind = beds >= 20 ? '病院' : '医院'
  return {
    medicalCode: withCheckDigit(`46199${String(serial + 1).padStart(4, '0')}`),
    name: `医療法人　架空会　架空第${named + 1}${kind}`,
    municipality: place.replace(/^.+郡/u, ''),
    beds,
  }
}

function filings(own: FictionalInstitution, index: number, count: number): BureauRow[] {
  const place = PLACES.find((name) => name.endsWith(own.municipality))!
  const number = String(index + 1).padStart(4, '0')
  return Array.from({ length: count }, (_, at) => {
    const [name, sign] = FILINGS[(index + at) % FILINGS.length]!
    return {
      項番: String(index + 1),
      都道府県コード: '46',
      都道府県名: '鹿児島県',
      区分: '医科',
      医療機関番号: own.medicalCode.slice(3),
      医療機関名称: own.name,
      '医療機関所在地（郵便番号）': `899-${number}`,
      '医療機関所在地（住所）': `${place}架空町１番${(index % 40) + 1}号`,
      電話番号: `099-000-${number}`,
      FAX番号: `099-001-${number}`,
      病床数: bedsText(own.beds, index),
      受理届出名称: name,
      受理記号: sign,
      受理番号: `第${index * 7 + at + 1}号`,
      算定開始年月日: `令和 ${(at % 6) + 1}年 ${(at % 9) + 1}月 1日`,
      ...(at % 2 === 1 && { '備考（見出し）': '病床数　', '備考（データ）': `${(at % 60) + 1}床` }),
    }
  })
}

function bedsText(beds: number, index: number): string {
  if (beds === 0) return ''
  if (index % 3 === 0 || beds < 40) return `一般　　${beds}`
  const part = Math.floor(beds / 3)
  return index % 3 === 1
    ? `一般　　${beds - part}／療養　　${part}`
    : `療養　療養　${part}／一般　　${beds - part - 4}／一般（感染）　　4`
}

/** As GemBox writes: every cell with its place, its texts shared, blank ones too. */
export function bureauWorkbook(rows: readonly (readonly string[])[]): Buffer {
  const shared = new Map<string, number>()
  const numberOf = (text: string) => {
    const known = shared.get(text)
    if (known !== undefined) return known
    shared.set(text, shared.size)
    return shared.size - 1
  }
  const lines = rows.map((cells, row) => {
    const written = cells.map(
      (text, column) =>
        `<c r="${'ABCDEFGHIJKLMNOPQRSTUVWX'[column]}${row + 1}" s="0" t="s"><v>${numberOf(text)}</v></c>`,
    )
    return `<row r="${row + 1}">${written.join('')}</row>`
  })
  const files = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default ContentType="application/xml" Extension="xml"/></Types>',
    '_rels/.rels': relations('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="GemRid1" /></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      'worksheet',
      'worksheets/sheet1.xml',
      'sharedStrings',
      'sharedStrings.xml',
    ),
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${[...shared.keys()].map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`,
  }
  const packed = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, Buffer.from(`\ufeff${xml}`)])),
    { level: 1 },
  )
  return Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
}

const XML = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function relations(...pairs: string[]): string {
  const each = pairs.flatMap((type, index) =>
    index % 2 === 1
      ? []
      : [
          `<Relationship Id="GemRid${index / 2 + 1}" Type="${RELATIONS}/${type}" Target="${pairs[index + 1]}"/>`,
        ],
  )
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

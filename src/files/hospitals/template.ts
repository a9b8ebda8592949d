import { HOSPITAL_FUNCTIONS, INSPECTIONS } from '../../domain/master/hospital.ts'
import { toCsv } from '../table/csv.ts'
import { encodeCsv, type TextEncoding } from '../table/encoding.ts'
import { sheetOf, toXlsx } from '../xlsx/write.ts'
import { hospitalSheetColumns } from './sheet-columns.ts'

/** The hospital sheet without hospitals, to be filled in, as a CSV: its header alone. */
export function emptyHospitalCsv(encoding: TextEncoding): Buffer {
  return encodeCsv(toCsv(hospitalSheetColumns, []), encoding)
}

/** The same as a workbook, whose second sheet explains every column; only the first is read. */
export function emptyHospitalXlsx(place: PlaceExample): Promise<Buffer> {
  return toXlsx([
    sheetOf('病院台帳', hospitalSheetColumns, []),
    sheetOf('記入要領', explained(place), hospitalSheetColumns),
  ])
}

/** A municipality of the prefecture, for the examples. */
interface PlaceExample {
  name: string
  region: string
}

function explained({ name, region }: PlaceExample) {
  const examples: Record<string, string> = { 二次医療圏: region, 市町村: name, 所在地: `${name}架空町1番1号` }
  return [
    { header: '見出し', value: ({ header }: { header: string }) => header },
    { header: '必要なもの', value: ({ header }: { header: string }) => guideOf(header).need },
    { header: '入力する内容', value: ({ header }: { header: string }) => guideOf(header).what },
    { header: '例', value: ({ header }: { header: string }) => examples[header] ?? guideOf(header).example },
  ]
}

interface Guide {
  need: string | null
  what: string
  example: string
}

function guideOf(header: string): Guide {
  const [need, what, example] = GUIDE[header] ?? []
  if (what === undefined || example === undefined) throw new RangeError(`no guide to ${header}`)
  return { need: need || null, what, example }
}

const ONE_CODE = 'どちらか1つが必要'
const ONE_PLACE = 'どちらか1つが必要'
const SOME_BEDS = '許可病床数か病床種別のどれか1つが必要'
const TYPE = 'その種別の許可病床数です。半角の整数で入力します。ない場合は空欄にします。'
const labels = (choices: readonly { label: string }[]) => choices.map(({ label }) => label).join('、')

/** By column: whether it is needed, what goes into it, an example. */
const GUIDE: Readonly<Record<string, readonly [need: string, what: string, example: string]>> = {
  医療機関コード: [
    ONE_CODE,
    '10桁の番号です。7桁の番号（都道府県番号と点数表番号を除いたもの）でも取り込めます。セルの書式は「文字列」にします。',
    '4619900014',
  ],
  機関コード: [ONE_CODE, '医療情報ネットの番号です。', '46990001'],
  医療機関名: ['必要', '正式な名称を入力します。', '医療法人架空会 架空病院'],
  フリガナ: ['', '全角カタカナで入力します。', 'カクウビョウイン'],
  二次医療圏: [ONE_PLACE, '空欄の場合は、市町村から補います。', ''],
  市町村: [ONE_PLACE, '病院がある市町村を入力します。', ''],
  所在地: ['', '市町村から入力します。都道府県から入力しても構いません。', ''],
  電話番号: ['', '市外局番から入力します。', '099-000-0001'],
  メールアドレス: ['', '調査の案内を送る先です。', 'somu@hospital.example.jp'],
  許可病床数: [SOME_BEDS, '空欄または0の場合は、病床種別の合計とします。', '120'],
  一般病床: [SOME_BEDS, TYPE, '80'],
  療養病床: [SOME_BEDS, TYPE, '40'],
  精神病床: [SOME_BEDS, TYPE, ''],
  結核病床: [SOME_BEDS, TYPE, ''],
  感染症病床: [SOME_BEDS, TYPE, ''],
  医療機能: [
    '',
    `複数ある場合は「;」で区切ります。${labels(HOSPITAL_FUNCTIONS)}`,
    '救急告示病院;災害拠点病院',
  ],
  立入検査: ['', `${labels(INSPECTIONS)}のいずれかです。`, '良好'],
  郵便番号: ['', '7桁の番号です。', '890-0046'],
  FAX番号: ['', '市外局番から入力します。', '099-000-0002'],
  'G-MIS ID': ['', 'G-MISの利用者ID（半角の英数字）です。', 'A1234567'],
  開設者種別: ['', '開設者の区分を入力します。', '医療法人'],
  施設基準: [
    '',
    '届け出た施設基準の名称です。算定を開始した日を括弧に入れます。複数ある場合は「;」で区切ります。',
    '診療録管理体制加算１（令和6年6月1日）',
  ],
  過去の支援年度: ['', 'この事業の支援を受けた年度です。複数ある場合は「、」で区切ります。', '令和6年度'],
  状態: ['', '閉院した病院は「閉院」と入力します。取り消す場合は「開院」と入力します。', '閉院'],
}

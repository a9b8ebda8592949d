import { expect, test } from 'vitest'
import { prefectureOf } from '../../../src/domain/survey/prefecture.ts'
import { parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { meaningOf } from '../../../src/files/hospitals/sheet-headers.ts'
import { readTable } from '../../../src/files/table/table.ts'

/** Headers as people write them, of lists that were found and of their kind. */
const UNDERSTOOD: Record<string, string[]> = {
  許可病床数: [
    '許可病床数（床）',
    '許可病床数(床)',
    '許可病床数[床]',
    '許可病床数［床］',
    '許可病床数〔床〕',
    '許可病床数【床】',
    '許可病床数<床>',
    '許可病床数\u3000床',
    '許可病床数(単位：床)',
    '許可病床',
    '病床数',
    '病床数（許可）',
    '許可病床数合計',
    '許可病床数（合計）',
    '許可病床数計',
    '総病床数',
    '病床総数',
    '合計病床数',
    '病床数合計',
    '病床数計',
    '全病床数',
    'ベッド数',
    '床数',
    '総床数',
    '許可床数',
    '病床の総数',
    '許可病床総数',
    '総許可病床数',
    'ﾍﾞｯﾄﾞ数',
    '許可病床数（令和６年４月１日現在）',
    '許可病床数※',
    '*許可病床数',
    '10.許可病床数',
    '⑩許可病床数',
    '(10)許可病床数',
    '許可病床数（必須）',
    '許可病床数：',
    '病床許可数',
    '病床数（総数）',
    '許可病床数(人)',
    '病床数［許可］',
  ],
  一般病床: [
    '一般病床数',
    '一般病床（床）',
    '一般',
    '一般（床）',
    '許可病床数（一般）',
    '許可病床数（一般病床）',
    '病床数（一般）',
    '病床数_一般',
    '一般ベッド数',
    '一般許可病床数',
    'うち一般病床',
    '（うち一般）',
    '一般病床数（許可）',
    '許可病床数／一般',
    '一般病床許可数',
  ],
  療養病床: ['療養病床数', '療養', '病床数(療養)', '療養（床）'],
  精神病床: ['精神病床数', '精神', '精神（床）', '許可病床数・精神'],
  結核病床: ['結核病床数', '結核', '病床数（結核病床）'],
  感染症病床: ['感染症病床数', '感染症', '感染', '感染病床', '感染病床数', '病床数（感染症）'],
  医療機関コード: [
    '医療機関ｺｰﾄﾞ',
    '医療機関コード（10桁）',
    '保険医療機関コード',
    '医療機関番号',
    '保険医療機関番号',
    '医療機関CD',
    '医療機関No.',
    '医療機関コード（半角数字）',
    '医療機関等コード',
    '医療機関コード※必須',
  ],
  機関コード: [
    'G-MIS機関コード',
    '医療情報ネット機関コード',
    '機関CD',
    '機関ID',
    '機関番号',
    '機関コード(13桁)',
    '機関ｺｰﾄﾞ',
  ],
  医療機関名: [
    '医療機関名称',
    '病院名',
    '病院名称',
    '病院の名称',
    '施設名',
    '施設名称',
    '名称',
    '正式名称',
    '医療機関の名称',
    '保険医療機関名',
    '医療機関名（正式名称）',
    '医療機関名（漢字）',
    '機関名',
    '病院等名称',
    '医療機関名(全角)',
    '医療機関',
  ],
  フリガナ: [
    'ふりがな',
    'ﾌﾘｶﾞﾅ',
    'カナ',
    '医療機関名（フリガナ）',
    '医療機関名（カナ）',
    '医療機関名カナ',
    '病院名（ふりがな）',
    '病院名フリガナ',
    'よみがな',
    '読み仮名',
    '読み',
    '読みがな',
    'フリガナ（全角カタカナ）',
    '名称（カナ）',
    'カナ名称',
    '医療機関名（半角カナ）',
    '振り仮名',
    'ヨミ',
  ],
  二次医療圏: [
    '２次医療圏',
    '2次医療圏',
    '第二次医療圏',
    '二次医療圏名',
    '二次保健医療圏',
    '医療圏',
    '保健医療圏',
    '圏域',
    '圏域名',
    '二次医療圏域',
    '所属二次医療圏',
  ],
  市町村: ['市区町村', '市町村名', '市区町村名', '所在市町村', '市町', '所在地市町村'],
  所在地: [
    '住所',
    '所在地（住所）',
    '医療機関所在地',
    '病院所在地',
    '病院住所',
    '医療機関住所',
    '施設所在地',
    '住所（所在地）',
  ],
  電話番号: [
    'TEL',
    'ＴＥＬ',
    '電話',
    '電話番号（代表）',
    '代表電話番号',
    '代表電話',
    '℡',
    'Tel.',
    '連絡先電話番号',
    '電話番号（ハイフンあり）',
    '電話No.',
    '病院電話番号',
  ],
  メールアドレス: [
    'メール',
    'E-mail',
    'Ｅ－ｍａｉｌ',
    'Eメール',
    '電子メール',
    '電子メールアドレス',
    'mail',
    'e-mailアドレス',
    '代表メールアドレス',
    '連絡先メールアドレス',
    'メルアド',
    'Email',
    'Mail Address',
  ],
  医療機能: ['医療機能等', '病院機能', '機能', '主な医療機能', '医療機能（指定）'],
  立入検査: [
    '立入検査結果',
    '立入検査の結果',
    '立入検査（結果）',
    '立ち入り検査',
    '立ち入り検査結果',
    '医療法立入検査',
    '立入検査判定',
  ],
}

const understood = Object.entries(UNDERSTOOD).flatMap(([column, headers]) =>
  headers.map((header) => [header, column] as const),
)

test.each(understood)('「%s」 is %s', (header, column) => {
  expect(meaningOf(header)).toMatchObject({ kind: 'column', column })
})

/** What nobody can be sure of, and what it would be taken for. */
const NEAR: Record<string, string[]> = {
  許可病床数: [
    '許可病床数（うち休床）',
    '稼働病床数',
    '休床数',
    '許可病庄数',
    '許可病床教',
    '許可病院数',
    '使用許可病床数',
    '病床機能',
    '総数',
    '合計',
    '許可病床数（前年）',
  ],
  一般病床: ['一般病床（回復期）', '一般病棟', '一股病床', '一般病床（地域包括ケア）'],
  療養病床: ['療養病床（医療）', '介護療養病床', '療養病棟', '医療療養病床'],
  精神病床: ['精神科病床', '精神病棟', '精神病床（認知症）'],
  結核病床: ['結核病棟', '結核患者病床'],
  感染症病床: ['感染症病棟', '第一種感染症病床'],
  医療機関コード: [
    '医療機関コー',
    '医療期間コード',
    '医療機関ID',
    '病院コード',
    '施設コード',
    '病院番号',
    'コード',
    '医療機関コード（旧）',
    '医療機関のコード２',
  ],
  機関コード: ['機間コード', '機関コート', '旧機関コード'],
  医療機関名: ['医療機関名前', '医療機間名', '病院名（略称）', '医療機関名（旧）', '旧病院名'],
  二次医療圏: ['二次医療圏等', '二次医療県', '二次医療圏（旧）'],
  市町村: ['市長村', '市町村等', '市町村（旧）'],
  医療機能: ['医療機能の種類', '医療機脳', '医療機関機能', '指定状況'],
  立入検査: ['立入検査の状況', '立人検査', '立入調査結果', '直近の立入検査'],
}

test.each(Object.entries(NEAR).flatMap(([column, headers]) => headers.map((header) => [header, column])))(
  '「%s」 may be %s',
  (header, column) => {
    expect(meaningOf(header!)).toEqual({ kind: 'near', column })
  },
)

test.each(
  '担当者メモ 備考 開設者 法人コード 法人名 院長名 都道府県コード 保健所 担当者名 電子カルテ URL 診療科 開設年月日 番号 No. 項番 病床規模区分 順位 点数 判定 回答日 緯度 経度 市町村コード 二次医療圏コード 連絡先 事務長 病院種別 医療法人名 開設者名 救急 区分 立入検査日 許可病床数備考 三次医療圏 医療機能評価'.split(
    ' ',
  ),
)('「%s」 is another thing', (header) => {
  expect(meaningOf(header)).toEqual({ kind: 'other' })
})

const BASE = { 医療機関コード: '4619900014', 医療機関名: '架空病院', 市町村: '鹿児島市', 許可病床数: '50' }

function read(row: Record<string, string>) {
  const csv = `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`
  const geography = {
    municipalities: [{ code: '201', name: '鹿児島市', region: '鹿児島' }],
    regions: ['鹿児島', '南薩'],
  }
  const options = { prefectureCode: '46', prefecture: prefectureOf('鹿児島県'), geography }
  return parseHospitalFile(readTable(Buffer.from(csv)), options)
}

/** The row with one column under another header. */
const renamed = (column: string, header: string, cell: string) => {
  const row: Record<string, string> = { ...BASE, 二次医療圏: '鹿児島' }
  delete row[column]
  return { ...row, [header]: cell }
}

test.each(understood.filter(([, column]) => column in BASE))(
  'a sheet with 「%s」 is read',
  (header, column) => {
    const parsed = read(renamed(column, header, BASE[column as keyof typeof BASE]))
    expect(parsed.ok && parsed.hospitals[0]?.hospital).toMatchObject({
      key: '4619900014',
      name: '架空病院',
      municipality: '鹿児島市',
      beds: 50,
    })
  },
)

test.each(Object.entries(NEAR).flatMap(([column, headers]) => headers.map((header) => [header, column])))(
  'a sheet with 「%s」 and no %s is refused, naming both',
  (header, column) => {
    const parsed = read(renamed(column!, header!, '1'))
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(`「${header}」`) })
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(`「${column}」`) })
  },
)

test('beside the column itself it is another column', () => {
  const parsed = read({ ...BASE, '許可病床数（うち休床）': '5', 病床数: '7', 病院名略称: '架' })
  expect(parsed.ok && parsed.hospitals[0]?.hospital.beds).toBe(50)
  expect(parsed.ok && parsed.warnings.map(({ row, column }) => [row, column])).toEqual([
    [1, '許可病床数（うち休床）'],
    [1, '病床数'],
    [1, '病院名略称'],
  ])
})

test('two columns that mean the same are refused, naming both', () => {
  const { 許可病床数: _, ...row } = BASE
  expect(read({ ...row, 病床数: '50', '許可病床数（床）': '60' })).toEqual({
    ok: false,
    message: expect.stringContaining('「病床数」と「許可病床数（床）」'),
  })
})

test('a synonym is said, a unit is not', () => {
  const { 許可病床数: _, ...row } = BASE
  const warnings = (header: string) => {
    const parsed = read({ ...row, [header]: '50' })
    return parsed.ok && parsed.warnings.map(({ message }) => message)
  }
  expect(warnings('総病床数')).toEqual(['「許可病床数」の列として読みました。'])
  expect(warnings('許可病床数（床）')).toEqual([])
})

test('what our own files tell beside is passed over without a word', () => {
  const parsed = read({ ...BASE, 確定結果: '選定', 次の選定での扱い: '#N/A' })
  expect(parsed.ok && [parsed.hospitals.length, parsed.errors]).toEqual([1, []])
  expect(parsed.ok && parsed.warnings.map(({ row }) => row)).toEqual([2])
})

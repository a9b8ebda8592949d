import { BED_TYPES } from '../../domain/master/hospital.ts'
import { wordKey } from '../../domain/master/same-text.ts'
import { normalForm } from '../../domain/text/normal-form.ts'
import { headerKey } from '../table/table.ts'
import { hospitalSheetColumns } from './sheet-columns.ts'

/** What a header of a hospital sheet stands for. */
export type HeaderMeaning =
  | { kind: 'column'; column: string; isExact: boolean }
  /** Nearly one of the columns that matter: nobody can tell whether it is meant. */
  | { kind: 'near'; column: string }
  | { kind: 'other' }

/** 「病床数（許可）」 is 許可病床数, 「病床許可状況」 nearly, 「担当者メモ」 another thing. */
export function meaningOf(header: string): HeaderMeaning {
  const exact = EXACT.get(headerKey(header))
  if (exact) return { kind: 'column', column: exact, isExact: true }
  if (header.length > LONGEST_HEADER) return { kind: 'other' }
  const whole = wholeOf(header)
  const bare = whole.replace(NUMBERING, '')
  const column = columnOf(whole) ?? columnOf(bare) ?? columnOf(bare.replace(UNIT, ''))
  if (column) return { kind: 'column', column, isExact: false }
  const near = nearOf(wordKey(header).replaceAll('ノ', ''))
  return near ? { kind: 'near', column: near } : { kind: 'other' }
}

const EXACT = new Map(hospitalSheetColumns.map(({ header }) => [headerKey(header), header]))
/** Longer ones are whole questions. */
const LONGEST_HEADER = 60

/** The header as one word, its brackets gone, with what stood in them unless it only says how to fill the column. */
function wholeOf(header: string): string {
  const text = normalForm(header, 'NFKC').replace(BRACKETS, '(').replace(CLOSING, ')')
  const [before = '', ...inBrackets] = text.split('(')
  const parts = inBrackets.flatMap((part) => {
    const [inside = '', ...after] = part.split(')')
    const word = plain(inside)
    const told = word.endsWith('カナ') ? 'カナ' : HOW_TO_FILL.test(word) ? '' : word
    return [told, plain(after.join(''))]
  })
  return plain(before) + parts.join('')
}

const BRACKETS = /[[{<〔【「『〈《［｛＜]/gu
const CLOSING = /[\]}>〕】」』〉》］｝＞]/gu

/** の, signs and marks of what must be filled tell nothing apart. */
function plain(text: string): string {
  return wordKey(text)
    .replace(/[・･.,、。:;'"*※★☆●○◆◇■□▼▽▲△#/|_\\?!]/gu, '')
    .replace(/ノ/gu, '')
    .replace(/^(?:必須|任意)|(?:必須|任意)$/gu, '')
}

/** Units, formats and days: with the long vowels and hyphens gone that `wordKey` leaves out. */
const HOW_TO_FILL =
  /^(?:(?:単位)?(?:床|人|名|件)(?:単位)?|数|床数|入力必須|必須|任意|半角.*|全角.*|漢字|正式|正式名称|数字|英数字|\d+(?:ケタ|桁)?|ハイフン.*|例.*|.*(?:現在|時点)|.*区切リ|.*記入|.*入力)$/u

const NUMBERING = /^(?:\d{1,2}|[a-z])(?=\D)/u
const UNIT = /(?:単位)?(?:床|人)$/u

/** Written with what `plain` leaves: no の, no ー, no hyphens, katakana. */
const WRITTEN: readonly (readonly [column: string, written: RegExp])[] = [
  ['医療機関コード', /^(?:保険)?医療機関等?(?:コド|番号|cd|code|no)(?:10桁)?$/u],
  [
    '機関コード',
    /^(?:医療情報ネット|ナビイ|gmis)?機関(?:コド|番号|cd|code|no|id)$|^医療情報ネット(?:コド|番号|id)$/u,
  ],
  [
    'フリガナ',
    /^(?:(?:保険)?医療機関等?|病院|施設|機関)?(?:名|名称|正式名称)?(?:フリガナ|フリ仮名|振仮名|振リ仮名|カナ|カナ名称?|ヨミ|ヨミ[カガ]ナ|ヨミカタ|読ミ|読ミ[カガ]ナ|読ミ仮名|読仮名|読ミ方)(?:カナ)?$/u,
  ],
  [
    '医療機関名',
    /^(?:(?:保険)?医療機関等?|病院等?|施設|機関)(?:名|名称|正式名称?|名漢字)?$|^(?:正式)?名称$/u,
  ],
  [
    '二次医療圏',
    /^(?:所在|所属)?第?[二2ニ]次(?:保健)?医療圏域?(?:名|名称)?$|^(?:保健)?医療圏域?(?:名|名称)?$|^圏域(?:名|名称)?$/u,
  ],
  ['市町村', /^(?:所在地?)?市区?郡?町村?(?:名|名称)?(?:所在地)?$/u],
  ['所在地', /^(?:医療機関|病院|施設)?(?:所在地|住所)(?:住所|所在地)?$/u],
  [
    '電話番号',
    /^(?:医療機関|病院|施設|代表|連絡先|電話番号)?(?:電話(?:番号)?|電話no|tel(?:no|番号)?|phone)(?:代表)?$/u,
  ],
  [
    'メールアドレス',
    /^(?:医療機関|病院|施設|代表|連絡先)?(?:e|電子)?(?:メル|mail)(?:アドレス|address|アド|宛先)?$|^メアド$/u,
  ],
  ['郵便番号', /^(?:医療機関|病院|施設)?(?:所在地)?(?:郵便番号|〒)$/u],
  [
    'FAX番号',
    /^(?:医療機関|病院|施設|代表|連絡先)?(?:ファックス|ファクシミリ|fax)(?:番号|no|number)?(?:代表)?$/u,
  ],
  ['G-MIS ID', /^gmis(?:利用者|ユーザ|user)?id$/u],
  ['開設者種別', /^(?:病院)?(?:開設者?|経営者?|開設主体|経営主体)(?:種別|区分|分類)$|^(?:開設|経営)主体$/u],
  ['施設基準', /^(?:受理)?施設基準(?:届出)?(?:名称?|状況)?$/u],
  ['過去の支援年度', /^(?:過去|以前)?支援(?:済ミ?|実績)?年度$/u],
  ['状態', /^(?:病院|施設)?(?:状態|開設状況|閉院)$/u],
  ['医療機能', /^(?:主要?ナ?|病院)?(?:医療)?機能等?(?:指定等?)?$/u],
  ['立入検査', /^(?:医療法)?(?:立入|立チ入リ|立入リ)検査(?:結果|判定|評価)?$/u],
]

/** 許可, 総, 合計 and the like around 病床 or 床数; a 病床種別 beside them. */
const TOTAL =
  /^(?:許可|総許可|許可総|総|全|合計)?(?:病床|ベッド|(?=床数))(?:床?総数|床?数)?(?:許可数?|合計|総数|総計|計|全体)*$/u
const TYPE =
  /^(?:ウチ|内)?(?:許可)?(?:病床数?|床数)?(?:許可|内訳|ウチ|内)?(一般|療養|精神|結核|感染症?)(?:病床|床|ベッド)?(?:許可)?(?:病床)?数?(?:許可)?$/u

function columnOf(whole: string): string | null {
  const type = TYPE.exec(whole)?.[1]
  if (type) return BED_TYPES.find(({ label }) => label.startsWith(type))!.label
  if (TOTAL.test(whole)) return '許可病床数'
  return WRITTEN.find(([, written]) => written.test(whole))?.[0] ?? null
}

/** What a header that nearly names a column has in it; the first that fits counts. */
const NEAR: readonly (readonly [column: string, stem: RegExp])[] = [
  ['医療機関コード', /医療機関(?:等)?(?:コ|番|cd|id|no|識別)|(?:病院|施設)(?:コド|番号|cd|id|no)|^コド$/u],
  ['機関コード', /機関(?:コ|番|cd|id|no)/u],
  ['一般病床', /一般.{0,6}(?:病床|床|ベッド)|(?:病床|床数).{0,6}一般/u],
  ['療養病床', /療養.{0,6}(?:病床|床|ベッド)|(?:病床|床数).{0,6}療養/u],
  ['精神病床', /精神.{0,6}(?:病床|床|ベッド)|(?:病床|床数).{0,6}精神/u],
  ['結核病床', /結核.{0,6}(?:病床|床|ベッド)|(?:病床|床数).{0,6}結核/u],
  ['感染症病床', /感染.{0,6}(?:病床|床|ベッド)|(?:病床|床数).{0,6}感染/u],
  ['許可病床数', /病床|床数|ベッド|^(?:合計|総数?)$/u],
  ['医療機関名', /(?:医療機関|病院|施設)(?:ノ)?(?:名|正式)/u],
  ['二次医療圏', /医療圏|圏域/u],
  ['市町村', /市区?町村/u],
  ['医療機能', /機能|指定状況/u],
  ['立入検査', /立チ?入リ?(?:検査|調査)/u],
]
const CODES = ['医療機関コード', '機関コード']
/** What has a column's name in it and yet tells something else of it. */
const SOMETHING_ELSE =
  /(?:コド|番号|日|年月|年度|年|担当者?|備考|メモ|コメント|区分|順位?|時期|予定|評価|種別|理由|率|フリガナ|カナ|url|対象|三次医療圏)$|^三次/u

function nearOf(word: string): string | null {
  const misspelt = MATTERS.find(({ key }) => isMisspelt(word, key) && !isMoreThan(word, key))
  if (misspelt) return misspelt.column
  const meant = columnOf(word.replace(HOMOPHONES, '機関').replace('市長村', '市町村'))
  if (meant && MATTERS.some(({ column }) => column === meant)) return meant
  const found = NEAR.find(([, stem]) => stem.test(word))?.[0]
  return found && (CODES.includes(found) || !SOMETHING_ELSE.test(word)) ? found : null
}

/** A wrong one here makes hospitals, bands or points wrong; the others only how to reach a hospital. */
const MATTERS = [...CODES, '医療機関名', '二次医療圏', '市町村', '許可病床数', '医療機能', '立入検査']
  .concat(BED_TYPES.map(({ label }) => label))
  .map((column) => ({ column, key: wordKey(column) }))

/** What a keyboard makes of きかん. */
const HOMOPHONES = /期間|機間|期関|器官|気管/u

/** 立入検査日 */
function isMoreThan(word: string, name: string): boolean {
  return word.startsWith(name) && word !== name && SOMETHING_ELSE.test(word)
}

/** One letter of a name wrong, missing, too many, or two in the other order. */
function isMisspelt(word: string, name: string): boolean {
  if (Math.abs(word.length - name.length) > 1 || word.startsWith('三次')) return false
  let start = 0
  while (start < name.length && word[start] === name[start]) start += 1
  const [rest, wanted] = [word.slice(start), name.slice(start)]
  const isSwapped = rest.slice(0, 2) === [...wanted.slice(0, 2)].reverse().join('')
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (isSwapped && rest.slice(2) === wanted.slice(2))
  )
}

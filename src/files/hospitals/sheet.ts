import { LIMITS } from '../../domain/answer/questions.ts'
import { HOSPITAL_FUNCTIONS, type Hospital, INSPECTIONS } from '../../domain/master/hospital.ts'
import { wordKey } from '../../domain/master/same-text.ts'
import { isEmail, readEmail as readMailAddress } from '../../domain/text/email.ts'
import { normaliseKana } from '../../domain/text/text.ts'
import { SMALLEST_BAND, sumOf, warnBelowBands } from './beds.ts'
import { readFurther } from './further-columns.ts'
import { phoneOf } from './phone.ts'
import type { HospitalFileOptions } from './reading.ts'
import { oneOf, readWhereabouts } from './region.ts'
import type { HospitalRow } from './row.ts'

export const SHEET_NAME_COLUMN = '医療機関名'

/** Each line: one of these columns has to be there. The rest of the sheet may be left out. */
export const SHEET_REQUIRED: readonly (readonly string[])[] = [
  ['医療機関コード', '機関コード'],
  [SHEET_NAME_COLUMN],
  ['二次医療圏', '市町村'],
  ['許可病床数', '一般病床', '療養病床', '精神病床', '結核病床', '感染症病床'],
]

/** One row of the prefecture's own hospital sheet. Null when it has errors; they stand in `row.errors`. */
export function readSheetRow(row: HospitalRow, options: HospitalFileOptions): Hospital | null {
  const medicalCode = row.medicalCode('医療機関コード', options.prefectureCode)
  const naviiCode = row.opaqueCode('機関コード')
  const code = medicalCode ?? naviiCode
  if (!code && row.errors.length === 0)
    row.refuse(
      '医療機関コード',
      '医療機関コードと機関コードが、どちらも空欄です。どちらかを入力してください。',
    )
  const name = row.name(SHEET_NAME_COLUMN, LIMITS.hospitalName)
  if (!name) row.refuse(SHEET_NAME_COLUMN, '空欄です。医療機関名を入力してください。')
  const whereabouts = readWhereabouts(row, options)
  const kana = row.name('フリガナ')
  const rest = {
    kana: kana && normaliseKana(kana),
    address: row.name('所在地'),
    phone: phoneOf(row, '電話番号'),
    email: readEmail(row),
    ...readBeds(row, options.smallestBand ?? SMALLEST_BAND),
    functions: readFunctions(row),
    inspection: readInspection(row),
    ...readFurther(row),
  }
  if (!code || !name || !whereabouts || row.errors.length > 0) return null
  return { key: code, medicalCode, naviiCode, name, ...whereabouts, ...rest }
}

function readEmail(row: HospitalRow): string | null {
  const text = row.text('メールアドレス', LIMITS.email)
  if (text === null) return null
  const email = readMailAddress(text)
  if (!isEmail(email)) row.warn('メールアドレス', `「${text}」はメールアドレスの形ではありません。`)
  return email
}

function readBeds(row: HospitalRow, smallestBand: number): Pick<Hospital, 'beds' | 'bedsByType'> {
  const errors = row.errors.length
  const total = row.beds('許可病床数')
  const bedsByType = row.bedsByType()
  const sum = bedsByType ? sumOf(bedsByType) : 0
  if (total && bedsByType && total !== sum)
    row.warn('許可病床数', `${total}床とありますが、病床種別の合計は${sum}床です。許可病床数を採用しました。`)
  const beds = total || sum
  // Numbers that cannot be read say nothing about the size.
  if (row.errors.length > errors) return { beds, bedsByType }
  if (!total && !bedsByType) row.warn('許可病床数', NO_BEDS)
  else warnBelowBands(row, '許可病床数', beds, smallestBand)
  return { beds, bedsByType }
}

const NO_BEDS =
  '病床数が空欄です。登録済みの病院は登録済みの病床数を残します。新しい病院は、病床がないため、病床規模区分の対象外です。'

function readFunctions(row: HospitalRow): Hospital['functions'] {
  const given = new Set<string>()
  for (const part of (row.text('医療機能') ?? '').split(SEPARATORS)) {
    const { ids, rest } = functionsIn(part)
    for (const id of ids) given.add(id)
    if (rest !== '' && !NONE.has(rest))
      row.refuse(
        '医療機能',
        `「${part.trim()}」という医療機能はありません。${oneOf(HOSPITAL_FUNCTIONS.map((choice) => choice.label))}複数あるときは「;」で区切ります。`,
      )
  }
  return HOSPITAL_FUNCTIONS.filter(({ id }) => given.has(id)).map(({ id }) => id)
}

const SEPARATORS = /[;；、､,，/／・･|｜。｡]/u
const NONE = new Set(['ナシ', '無シ', '無', '該当ナシ', '該当無シ'])
const FUNCTION_KEYS = HOSPITAL_FUNCTIONS.map(({ id, label }) => ({ id, key: wordKey(label) }))

/** Labels may stand one a line, or a line may break within one: white space tells nothing. */
function functionsIn(part: string): { ids: string[]; rest: string } {
  const ids: string[] = []
  let rest = wordKey(part)
  for (;;) {
    const found = FUNCTION_KEYS.find(({ key }) => rest.startsWith(key))
    if (!found) return { ids, rest }
    ids.push(found.id)
    rest = rest.slice(found.key.length)
  }
}

function readInspection(row: HospitalRow): Hospital['inspection'] {
  const text = row.text('立入検査')
  if (text === null) return 'unknown'
  const known = INSPECTIONS.find(({ label }) => wordKey(label) === wordKey(text))
  if (known) return known.id
  const allowed = INSPECTIONS.map(({ label }) => label).join('、')
  row.refuse(
    '立入検査',
    `「${text}」は入力できません。${allowed}のいずれかを入力するか、空欄にしてください。`,
  )
  return 'unknown'
}

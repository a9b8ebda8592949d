import type { AnswerLine } from '../../domain/answer/lines.ts'
import { BED_TYPES, HOSPITAL_FUNCTIONS, type Hospital, INSPECTIONS } from '../../domain/master/hospital.ts'
import { type Band, bandIndexOf, bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { labelOf } from '../../domain/text/choice.ts'

/** What the master knows of a hospital, a line a field. */
export function hospitalLines(hospital: Hospital, bands: readonly Band[]): AnswerLine[] {
  const band = bands[bandIndexOf(bands, hospital.beds)]
  const lines: [label: string, text: string | null][] = [
    ['医療機関コード', hospital.medicalCode],
    ['機関コード', hospital.naviiCode],
    ['フリガナ', hospital.kana],
    ['二次医療圏', hospital.region],
    ['所在地', hospital.address ?? hospital.municipality],
    ['電話番号', hospital.phone],
    ['メールアドレス', hospital.email],
    ['許可病床数', bedsText(hospital)],
    ['病床規模区分', band ? bandLabel(band) : NO_BAND.label],
    ['医療機能', hospital.functions.map((id) => labelOf(HOSPITAL_FUNCTIONS, id)).join('、') || 'なし'],
    ['立入検査', labelOf(INSPECTIONS, hospital.inspection)],
  ]
  return lines.map(([label, text]) => ({ label, text: text ?? NOT_KNOWN }))
}

/** In the place of what nobody has told. */
export const NOT_KNOWN = '（登録なし）'

/** 120床（一般病床80、療養病床40） */
function bedsText({ beds, bedsByType }: Hospital): string {
  const types = BED_TYPES.map(({ id, label }) => ({ label, count: bedsByType?.[id] ?? 0 }))
  const known = types.filter(({ count }) => count > 0).map(({ label, count }) => `${label}${count}`)
  return known.length === 0 ? `${beds}床` : `${beds}床（${known.join('、')}）`
}

import type { Stores } from '../../db/stores.ts'
import { consentOf } from '../../domain/answer/sealed.ts'
import { GMIS_QUESTION_IDS, GMIS_QUESTIONS } from '../../domain/survey/gmis-mapping.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { emrDiffers } from './reading.ts'

/** What is known of one hospital from the GMIS survey, or why nothing is. */
export type HospitalGmis =
  | { kind: 'none'; why: string }
  | {
      kind: 'known'
      facts: { label: string; text: string; asWritten: string | null }[]
      from: string
      /** What does not agree with its answer here; null where nothing does not. */
      doubt: string | null
    }

export function gmisOfHospital(stores: Stores, key: string): HospitalGmis {
  const known = stores.gmis.kept().get(key)
  if (!known) return { kind: 'none', why: whyNone(stores, key) }
  const facts = GMIS_QUESTION_IDS.map((question) => {
    const cell = known.cells?.[question]
    return {
      label: labelOf(GMIS_QUESTIONS, question),
      text: yesOrNo(question === 'emr' ? known.emrClaimed : known[question]),
      asWritten: cell ? `${cell.column}：${cell.value || '（記入なし）'}` : null,
    }
  })
  const file = known.import === null ? null : stores.gmis.importOf(known.import)
  const source = file ? `「${file.fileName}」から、` : ''
  const isDoubtful = emrDiffers(known.emrClaimed, stores.submissions.currentOf(key))
  return {
    kind: 'known',
    facts,
    from: `${source}${dateTimeText(known.importedAt)}に取り込みました。`,
    doubt: isDoubtful ? EMR_DIFFERS : null,
  }
}

const EMR_DIFFERS =
  '電子カルテの回答が食い違っています。回答票では「導入していない」、GMIS調査では「はい」です。GMIS調査はオーダリングシステムを電子カルテに含めるため、必要な場合は病院に確認してください。'

function yesOrNo(answer: boolean | null): string {
  if (answer === null) return '不明'
  return answer ? 'はい' : 'いいえ'
}

function whyNone(stores: Stores, key: string): string {
  const consent = consentOf(stores.submissions.currentOf(key))
  if (consent === 'no-answer') return '有効な回答がないため、GMIS調査の回答は使えません。'
  if (consent === 'refused') return '回答票で活用に同意していないため、GMIS調査の回答は使えません。'
  const [last] = stores.gmis.imports()
  if (!last) return '活用に同意していますが、GMIS調査の回答をまだ取り込んでいません。'
  return `活用に同意していますが、取り込んだファイル（最後は「${last.fileName}」）から、この病院の回答を取り込んでいません。ファイルにないか、同意が取込みの後です。`
}

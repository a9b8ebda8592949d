import type { Hospital } from '../domain/hospital.ts'
import { monthText } from '../domain/period.ts'
import { type Band, bandLabel } from '../domain/policy.ts'
import { CONSENT_CHOICES, EMR_CHOICES, INTENT_CHOICES, labelOf } from '../domain/questionnaire.ts'
import type { HospitalResult, SelectionResult } from '../domain/selection/result.ts'
import type { Snapshot } from '../domain/selection/snapshot.ts'
import { selectionTexts } from '../domain/selection-texts.ts'
import type { Answers, Submission } from '../domain/submission.ts'
import type { Column } from './csv.ts'

/** One selected hospital as it is reported. */
export interface MinistryRow {
  prefecture: string
  row: HospitalResult
  hospital: Hospital
  band: Band
  /** Null for a designated hospital that did not answer. */
  answers: Answers | null
  basis: string
  why: string
}

export interface MinistryFacts {
  prefecture: string
  snapshot: Snapshot
  result: SelectionResult
  hospitals: readonly Hospital[]
  submissions: readonly Submission[]
}

/** The selected, in the order in which the prefecture wants them supported (順位). */
export function ministryRows({
  prefecture,
  snapshot,
  result,
  hospitals,
  submissions,
}: MinistryFacts): MinistryRow[] {
  const master = new Map(hospitals.map((hospital) => [hospital.code, hospital]))
  const current = submissions.filter(({ state }) => state === 'current')
  const answered = new Map(current.map(({ hospitalCode, answers }) => [hospitalCode, answers]))
  const texts = selectionTexts(snapshot, result)
  return result.results
    .filter(({ decision }) => decision === 'selected')
    .sort((a, b) => a.order! - b.order!)
    .map((row) => ({
      prefecture,
      row,
      hospital: master.get(row.code)!,
      band: snapshot.policy.bands.find(({ id }) => id === row.band)!,
      answers: answered.get(row.code) ?? null,
      basis: texts.basis(row)!,
      why: texts.why(row),
    }))
}

/** 厚生労働省への報告. The ministry's own form is not known: columns and order are the contract of this program. */
export const MINISTRY_COLUMNS: readonly Column<MinistryRow>[] = [
  { header: '都道府県名', value: ({ prefecture }) => prefecture },
  { header: '順位', value: ({ row }) => row.order },
  { header: '医療機関コード', value: ({ hospital }) => hospital.code },
  { header: '医療機関名', value: ({ hospital }) => hospital.name },
  { header: '所在地', value: ({ hospital }) => hospital.address },
  { header: '二次医療圏', value: ({ hospital }) => hospital.region },
  { header: '許可病床数', value: ({ hospital }) => hospital.beds },
  { header: '病床規模区分', value: ({ band }) => bandLabel(band) },
  { header: '電子カルテ導入状況', value: ({ answers }) => answers && labelOf(EMR_CHOICES, answers.emr) },
  {
    header: '導入予定時期',
    value: ({ answers }) => (answers?.emrPlannedMonth ? monthText(answers.emrPlannedMonth) : null),
  },
  { header: '希望する支援内容', value: ({ answers }) => answers && labelOf(INTENT_CHOICES, answers.intent) },
  {
    header: 'GMIS調査回答の活用',
    value: ({ answers }) => answers && labelOf(CONSENT_CHOICES, answers.gmisConsent ? 'yes' : 'no'),
  },
  { header: '選定区分', value: ({ basis }) => basis },
  { header: '選定理由', value: ({ why }) => why },
  { header: '担当部署', value: ({ answers }) => answers?.department ?? null },
  { header: '担当者名', value: ({ answers }) => answers?.contactName ?? null },
  { header: '電話番号', value: ({ answers, hospital }) => answers?.phone ?? hospital.phone },
  { header: 'メールアドレス', value: ({ answers, hospital }) => answers?.email ?? hospital.email },
  { header: '備考', value: ({ answers }) => answers?.remarks ?? null },
]

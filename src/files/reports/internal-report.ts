import { entriesOf } from '../../domain/record/register.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import { bandLabel, CRITERIA, type Policy, SHORTFALLS, TIE_BREAKS } from '../../domain/selection/policy.ts'
import type { Candidate, Snapshot } from '../../domain/selection/snapshot.ts'
import { amendedTexts } from '../../domain/selection/words/amended.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { Column } from '../table/csv.ts'
import { sheetOf, type XlsxSheet } from '../xlsx/write.ts'
import type { MinistryFacts } from './ministry.ts'

interface InternalRow {
  row: AmendedRow
  candidate: Candidate
  medicalCode: string | null
  decision: string
  basis: string | null
  why: string
}

/** 内部資料: every hospital with its points. Scores and weaknesses never leave the prefecture: each sheet says so. */
export function internalSheets(facts: MinistryFacts): XlsxSheet[] {
  const { snapshot } = facts
  const rows = internalRows(facts)
  const ranked = rows.filter(({ row }) => row.eligible)
  const others = rows.filter(({ row }) => !row.eligible)
  return [
    sheetOf('内部資料・順位と点数', [...PLACES, ...FACTS(snapshot), ...points(snapshot.policy)], ranked),
    sheetOf('内部資料・対象外', [...FACTS(snapshot), ...points(snapshot.policy)], others),
    policySheet(snapshot),
  ]
}

function internalRows({ snapshot, result, amended, register }: MinistryFacts): InternalRow[] {
  const entries = entriesOf(register)
  const candidates = new Map(snapshot.candidates.map((candidate) => [candidate.code, candidate]))
  const texts = amendedTexts(snapshot, result, amended)
  return amended.results.map((row) => ({
    row,
    candidate: candidates.get(row.code)!,
    medicalCode: entries.get(row.code)!.hospital.medicalCode,
    decision: texts.decision(row),
    basis: texts.basis(row),
    why: texts.why(row),
  }))
}

const PLACES: readonly Column<InternalRow>[] = [
  { header: '支援順位', value: ({ row }) => row.order },
  { header: '全体の順位', value: ({ row }) => row.rank },
  { header: '区分内の順位', value: ({ row }) => row.bandRank },
]

const FACTS = ({ policy }: Snapshot): Column<InternalRow>[] => {
  const bands = new Map(policy.bands.map((band) => [band.id, bandLabel(band)]))
  return [
    { header: '医療機関コード', value: ({ medicalCode }) => medicalCode },
    { header: '医療機関名', value: ({ candidate }) => candidate.name },
    { header: '二次医療圏', value: ({ row }) => row.region },
    { header: '許可病床数', value: ({ candidate }) => candidate.beds },
    { header: '病床規模区分', value: ({ row }) => bands.get(row.band ?? '') ?? '区分外' },
    { header: '判定', value: ({ decision }) => decision },
    { header: '選定区分', value: ({ basis }) => basis },
    { header: '理由', value: ({ why }) => why },
    { header: '点数', value: ({ row }) => row.score / 100 },
  ]
}

/** What each criterion earned: its points × the value of 0..100. */
function points({ criteria }: Policy): Column<InternalRow>[] {
  return CRITERIA.flatMap(({ id, label }) => {
    const most = criteria[id] ?? 0
    if (most === 0) return []
    return [{ header: `${label}（配点${most}）`, value: ({ row }) => (most * row.values[id]) / 100 }]
  })
}

function policySheet({ policy, takenAt, round }: Snapshot): XlsxSheet {
  const rows: [string, string | number][] = [
    ['取扱い', '内部資料（公表しない）'],
    ['選定の回', round],
    ['選定に使った内容の時点（協定世界時）', takenAt],
    ...policy.bands.map((band): [string, number] => [`枠：${bandLabel(band)}`, band.seats]),
    ['医療圏ごとに確保する病院数', policy.regionFloor],
    ['枠に余りが出たとき', labelOf(SHORTFALLS, policy.shortfall)],
    ['不明な項目の扱い（100点満点）', policy.unknownValue],
    ['同点のとき', policy.tieBreak.map((key) => labelOf(TIE_BREAKS, key)).join(' → ') || '医療機関コード順'],
    ['抽選の種', policy.lotterySeed],
    ...CRITERIA.map(({ id, label }): [string, number] => [`配点：${label}`, policy.criteria[id] ?? 0]),
  ]
  return { name: '内部資料・選定基準', headers: ['項目', '内容'], rows }
}

import { entriesOf, type Register } from '../../domain/record/register.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import { pointsOf, type SnapshotPolicy } from '../../domain/selection/policy.ts'
import type { AmendedReading } from '../../domain/selection/reading.ts'
import { policyContents, policyRules, takenAtLine } from '../../domain/selection/words/policy.ts'
import { countedPublicFacts } from '../../domain/selection/words/safeguards.ts'
import type { Column } from '../table/csv.ts'
import { sheetOf, type XlsxSheet } from '../xlsx/write.ts'
import type { MinistryFacts } from './ministry.ts'

/** 内部資料: every hospital with its points. Scores and weaknesses never leave the prefecture: each sheet says so. */
export function internalSheets({ reading, register }: MinistryFacts): XlsxSheet[] {
  const { rows, snapshot } = reading
  const ranked = rows.filter(({ eligible }) => eligible)
  const others = rows.filter(({ eligible }) => !eligible)
  const columns = [...facts(reading, register), ...points(snapshot.policy), ...publicFacts(reading)]
  return [
    sheetOf('内部資料・順位と点数', [...PLACES, ...columns], ranked),
    sheetOf('内部資料・対象外', columns, others),
    policySheet(reading),
  ]
}

const PLACES: readonly Column<AmendedRow>[] = [
  { header: '支援順位', value: ({ order }) => order, number: 'place' },
  { header: '全体の順位', value: ({ rank }) => rank, number: 'place' },
  { header: '区分内の順位', value: ({ bandRank }) => bandRank, number: 'place' },
]

function facts(
  { candidate, name, bandLabel, texts }: AmendedReading,
  register: Register,
): Column<AmendedRow>[] {
  const entries = entriesOf(register)
  return [
    { header: '医療機関コード', value: ({ code }) => entries.get(code)!.hospital.medicalCode },
    { header: '医療機関名', value: ({ code }) => name(code) },
    { header: '二次医療圏', value: ({ region }) => region },
    { header: '許可病床数', value: ({ code }) => candidate(code).beds },
    { header: '病床規模区分', value: ({ band }) => bandLabel(band) },
    { header: '判定', value: (row) => texts.decision(row) },
    { header: '選定区分', value: (row) => texts.basis(row) },
    { header: '理由', value: (row) => texts.why(row) },
    { header: '点数', value: ({ score }) => score / 100, number: 'points' },
  ]
}

/** What each criterion earned: its points × the value of 0..100. */
function points(policy: SnapshotPolicy): Column<AmendedRow>[] {
  return pointsOf(policy).flatMap(({ id, label, points: most }) => {
    if (most === 0) return []
    const value = ({ values }: AmendedRow) => (most * values[id]!) / 100
    return [{ header: `${label}（配点${most}）`, value, number: 'points' }]
  })
}

/** Where any hospital has one: by which public facts its safeguards are scored. */
function publicFacts({ snapshot, candidate }: AmendedReading): Column<AmendedRow>[] {
  if (!snapshot.candidates.some((each) => each.publicFacts)) return []
  return [{ header: '公表情報', value: ({ code }) => countedPublicFacts(candidate(code)) }]
}

function policySheet({ snapshot }: AmendedReading): XlsxSheet {
  const { bands, points: weights } = policyContents(snapshot.policy)
  const rules = [takenAtLine(snapshot), ...policyRules(snapshot.policy)]
  const rows: [string, string | number][] = [
    ['取扱い', '内部資料（公表しない）'],
    ['選定の回', snapshot.round],
    ...bands.map(({ label, seats }): [string, number] => [`枠：${label}`, seats]),
    ...rules.map(({ label, text }): [string, string] => [label, text]),
    ...weights.map(({ label, points: most }): [string, number] => [`配点：${label}`, most]),
  ]
  return { name: '内部資料・選定基準', headers: ['項目', '内容'], rows }
}

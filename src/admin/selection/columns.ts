import type { Hospital } from '../../domain/master/hospital.ts'
import { pointsOf, type SnapshotPolicy } from '../../domain/selection/policy.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { DECISIONS, type HospitalResult } from '../../domain/selection/result.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import { countedPublicFacts, isByPublicFact } from '../../domain/selection/words/safeguards.ts'
import { flipsSummary, stabilityMark } from '../../domain/selection/words/stability.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { UNDRAWN } from '../../office/lot/in-force.ts'
import { hospitalLink, type Part, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

/**
 * The ranking, for the files and for the page's table of points. It has scores and weaknesses in it: every row of a file
 * says that it is internal.
 * @param stability null where it is not known
 * @param undrawn whose places the draw will settle
 */
export function rankingColumns(
  reading: Reading,
  hospitals: readonly Hospital[],
  stability: Stability | null,
  undrawn: ReadonlySet<string>,
): Column<HospitalResult>[] {
  const { candidate, name, bandLabel, texts, move } = reading
  const medicalCodes = new Map(hospitals.map(({ key, medicalCode }) => [key, medicalCode]))
  const markOf = ({ code }: HospitalResult) => stability && stabilityMark(stability, code)
  const naturalRank = ({ code }: HospitalResult) => (move(code) ? reading.naturalRank(code) : null)
  return [
    { header: '順位', value: ({ rank }) => rank, number: 'place', look: 'number' },
    { header: '区分内順位', value: ({ bandRank }) => bandRank, number: 'place' },
    { header: '医療機関コード', value: ({ code }) => medicalCodes.get(code) ?? null },
    {
      header: '医療機関名',
      label: '病院',
      value: ({ code }) => name(code),
      cell: ({ code }) => hospitalLink(code, name(code)),
      look: 'name',
      sort: 'name',
    },
    { header: '二次医療圏', label: '医療圏', value: ({ region }) => region, look: 'keep' },
    { header: '病床規模区分', value: ({ band }) => bandLabel(band), look: 'keep' },
    {
      header: '許可病床数',
      label: '病床数',
      value: ({ code }) => candidate(code).beds,
      look: 'number',
      sort: 'beds',
    },
    {
      header: '点数',
      value: ({ score }) => score / 100,
      number: 'points',
      cell: ({ score }) => scoreText(score),
      look: 'number',
      sort: 'points',
    },
    ...criterionColumns(reading.snapshot.policy, candidate),
    ...publicFactColumns(reading),
    {
      header: '判定',
      value: ({ decision }) => labelOf(DECISIONS, decision),
      cell: (row) => [
        tag(row.decision === 'selected' ? 'ok' : 'muted', texts.decision(row)),
        ...(undrawn.has(row.code) ? [tag('warn', UNDRAWN)] : []),
      ],
    },
    { header: '支援順位', value: ({ order }) => order, number: 'place' },
    { header: '補欠順位', value: ({ waitlistPosition }) => waitlistPosition, number: 'place' },
    { header: '選定区分', value: (row) => texts.basis(row) },
    {
      header: '理由',
      value: (row) => texts.why(row) + (undrawn.has(row.code) ? `（${UNDRAWN}）` : ''),
      look: 'why why--balanced',
    },
    {
      header: '配点を変えた場合の選定割合',
      value: (row) => markOf(row)?.percent ?? null,
      cell: (row) => {
        const mark = markOf(row)
        return mark ? [{ kind: 'stability', mark }] : []
      },
    },
    { header: '点数による順位', value: naturalRank, number: 'place' },
    {
      header: '順位を変更した理由',
      value: (row) => (naturalRank(row) === null ? null : move(row.code)!.reason),
    },
    { header: '取扱い', value: () => '内部資料' },
  ]
}

/** How often a hospital on the line is selected, and which criterion alone decides about it. */
export function lineColumns(stability: Stability, policy: SnapshotPolicy): Column<HospitalResult>[] {
  return [
    {
      header: '選定される割合',
      cell: ({ code }) => {
        const mark = stabilityMark(stability, code)
        return mark ? { kind: 'stability', mark: { ...mark, isOnTheLine: false } } : []
      },
      look: 'keep',
    },
    {
      header: '判定が変わる配点の変更',
      cell: ({ code }) => flipsSummary(stability.hospitals.get(code)!.flips, policy),
      look: 'why',
    },
  ]
}

/** The criteria that count, as they head their columns. */
export function criterionHeaders(policy: SnapshotPolicy): string[] {
  return criterionColumns(policy, null).map(({ header }) => header)
}

/** Where any hospital has one: by which public facts its safeguards are scored. */
function publicFactColumns({ snapshot, candidate }: Reading): Column<HospitalResult>[] {
  if (!snapshot.candidates.some(({ publicFacts }) => publicFacts)) return []
  return [{ header: '公表情報', value: ({ code }) => countedPublicFacts(candidate(code)) }]
}

/** @param candidate null where the headers alone are wanted */
function criterionColumns(
  policy: SnapshotPolicy,
  candidate: Reading['candidate'] | null,
): Column<HospitalResult>[] {
  return pointsOf(policy).flatMap(({ id, label, points }) => {
    if (points === 0) return []
    const note = `（配点${points}）`
    return {
      header: label + note,
      label,
      note,
      headLook: 'criterion',
      value: ({ values }) => (points * values[id]!) / 100,
      number: 'points',
      cell: ({ code, values }) => [
        { kind: 'text', text: scoreText(points * values[id]!) },
        ...(candidate && isByPublicFact(candidate(code), id) ? [BY_PUBLIC_FACT] : []),
      ],
      look: 'number',
    }
  })
}

const BY_PUBLIC_FACT: Part = { kind: 'small', text: '公表情報' }

import type { Round } from '../db/rounds.ts'
import type { Stores } from '../db/stores.ts'
import { roundLabel } from '../domain/facts.ts'
import { dateTimeText, monthText } from '../domain/period.ts'
import { CRITERIA, SHORTFALLS, TIE_BREAKS } from '../domain/policy.ts'
import { labelOf } from '../domain/questionnaire.ts'
import type { SelectionResult } from '../domain/selection/result.ts'
import type { Snapshot } from '../domain/selection/snapshot.ts'
import { type BandBoard, bandBoard } from './band-board.ts'
import { type RankingLine, rankingLines } from './ranking.ts'
import { ROUND_FILES, type RoundFileName } from './round-files.ts'

export interface RoundModel {
  number: number
  label: string
  confirmedAt: string
  confirmedBy: string
  freeSeatsReason: string | null
  policy: { label: string; text: string }[]
  points: { label: string; points: number }[]
  board: BandBoard
  selected: RankingLine[]
  waitlisted: RankingLine[]
  files: { href: string; label: string; sha256: string }[]
}

/** A confirmed round, out of its frozen files alone: today's facts and policy have no say. */
export function roundModel(stores: Stores, round: Round): RoundModel {
  const snapshot: Snapshot = frozenJson(stores, round, 'snapshot.json')
  const result: SelectionResult = frozenJson(stores, round, 'result.json')
  const lines = rankingLines(snapshot, result)
  const confirmer = stores.staff.all().find(({ login }) => login === round.confirmedBy)
  return {
    number: round.number,
    label: roundLabel(round.number),
    confirmedAt: dateTimeText(round.confirmedAt),
    confirmedBy: confirmer?.name ?? round.confirmedBy,
    freeSeatsReason: round.freeSeatsReason,
    policy: policyLines(round, snapshot),
    points: CRITERIA.map(({ id, label }) => ({ label, points: snapshot.policy.criteria[id] ?? 0 })),
    board: bandBoard(snapshot, result),
    selected: lines.filter(({ decision }) => decision === 'selected'),
    waitlisted: lines.filter(({ decision }) => decision === 'waitlisted'),
    files: fileLinks(stores, round),
  }
}

function frozenJson(stores: Stores, round: Round, name: string) {
  return JSON.parse(stores.rounds.file(round, name)!.bytes.toString('utf8'))
}

function policyLines({ policyVersion }: Round, { policy, takenAt }: Snapshot): RoundModel['policy'] {
  return [
    { label: '選定基準', text: policyVersion === 0 ? '初期設定' : `第${policyVersion}版` },
    { label: '選定に使った内容の時点', text: dateTimeText(new Date(takenAt)) },
    { label: '支援期間', text: `${monthText(policy.supportPeriodEnd)}まで` },
    {
      label: '医療圏の確保枠',
      text: policy.regionFloor === 0 ? 'なし' : `各医療圏に${policy.regionFloor}病院以上`,
    },
    { label: '枠に余りが出たとき', text: labelOf(SHORTFALLS, policy.shortfall) },
    { label: '不明な項目の扱い', text: `${policy.unknownValue}点（100点満点）とみなす` },
    {
      label: '同点のとき',
      text: policy.tieBreak.map((key) => labelOf(TIE_BREAKS, key)).join(' → ') || '医療機関コード順',
    },
    { label: '抽選の種', text: policy.lotterySeed },
  ]
}

const FILE_LABELS: Record<RoundFileName, { label: string; path: string }> = {
  'snapshot.json': { label: '選定の入力（JSON）', path: 'snapshot.json' },
  'result.json': { label: '選定の結果（JSON）', path: 'result.json' },
  'ministry.csv': { label: '厚生労働省への報告（CSV、UTF-8）', path: 'ministry.csv' },
  'ministry.cp932.csv': {
    label: '厚生労働省への報告（CSV、Shift_JIS）',
    path: 'ministry.csv?encoding=cp932',
  },
}

function fileLinks(stores: Stores, round: Round): RoundModel['files'] {
  const hashes = new Map(stores.rounds.files(round).map(({ name, sha256 }) => [name, sha256]))
  return ROUND_FILES.map((name) => {
    const { label, path } = FILE_LABELS[name]
    return { label, href: `/admin/rounds/${round.number}/${path}`, sha256: hashes.get(name)! }
  })
}

import { expect, test } from 'vitest'
import type { Answers, Submission } from '../../../src/domain/answer/submission.ts'
import type { Hospital } from '../../../src/domain/master/hospital.ts'
import { registerOf } from '../../../src/domain/record/register.ts'
import { amend } from '../../../src/domain/selection/amendment.ts'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { amendedReading, readingOf } from '../../../src/domain/selection/reading.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { snapshotOf } from '../../../src/domain/selection/snapshot-of.ts'
import { reasonsOf } from '../../../src/domain/selection/words/reasons.ts'
import { MINISTRY_COLUMN_IDS, type MinistryColumnId } from '../../../src/domain/survey/ministry-columns.ts'
import { ministryColumns, ministryRows } from '../../../src/files/reports/ministry.ts'
import { parseCsv, toCsv } from '../../../src/files/table/csv.ts'
import { encodeCsv } from '../../../src/files/table/encoding.ts'
import { aHospital } from '../../support/builders.ts'
import { anAnswer } from '../../support/submissions.ts'

const HEAD =
  '都道府県名,順位,医療機関コード,医療機関名,所在地,二次医療圏,許可病床数,病床規模区分,電子カルテ導入状況,導入予定時期,希望する支援内容,GMIS調査回答の活用,選定区分,選定理由,担当部署,担当者名,電話番号,メールアドレス,備考'

const FIRST = aHospital({ key: '4610000011', name: '甲病院', beds: 60, email: 'ko@hospital.example.jp' })
const SECOND = aHospital({ key: '4610000029', name: '乙﨑病院', beds: 50, region: '奄美', address: null })
const THIRD = aHospital({ key: '4610000037', name: '丙病院', beds: 40 })

function submission(
  hospitalCode: string,
  answers: Partial<Answers>,
  state: Submission['state'] = 'current',
): Submission {
  const at = new Date('2024-03-11T00:00:00Z')
  const ids = { id: 1, number: 'R-0001', submissionId: 'x', code: 'ABCD-2345', version: 1 }
  const times = { submittedAt: at, createdAt: at, correctedAt: at, withdrawnAt: null, closedAt: null }
  return {
    ...ids,
    ...times,
    state,
    hospitalCode,
    typedHospital: null,
    channel: 'web',
    enteredBy: null,
    withdrawnChannel: null,
    isMatched: false,
    lot: 42,
    answers: anAnswer(answers),
  }
}

interface ReportOptions {
  columns?: readonly MinistryColumnId[]
  declined?: string[]
  /** Frozen before there were reasons. */
  isOfBefore?: boolean
}

function csvOf(
  hospitals: Hospital[],
  submissions: Submission[],
  overrides: { hospitalCode: string; kind: 'designate' | 'exclude'; reason: string }[] = [],
  { columns = MINISTRY_COLUMN_IDS, declined = [], isOfBefore = false }: ReportOptions = {},
): string[][] {
  const snapshot = snapshotOf({
    hospitals,
    submissions,
    gmis: new Map(),
    publicFacts: new Map(),
    questionTexts: new Map(),
    overrides,
    moves: [],
    policy: {
      ...DEFAULT_POLICY,
      criteria: {},
      bands: [{ id: 's', min: 20, max: 99, seats: 2 }],
      regionFloor: 0,
    },
    round: 1,
    takenAt: new Date('2024-03-19T00:00:00Z'),
    otherRounds: new Map(),
  })
  const register = registerOf({
    prefecture: '鹿児島県',
    ministryColumns: columns,
    hospitals,
    submissions,
    overrides,
  })
  const result = select(snapshot)
  const outcome = amend(
    result,
    declined.map((code) => ({ code, reason: '病院からの申出' })),
  )
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  const reading = amendedReading(readingOf(snapshot, result), outcome.amended)
  const reasons = isOfBefore ? null : reasonsOf(reading)
  const rows = ministryRows({ reading, register, questions: [], reasons })
  const parsed = parseCsv(toCsv(ministryColumns(columns), rows))
  return parsed.ok ? parsed.rows : []
}

test('reports the selected in the order of support, with what they answered', () => {
  const rows = csvOf(
    [THIRD, SECOND, FIRST],
    [
      submission(FIRST.key, { remarks: '一行目\n二行目、「引用"」' }),
      submission(SECOND.key, {
        emr: 'planned',
        emrPlannedMonth: '2024-09',
        intent: 'backup',
        gmisConsent: false,
        department: null,
        remarks: '=SUM(A1)',
      }),
      submission(SECOND.key, { contactName: '重複 太郎' }, 'duplicate'),
      submission(THIRD.key, {}),
    ],
  )
  expect(rows).toEqual([
    HEAD.split(','),
    [
      '鹿児島県',
      '1',
      '4610000011',
      '甲病院',
      '鹿児島県鹿児島市架空町1-1',
      '鹿児島',
      '60',
      '20～99床',
      '導入済み（病院全体）',
      '',
      '両方の支援を希望する',
      '活用してよい',
      '順位',
      '20～99床の区分で第1位（支援枠2）',
      '総務課',
      '試験 花子',
      '099-000-0000',
      'hanako@hospital.example.jp',
      '一行目\n二行目、「引用"」',
    ],
    [
      '鹿児島県',
      '2',
      '4610000029',
      '乙﨑病院',
      '',
      '奄美',
      '50',
      '20～99床',
      '導入予定',
      '令和6年9月',
      '「オフライン・バックアップ体制の整備」のみ希望する',
      '活用を希望しない',
      '順位',
      '20～99床の区分で第2位（支援枠2）',
      '',
      '試験 花子',
      '099-000-0000',
      'hanako@hospital.example.jp',
      "'=SUM(A1)",
    ],
  ])
})

test('a designated hospital that did not answer is reported with what the master knows', () => {
  const override = { hospitalCode: FIRST.key, kind: 'designate' as const, reason: '離島の拠点であるため' }
  const [, row] = csvOf([FIRST], [], [override])
  expect(row).toEqual([
    '鹿児島県',
    '1',
    '4610000011',
    '甲病院',
    '鹿児島県鹿児島市架空町1-1',
    '鹿児島',
    '60',
    '20～99床',
    '',
    '',
    '',
    '',
    '県の指定',
    '離島の拠点であるため',
    '',
    '',
    '099-000-0000',
    'ko@hospital.example.jp',
    '',
  ])
})

test('after a hospital declined, whoever moved up stands last, with the reason', () => {
  const answers = [FIRST, SECOND, THIRD].map(({ key: code }) => submission(code, {}))
  const columns = ['order', 'code', 'basis', 'why'] as const
  expect(csvOf([FIRST, SECOND, THIRD], answers, [], { columns, declined: [FIRST.key] })).toEqual([
    ['順位', '医療機関コード', '選定区分', '選定理由'],
    ['2', SECOND.key, '順位', '20～99床の区分で第2位（支援枠2）'],
    ['3', THIRD.key, '補欠からの繰上げ', '20～99床の区分で補欠第1位。選定された病院の辞退に伴う繰上げ'],
  ])
})

test('the columns come in the order asked for', () => {
  const rows = csvOf([FIRST], [submission(FIRST.key, {})], [], { columns: ['phone', 'name'] })
  expect(rows).toEqual([
    ['電話番号', '医療機関名'],
    ['099-000-0000', '甲病院'],
  ])
})

test('nobody selected is a file with a head alone', () => {
  expect(csvOf([FIRST], [])).toEqual([HEAD.split(',')])
})

test('﨑 survives Shift_JIS', () => {
  const encoded = encodeCsv(toCsv([{ header: '名', value: () => SECOND.name }], [0]), 'cp932')
  expect(new TextDecoder('shift_jis').decode(encoded)).toBe('名\r\n乙﨑病院\r\n')
})

test('選定理由 begins with what the hospital does; of a round of before it stays as it was', () => {
  const hospital = { ...FIRST, functions: ['disaster' as const] }
  const why = (isOfBefore: boolean) =>
    csvOf([hospital], [submission(FIRST.key, {})], [], { columns: ['why'], isOfBefore })[1]
  expect(why(false)).toEqual(['災害拠点病院。20～99床の区分で第1位（支援枠2）'])
  expect(why(true)).toEqual(['20～99床の区分で第1位（支援枠2）。災害拠点病院'])
})

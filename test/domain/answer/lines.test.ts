import { describe, expect, test } from 'vitest'
import {
  answerLines,
  changedLines,
  comparedLines,
  namedLines,
  officeLines,
  shortText,
  typedLines,
} from '../../../src/domain/answer/lines.ts'
import { aForm, aHospital, aSubmission } from '../../support/builders.ts'

const hospital = aHospital()
const findHospital = (code: string) => (code === hospital.key ? hospital : null)
const other = {
  hospitalCode: 'other',
  hospitalName: '架空病院',
  hospitalAddress: '架空町1',
  hospitalBeds: '80',
}
const textsOf = (lines: readonly { label: string; text: string }[]) =>
  Object.fromEntries(lines.map(({ label, text }) => [label, text]))

describe('as a hospital reads its answer', () => {
  test('in the order of the form, without what was not asked', () => {
    expect(answerLines(aSubmission({ emr: 'planned', emrPlannedMonth: 'R6.9' }), findHospital)).toMatchObject(
      [
        { id: 'hospitalCode', label: '病院名', text: '試験病院（鹿児島市）' },
        { id: 'department', text: '（記入なし）' },
        { id: 'contactName', text: '試験 花子' },
        { id: 'phone', text: '099-000-0000' },
        { id: 'email', text: 'hanako@hospital.example.jp' },
        { id: 'emr', text: '導入予定' },
        { id: 'emrPlannedMonth', label: '電子カルテシステムの導入予定年月', text: '令和6年9月' },
        { id: 'intent', text: '両方の支援を希望する' },
        { id: 'gmisConsent', text: '活用してよい' },
        { id: 'remarks', text: '（記入なし）' },
      ],
    )
  })

  test('a hospital that is not in the list stands with what it wrote of itself', () => {
    expect(textsOf(answerLines(aSubmission(other), findHospital))).toMatchObject({
      病院名: '一覧にない病院',
      '病院名（一覧にない病院）': '架空病院',
      病院の所在地: '架空町1',
      許可病床数: '80床',
    })
  })

  test('a note on the master shows where there is one', () => {
    const lines = answerLines(aSubmission({ masterCorrection: '118床です' }), findHospital)
    expect(lines[1]).toEqual({ id: 'masterCorrection', label: '病院の登録内容の訂正', text: '118床です' })
  })
})

test('of a form as it was typed nothing is lost, asked or not, good or not', () => {
  const typed = aForm({
    ...other,
    hospitalCode: 'x',
    hospitalBeds: '約80',
    emr: 'maybe',
    emrPlannedMonth: '来年',
  })
  expect(textsOf(typedLines(typed, findHospital))).toMatchObject({
    病院名: 'x',
    '病院名（一覧にない病院）': '架空病院',
    許可病床数: '約80',
    電子カルテシステムの導入状況: 'maybe',
    電子カルテシステムの導入予定年月: '来年',
  })
})

test('two answers beside each other: what changed, and what was or is not asked', () => {
  const [before, after] = [
    aSubmission({ emr: 'planned', emrPlannedMonth: '2024-09' }),
    aSubmission({ emr: 'full' }),
  ]
  const lines = comparedLines(answerLines(before, findHospital), answerLines(after, findHospital))
  expect(lines.filter((line) => line.before !== null)).toEqual([
    { id: 'emr', label: '電子カルテシステムの導入状況', text: '導入済み（病院全体）', before: '導入予定' },
    {
      id: 'emrPlannedMonth',
      label: '電子カルテシステムの導入予定年月',
      text: '（なし）',
      before: '令和6年9月',
    },
  ])
})

describe('as an officer reads it', () => {
  test('every answer has the same lines, what decides first', () => {
    const { answers } = aSubmission({ intent: 'backup', gmisConsent: 'no' })
    expect(officeLines(answers).map(({ label }) => label)).toEqual([
      '電子カルテシステムの導入状況',
      '導入予定時期',
      '本事業の活用意向',
      'GMIS調査の回答結果の活用',
      '担当部署',
      '担当者名',
      '電話番号',
      'メールアドレス',
      '備考',
      '病院の登録内容の訂正',
    ])
    expect(changedLines(aSubmission().answers, answers)).toEqual([
      {
        label: '本事業の活用意向',
        before: '両方の支援を希望する',
        after: '「オフライン・バックアップ体制の整備」のみ希望する',
      },
      { label: 'GMIS調査の回答結果の活用', before: '活用してよい', after: '活用を希望しない' },
    ])
  })

  test('with what a hospital wrote of itself, and short enough for a table', () => {
    expect(namedLines({ name: '架空病院', address: '架空町1', beds: 80 })).toEqual([
      { label: '回答に記入された病院名', text: '架空病院' },
      { label: '回答に記入された所在地', text: '架空町1' },
      { label: '回答に記入された病床数', text: '80床' },
    ])
    const { answers } = aSubmission({ emr: 'planned', emrPlannedMonth: '2024-09', intent: 'network' })
    expect(
      (['emr', 'intent', 'gmisConsent', 'remarks'] as const).map((id) => shortText(id, answers)),
    ).toEqual(['導入予定（令和6年9月）', 'ネットワークのみ', '可', ''])
    expect(shortText('emr', aSubmission({ emr: 'none' }).answers)).toBe('なし')
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { receiptOf } from '../../support/receipts.ts'
import { confirmRound } from '../../support/rounds.ts'
import { addHospitals, type SavedOptions, saveSubmission } from '../../support/submissions.ts'
import { surveyWith } from '../../support/survey.ts'

const HERE = '4619900037'
const OTHER = { name: '架空医院', address: '架空町1', beds: 25 }
const DECISION = { actor: 'tanto', at: new Date('2024-03-12T01:00:00Z'), reason: '電話で確認' }

const site = surveyWith()
beforeEach(() => addHospitals(site.stores, { key: HERE, name: '桜島試験病院', beds: 60 }))

const page = async (number: string) => htmlOf(await site.get(`${receiptOf(Number(number.slice(2)))}`))
const main = async (number: string) => textOf(await page(number), 'main')
const answered = (...each: SavedOptions[]) => {
  for (const options of each) saveSubmission(site.stores, { hospital: HERE, ...options })
}

const WAITING = 'どの回答を有効とするかを確認します'
const SETTLED = '県が確認し、別の回答を有効としました'
const IN_FORCE = '有効な回答として登録されました'
const OTHER_IN_FORCE = '現在は、別の回答を有効として取り扱っています'
const NONE_IN_FORCE = '現在、有効として取り扱っている回答はありません'
const ALL = [WAITING, SETTLED, IN_FORCE, OTHER_IN_FORCE, NONE_IN_FORCE]

/** What the receipt says of the state, out of everything that it could. */
const said = async (number: string) => {
  const text = await main(number)
  return ALL.filter((each) => text.includes(each))
}

type Step = (stores: typeof site.stores) => unknown
const makeCurrent =
  (number: string): Step =>
  ({ submissions }) =>
    submissions.makeCurrent(number, DECISION)
const close =
  (number: string): Step =>
  ({ submissions }) =>
    submissions.close(number, DECISION)
const reopen =
  (number: string): Step =>
  ({ submissions }) =>
    submissions.reopen(number, DECISION)
const withdraw =
  (number: string): Step =>
  ({ submissions }) =>
    submissions.withdraw(number, { at: DECISION.at, actor: null })

test.each<[string, Step[], Record<string, string[]>]>([
  [
    'nothing yet',
    [],
    { 'R-0001': [IN_FORCE], 'R-0002': [WAITING, OTHER_IN_FORCE], 'R-0003': [WAITING, OTHER_IN_FORCE] },
  ],
  [
    'the second is not adopted',
    [close('R-0002')],
    { 'R-0001': [IN_FORCE], 'R-0002': [SETTLED], 'R-0003': [WAITING, OTHER_IN_FORCE] },
  ],
  [
    'the second counts instead',
    [makeCurrent('R-0002')],
    { 'R-0001': [SETTLED], 'R-0002': [IN_FORCE], 'R-0003': [WAITING, OTHER_IN_FORCE] },
  ],
  [
    'and the first after all',
    [makeCurrent('R-0002'), makeCurrent('R-0001'), close('R-0003')],
    { 'R-0001': [IN_FORCE], 'R-0002': [SETTLED], 'R-0003': [SETTLED] },
  ],
  [
    'the one that counts is taken back',
    [close('R-0002'), withdraw('R-0001')],
    { 'R-0001': [], 'R-0002': [WAITING, NONE_IN_FORCE], 'R-0003': [WAITING, NONE_IN_FORCE] },
  ],
  [
    'closed though none counts',
    [withdraw('R-0001'), close('R-0002')],
    { 'R-0001': [], 'R-0002': [], 'R-0003': [WAITING, NONE_IN_FORCE] },
  ],
  [
    'opened again',
    [close('R-0002'), reopen('R-0002')],
    { 'R-0001': [IN_FORCE], 'R-0002': [WAITING, OTHER_IN_FORCE] },
  ],
  [
    'a closed one is taken back',
    [close('R-0002'), withdraw('R-0002')],
    { 'R-0001': [IN_FORCE], 'R-0002': [] },
  ],
])('three answers of a hospital say what is so: %s', async (_name, steps, receipts) => {
  answered({}, {}, {})
  for (const step of steps) step(site.stores)
  for (const [number, texts] of Object.entries(receipts))
    expect([number, await said(number)]).toEqual([number, texts])
  for (const number of Object.keys(receipts)) expect(await main(number)).not.toContain('先に届いた')
})

test('an answer that is none of the survey’s says so, and what to do', async () => {
  answered({ hospital: OTHER })
  close('R-0001')(site.stores)
  expect(textOf(await page('R-0001'), 'h1')).toBe('回答の受付票')
  expect(await main('R-0001')).toContain('県が確認し、この調査の対象としないこととしました')
  expect(await main('R-0001')).toContain('この回答を訂正すると、県の担当者が改めて確認します')
  site.setNow('2024-03-20T00:00:00Z')
  expect(await main('R-0001')).toContain('御不明な点は、問合せ先まで御連絡ください')
})

test('another prefecture speaks of itself', async () => {
  const by = { actor: 'test', at: DECISION.at }
  site.stores.settings.change(
    { prefecture: '大阪府', issuer: '大阪府健康医療部', contactEmail: 'imu@example.jp' },
    by,
  )
  answered({}, {})
  close('R-0002')(site.stores)
  expect(await main('R-0002')).toContain('府が確認し、別の回答を有効としました')
  expect(await main('R-0001')).toContain('回答は府に届き')
  expect(await main('R-0001')).not.toContain('県')
})

describe('one explanation at a time', () => {
  const KINDS: SavedOptions[] = [
    { intent: 'none' },
    { intent: 'undecided' },
    { emr: 'none' },
    { emr: 'planned', emrPlannedMonth: '2025-04' },
  ]

  test.each(KINDS)(
    'a duplicate that would not lead to the support says only that it waits: %j',
    async (answer) => {
      answered({}, answer)
      expect(await main('R-0002')).not.toContain('この回答の取扱い')
      close('R-0002')(site.stores)
      expect(await main('R-0002')).not.toContain('この回答の取扱い')
      answered({ ...answer, hospital: OTHER })
      expect(await main('R-0003')).not.toContain('この回答の取扱い')
    },
  )

  test.each(KINDS)('a result stands alone, under its own heading: %j', async (answer) => {
    answered(answer)
    confirmRound(site.stores, { seats: 1 })
    expect(textOf(await page('R-0001'), 'h1')).toBe('回答を受け付けました')
    site.stores.settings.change({ resultsPublished: 'yes' }, { actor: 'test', at: DECISION.at })
    expect(textOf(await page('R-0001'), 'h1')).toBe('選定の結果のお知らせ')
    expect(await main('R-0001')).not.toContain('この回答の取扱い')
    expect(await main('R-0001')).not.toContain('御回答ありがとうございました')
    expect(await main('R-0001')).not.toContain('今回は選定されませんでした')
  })

  test('a closed answer tells no result: that of the hospital is another one’s', async () => {
    answered({}, {})
    close('R-0002')(site.stores)
    confirmRound(site.stores, { seats: 1 })
    for (const resultsPublished of ['no', 'yes']) {
      site.stores.settings.change({ resultsPublished }, { actor: 'test', at: DECISION.at })
      expect((await page('R-0002')).querySelector('.outcome, .flow')).toBeNull()
    }
    expect(textOf(await page('R-0001'), '.outcome__word')).toBe('選定')
  })
})

test.each([
  ['alone', [{}], '改めて回答しない限り、貴院は'],
  ['beside another', [{}, {}], '改めて回答するか、県が貴院の別の回答を有効とするまで、貴院は'],
])('who takes an answer back is told what becomes of the hospital: %s', async (_name, answers, text) => {
  answered(...answers)
  expect(textOf(htmlOf(await site.get(`${receiptOf(1)}/withdraw`)), 'main')).toContain(text)
})

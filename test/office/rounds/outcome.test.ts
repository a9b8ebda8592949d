import { beforeEach, describe, expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { type ConfirmedOptions, confirmRound } from '../../support/rounds.ts'
import { addHospitals, type SavedOptions, saveSubmission } from '../../support/submissions.ts'
import { surveyWith } from '../../support/survey.ts'

/** The larger comes first, as nothing else tells them apart. */
const [BIG, SMALL, SILENT] = ['4619900037', '4619900045', '4619900052']

const site = surveyWith()
beforeEach(() => {
  addHospitals(
    site.stores,
    { key: BIG, name: '大規模試験病院', beds: 300 },
    { key: SMALL, name: '小規模試験病院', beds: 60 },
    { key: SILENT, name: '無回答試験病院', beds: 50 },
  )
})

/** @returns the receipt's address */
function answered(options: SavedOptions = {}): string {
  const { number, code } = saveSubmission(site.stores, options)
  return `/receipts/${number}/${code}`
}

function publish(): void {
  const by = { actor: 'test', at: new Date('2024-03-25T00:00:00Z') }
  expect(site.stores.settings.change({ resultsPublished: 'yes' }, by)).toEqual([])
}

const confirm = (options: ConfirmedOptions) => confirmRound(site.stores, options)
const outcomeAt = async (url: string) => textOf(htmlOf(await site.get(url)), '.outcome')
const wordAt = async (url: string) => textOf(htmlOf(await site.get(url)), '.outcome__word')

test('before a round is confirmed a receipt says nothing of a result, published or not', async () => {
  const receipt = answered()
  expect(await outcomeAt(receipt)).toBe('')
  publish()
  expect(await outcomeAt(receipt)).toBe('')
})

test('confirmed and not published: every receipt that counts says only that the result is on its way to the ministry', async () => {
  const receipts = [BIG, SMALL].map((hospital) => answered({ hospital }))
  receipts.push(answered({ emr: 'none' }))
  const duplicate = answered({ hospital: BIG })
  confirm({ seats: 1 })
  const texts = await Promise.all(receipts.map(outcomeAt))
  expect(new Set(texts)).toEqual(new Set([expect.stringContaining('厚生労働省への報告の手続を進めています')]))
  expect(await outcomeAt(duplicate)).toBe('')
  for (const url of [...receipts, duplicate])
    expect((await site.get(url)).body).not.toMatch(/貴院は、支援対象病院に選定|補欠|選定されませんでした/)
})

describe('published', () => {
  test('selected, reserve and not selected read so in plain words', async () => {
    const [big, small] = [answered({ hospital: BIG }), answered({ hospital: SMALL })]
    const third = answered({ emr: 'none' })
    confirm({ seats: 1 })
    publish()
    expect(await wordAt(big)).toBe('選定')
    expect(await outcomeAt(big)).toContain('令和6年4月以降')
    expect(await wordAt(small)).toBe('補欠')
    expect(await outcomeAt(small)).toContain('改めて選定されることがあります')
    expect(await wordAt(third)).toBe('選定の対象となりませんでした')
  })

  test.each<[SavedOptions, RegExp, string?]>([
    [{ emr: 'none' }, /電子カルテシステムを導入している病院.*を対象としているため/],
    [
      { emr: 'planned', emrPlannedMonth: '2025-04' },
      /令和7年4月）が、支援が行われる期間（令和7年3月まで）の後/,
    ],
    [{ intent: 'undecided' }, /「検討中」と御回答いただいているため/],
    [
      { intent: 'none' },
      /「希望しない」と御回答いただいているため/,
      '今回は支援を希望しないとの御回答でした',
    ],
  ])('what the hospital answered itself is named: %j', async (answer, reason, word) => {
    const receipt = answered(answer)
    confirm({ seats: 9 })
    publish()
    expect(await outcomeAt(receipt)).toMatch(reason)
    expect(await wordAt(receipt)).toBe(word ?? '選定の対象となりませんでした')
    expect(await outcomeAt(receipt)).not.toContain('今回は選定されませんでした')
    expect(await outcomeAt(receipt)).toContain('御協力ありがとうございました')
  })

  test('one that no band has is told that, not that it was not chosen', async () => {
    addHospitals(site.stores, { key: '4619900060', name: '架空小規模病院', beds: 0 })
    const [plain, unwilling] = [{}, { intent: 'none' as const }].map((answer) =>
      answered({ hospital: '4619900060', ...answer }),
    )
    confirm({ seats: 9, smallest: 20 })
    publish()
    expect(await wordAt(plain!)).toBe('選定の対象となりませんでした')
    expect(await outcomeAt(plain!)).not.toContain('御希望に沿えず')
    expect(await outcomeAt(unwilling!)).toContain('結果を表示していません')
  })

  test.each<SavedOptions>([{ emr: 'none' }, { intent: 'none' }, { intent: 'undecided' }])(
    'whoever answered %j was never considered, whatever else kept it out',
    async (answer) => {
      const receipt = answered({ hospital: BIG, ...answer })
      confirm({ seats: 9, excluded: [BIG!] })
      publish()
      const text = await outcomeAt(receipt)
      expect(text).toContain('御協力ありがとうございました')
      expect(text).not.toMatch(/御希望に沿えず|試験のため/)
    },
  )

  test('what the prefecture decided is not told but by the word', async () => {
    const receipt = answered({ hospital: BIG })
    confirm({ seats: 9, excluded: [BIG!] })
    publish()
    expect(await wordAt(receipt)).toBe('今回は選定されませんでした')
    expect(await outcomeAt(receipt)).not.toContain('試験のため')
  })

  test('no score, no rank and no other hospital on any receipt', async () => {
    const receipts = [BIG, SMALL].map((hospital) => answered({ hospital }))
    confirm({ seats: 1 })
    publish()
    const [big, small] = await Promise.all(
      receipts.map(async (url) => textOf(htmlOf(await site.get(url)), 'main')),
    )
    for (const text of [big, small]) expect(text).not.toMatch(/点数|得点|順位|第\d+位/)
    expect(big).not.toContain('小規模試験病院')
    expect(small).not.toContain('大規模試験病院')
  })

  test('an answer that did not count gets no result: a duplicate, one without hospital, a withdrawn one', async () => {
    answered({ hospital: BIG })
    const duplicate = answered({ hospital: BIG })
    const unlinked = answered({ hospital: { name: '架空病院', address: '架空町1', beds: 80 } })
    const withdrawn = answered({ hospital: SMALL })
    site.stores.submissions.withdraw('R-0004', { at: new Date('2024-03-12'), actor: 'test' })
    confirm({ seats: 9 })
    publish()
    for (const url of [duplicate, unlinked]) expect(await outcomeAt(url)).toContain('結果を表示していません')
    expect(await outcomeAt(withdrawn)).toBe('')
  })

  test('an answer that came after the selection gets no result', async () => {
    answered({ hospital: BIG })
    confirm({ seats: 9 })
    publish()
    const late = answered({ hospital: SILENT, at: '2024-03-20T01:00:00Z' })
    expect(await outcomeAt(late)).toContain('結果を表示していません')
  })

  test('a round of before, which had another’s hospitals as excluded, says nothing of them', async () => {
    const [big, small] = [answered({ hospital: BIG }), answered({ hospital: SMALL })]
    confirm({ seats: 1 })
    publish()
    confirm({ number: 2, seats: 1, excluded: [BIG!], at: '2024-05-01T00:00:00Z' })
    expect([await wordAt(big), await wordAt(small)]).toEqual(['選定', '選定'])
  })

  test('a reserve that a later round selects is selected; a seat once given stays', async () => {
    const [big, small] = [answered({ hospital: BIG }), answered({ hospital: SMALL })]
    confirm({ seats: 1 })
    publish()
    expect([await wordAt(big), await wordAt(small)]).toEqual(['選定', '補欠'])
    confirm({ number: 2, seats: 1, held: [BIG!], at: '2024-05-01T00:00:00Z' })
    expect([await wordAt(big), await wordAt(small)]).toEqual(['選定', '選定'])
  })

  test('of a round only its newest edition counts: who declined, and who moved up', async () => {
    const [big, small] = [answered({ hospital: BIG }), answered({ hospital: SMALL })]
    confirm({ seats: 1 })
    publish()
    confirm({ edition: 2, seats: 1, declined: BIG, at: '2024-04-02T00:00:00Z' })
    expect([await wordAt(big), await wordAt(small)]).toEqual(['辞退', '選定'])
  })
})

import { describe, expect, test } from 'vitest'
import { parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import { readTable } from '../../../src/files/table/table.ts'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  decline,
  HEI,
  KI,
  KO,
  moreSeats,
  OTSU,
  SELECTION,
  TEI,
} from '../../support/decisions.ts'
import { tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOverride } from '../../support/overrides.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer({ role: 'admin' })
const NEXT = '追加選定（第2回）での扱い'

/** By the hospital's name what its columns of decisions say. */
async function listed(...heads: string[]): Promise<Record<string, string[]>> {
  const page = await browser.page('/admin/hospitals')
  expect(htmlFlaws(page)).toEqual([])
  const table = page.querySelector('[aria-label="病院台帳"] table')!
  const columns = [...table.querySelectorAll('thead th')].map((head) => textIn(head))
  return Object.fromEntries(
    tableRows(table).map((row) => [row[0]!, heads.map((head) => row[columns.indexOf(head)]!)]),
  )
}

async function told(code: string): Promise<string[][]> {
  const page = await browser.page(`/admin/hospitals/${code}`)
  expect(htmlFlaws(page)).toEqual([])
  // The reasons in full are folded away behind the line.
  for (const fold of page.querySelectorAll('.verdicts__line details')) fold.remove()
  return [...page.querySelectorAll('.verdicts__line')].map((line) =>
    ['dt', 'dd'].map((part) => textIn(line.querySelector(part))),
  )
}

describe('before anything is confirmed', () => {
  test('the list and the page have the draft alone', async () => {
    expect(await listed('選定案での判定', '確定結果')).toMatchObject({
      甲病院: ['選定', undefined],
      丙病院: ['補欠第1位', undefined],
      己病院: ['対象外', undefined],
    })
    expect((await told(KO)).map(([label]) => label)).toEqual(['選定案での判定'])
  })
})

describe('once a round is confirmed', () => {
  test('the list leads with its result, and says how each stands in the next one', async () => {
    await confirm(browser)
    expect(await listed('確定結果', NEXT)).toEqual({
      甲病院: ['初回選定で選定 支援順位 第2位', '初回選定で選定済み'],
      乙病院: ['初回選定で選定 支援順位 第3位', '初回選定で選定済み'],
      丙病院: ['初回選定で補欠第1位', '補欠第1位'],
      丁病院: ['初回選定で選定 支援順位 第1位', '初回選定で選定済み'],
      戊病院: ['初回選定で補欠第1位', '補欠第1位'],
      己病院: ['初回選定で対象外 未回答', '未回答'],
    })
  })

  test('no page calls a selected hospital excluded, or out', async () => {
    await confirm(browser)
    for (const [code, order] of [
      [TEI, 1],
      [KO, 2],
      [OTSU, 3],
    ] as const) {
      const [first, next] = await told(code)
      expect(first![0]).toBe('確定結果')
      expect(first![1]).toMatch(
        new RegExp(`^初回選定で選定 支援順位 第${order}位。.*の区分で第\\d位（支援枠\\d）。 確定結果を見る$`),
      )
      expect(next).toEqual([NEXT, '選定済み 初回選定で選定済みのため、今回の選定の対象に含めていません。'])
      const page = textIn((await browser.page(`/admin/hospitals/${code}`)).querySelector('main'))
      expect(page).not.toMatch(/対象外|除外しています|除外を取り消す/)
    }
    const selection = textIn((await browser.page('/admin/selection')).querySelector('main'))
    expect(selection).toContain('ほかの回で選定済み')
    expect(selection).not.toMatch(/県の判断による除外\s*[：\d]/)
  })

  test('who declined, who moved up for it, and who waits still', async () => {
    await confirm(browser)
    await decline(browser, KO)
    expect(await listed('確定結果')).toMatchObject({
      甲病院: ['初回選定の後に辞退'],
      丙病院: ['初回選定で選定 支援順位 第4位'],
      戊病院: ['初回選定で補欠第1位'],
    })
    expect(await told(KO)).toEqual([
      ['確定結果', '初回選定の後に辞退 辞退の申出：病院からの申出。 確定結果を見る'],
      [NEXT, '辞退済み 初回選定の後に辞退したため、今回の選定の対象に含めていません。'],
    ])
  })

  test('who answers again after a decline stays one that declined, and may be selected next', async () => {
    await confirm(browser)
    await decline(browser, HEI)
    await decline(browser, KO)
    const { submissionId } = office.stores.submissions.all().find(({ hospitalCode }) => hospitalCode === KO)!
    saveSubmission(office.stores, {
      hospital: KO,
      submissionId,
      at: '2024-03-21T00:00:00Z',
      remarks: '再回答',
    })
    const [first, next] = await told(KO)
    expect(first![1]).toContain('初回選定の後に辞退')
    expect(next![1]).toMatch(/^選定 /)
  })

  test('a seat of a later round outweighs what an earlier one said', async () => {
    await confirm(browser)
    await decline(browser, HEI)
    moreSeats(office.stores, 3, 2)
    saveSubmission(office.stores, { hospital: KI, at: '2024-03-18T10:00:00Z' })
    await confirm(browser)
    expect(await listed('確定結果')).toEqual({
      甲病院: ['初回選定で選定 支援順位 第2位'],
      乙病院: ['初回選定で選定 支援順位 第3位'],
      丙病院: ['初回選定の後に辞退'],
      丁病院: ['初回選定で選定 支援順位 第1位'],
      戊病院: ['追加選定（第2回）で選定 支援順位 第1位'],
      己病院: ['追加選定（第2回）で選定 支援順位 第2位'],
    })
  })

  test('whom the prefecture did exclude reads so, with its reason below', async () => {
    addOverride(office.stores, OTSU, 'exclude', '統合が決まっているため')
    await confirm(browser)
    expect((await listed('確定結果', NEXT)).乙病院).toEqual([
      '初回選定で除外',
      '県の判断による除外：統合が決まっているため',
    ])
  })

  test('a hospital that came after it has no result', async () => {
    await confirm(browser)
    addHospitals(office.stores, { key: '4610000094', name: '新病院', beds: 40 })
    expect((await listed('確定結果', NEXT)).新病院).toEqual(['', '未回答'])
    expect((await told('4610000094')).map(([label]) => label)).toEqual([NEXT])
  })

  test.each(['utf-8', 'cp932'])('the file in %s says it too, and can be read in again', async (encoding) => {
    await confirm(browser)
    await decline(browser, KO)
    const reply = await browser.get(`/admin/hospitals.csv?encoding=${encoding}`)
    const decoded = decodeText(reply.rawPayload)
    const parsed = decoded.ok ? parseCsv(decoded.text) : decoded
    if (!parsed.ok) throw new Error(parsed.message)
    const [headers, ...rows] = parsed.rows
    expect(headers!.slice(-2)).toEqual(['確定結果', '次の選定での扱い'])
    expect(rows.map((row) => [row[2], ...row.slice(-2)])).toEqual([
      ['甲病院', '初回選定の後に辞退', '初回選定の後に辞退'],
      ['乙病院', '初回選定で選定（支援順位 第3位）', '初回選定で選定済み'],
      ['丙病院', '初回選定で選定（支援順位 第4位）', '初回選定で選定済み'],
      ['丁病院', '初回選定で選定（支援順位 第1位）', '初回選定で選定済み'],
      ['戊病院', '初回選定で補欠第1位', '補欠第1位'],
      ['己病院', '初回選定で対象外（未回答）', '未回答'],
    ])
    const read = parseHospitalFile(readTable(reply.rawPayload), {
      prefectureCode: '46',
      geography: { municipalities: [], regions: ['鹿児島'] },
    })
    if (!read.ok) throw new Error(read.message)
    expect(read.errors).toEqual([])
    expect(read.warnings.filter(({ column }) => headers!.slice(-2).includes(column ?? ''))).toEqual([])
  })
})

describe('a designation beyond the seats', () => {
  test('is told on the pages of those that it is about, and on no other', async () => {
    moreSeats(office.stores, 1, 1)
    for (const code of [KO, OTSU]) addOverride(office.stores, code, 'designate', '離島の拠点')
    const banner = async (code: string) =>
      (await browser.page(`/admin/hospitals/${code}`)).querySelector('.banner--error')?.textContent ?? ''
    for (const code of [KO, OTSU]) expect(await banner(code)).toContain('県の指定が枠を1病院超えています')
    for (const code of [HEI, TEI, BO, KI]) expect(await banner(code)).toBe('')
  })
})

import { expect, test } from 'vitest'
import { AFTER_DEADLINE, confirm, KI, KO, OTSU, SELECTION, TEI } from '../../support/decisions.ts'
import { tableRows } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer()

const URL = '/admin/selection/preflight'
const table = async (label: string) =>
  tableRows((await browser.page(URL)).querySelector(`[aria-label="${label}"] table`))

function correct(code: string, answers: object): void {
  const { submissionId } = office.stores.submissions.all().find(({ hospitalCode }) => hospitalCode === code)!
  saveSubmission(office.stores, { hospital: code, submissionId, ...answers })
}

test('with everything in order says so of each', async () => {
  const page = await browser.page(URL)
  const text = page.querySelector('main')!.textContent!
  expect(text).toContain('3病院')
  expect(text.match(/問題なし/g)).toHaveLength(5)
  expect(page.querySelectorAll('table')).toHaveLength(0)
})

test('names every character that the file in Shift_JIS has otherwise, and what stands there', async () => {
  addHospitals(office.stores, { key: KO, name: '甲𠮷病院𠮟', beds: 90, phone: '099-000-0000' })
  correct(OTSU, { contactName: '髙﨑 濵子', remarks: '〜−は可、👍は不可', phone: '099-111-0001' })
  expect(await table('Shift_JISで置き換える文字')).toEqual([
    ['甲𠮷病院𠮟', KO, '医療機関名', '2文字目　𠮷 → 吉'],
    ['甲𠮷病院𠮟', KO, '医療機関名', '5文字目　𠮟 → 叱'],
    ['乙病院', OTSU, '備考', '6文字目　👍 → 〓'],
  ])
})

test('names what is blank about whom to ask', async () => {
  const decision = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '県が必要と認めたため' }
  office.stores.overrides.add({ hospitalCode: KI, kind: 'designate' }, decision)
  expect(await table('空欄の項目')).toEqual([
    ['己病院', KI, '担当者名', '空欄'],
    ['己病院', KI, 'メールアドレス', '空欄'],
  ])
  const checks = (await browser.page('/admin/selection/confirm')).querySelector('.checks')!
  expect(checks.textContent).toContain('連絡先などが空欄の病院が1病院あります。')
})

test('names hospitals that share a name or a contact', async () => {
  correct(TEI, { phone: '099-111-0000', email: 'tanto0@hospital.example.jp' })
  expect(await table('病院名・連絡先の重複')).toEqual([
    ['電話番号', '099-111-0000', expect.stringMatching(/丁病院.*甲病院/)],
    ['メールアドレス', 'tanto0@hospital.example.jp', expect.stringMatching(/丁病院.*甲病院/)],
  ])
})

test('says that text which begins like a formula is made harmless', async () => {
  correct(KO, {
    remarks: '=1+1 は式ではありません',
    phone: '099-111-0000',
    email: 'tanto0@hospital.example.jp',
  })
  expect(await table('「＝」などで始まる記述')).toEqual([['甲病院', KO, '備考', '=1+1 は式ではありません']])
})

test('counts the answers that wait, also those that may still come late', async () => {
  saveSubmission(office.stores, { hospital: KO })
  const link = { hospitalCode: KI, expiresAt: new Date('2024-03-25T00:00:00Z'), reason: '災害対応のため' }
  office.stores.lateLinks.create(link, { actor: 'x', at: new Date(AFTER_DEADLINE) })
  const counts = (await browser.page(URL)).querySelector('.counts')!.textContent!.replace(/\s+/g, '')
  expect(counts).toBe('重複1件病院の特定待ち0件期限後の回答を待っている病院1病院')
  const page = await browser.page('/admin/selection/confirm')
  expect(page.querySelector('.checks')!.textContent).toContain('1病院の回答がまだ届いていません。')
  expect(page.querySelector('#waitingReason')).not.toBeNull()
})

test('looks at the round that is prepared, or at a confirmed one as it would be today', async () => {
  await confirm(browser)
  expect((await browser.page(URL)).querySelector('h1')!.textContent).toContain('追加選定（第2回）')
  const again = await browser.page(`${URL}?round=1`)
  expect(again.querySelector('h1')!.textContent).toContain('初回選定')
  expect(again.querySelector('main')!.textContent).toContain('3病院')
  expect((await browser.get(`${URL}?round=x`)).statusCode).toBe(200)
})

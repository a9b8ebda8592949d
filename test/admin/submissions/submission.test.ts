import { beforeEach, describe, expect, test } from 'vitest'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { saveSubmission } from '../../support/submissions.ts'

const office = officeWith({
  now: '2024-03-12T00:00:00Z',
  hospitals: [
    { key: '4610000011', name: '桜島病院', region: '鹿児島', beds: 40 },
    { key: '4610000029', name: '奄美中央病院', region: '奄美', beds: 250 },
  ],
})
const browser = office.officer()

const stateOf = (number: string) => office.stores.submissions.byNumber(number)!.state

describe('one submission', () => {
  test('shows the answers, the hospital and how it came in', async () => {
    saveSubmission(office.stores, { hospital: '4610000011', remarks: '一行目\n<b>二行目' })
    const page = await browser.page('/admin/submissions/R-0001')
    expect(page.querySelector('h1')!.textContent).toContain('R-0001')
    const lines = Object.fromEntries(
      [...page.querySelectorAll('.summary-list__row')].map((row) => [
        row.querySelector('dt')!.textContent,
        row.querySelector('dd')!.textContent,
      ]),
    )
    expect(lines).toMatchObject({
      病院名: '桜島病院',
      医療機関コード: '4610000011',
      許可病床数: '40床（区分：20～99床）',
      受付日時: '令和6年3月11日（月）10時00分',
      本事業の活用意向: '両方の支援を希望する',
      備考: '一行目\n<b>二行目',
    })
    expect(page.querySelector('form[action$="/current"]')).toBeNull()
  })

  test('keeps every version and says what changed', async () => {
    const submissionId = crypto.randomUUID()
    saveSubmission(office.stores, { hospital: '4610000011', submissionId, intent: 'both' })
    saveSubmission(office.stores, {
      hospital: '4610000011',
      submissionId,
      intent: 'backup',
      at: '2024-03-11T05:30:00Z',
    })
    const page = await browser.page('/admin/submissions/R-0001')
    const cells = [...page.querySelectorAll('table')[0]!.querySelectorAll('tbody th, tbody td')]
    expect(cells.map((cell) => cell.textContent)).toEqual([
      '本事業の活用意向',
      '両方の支援を希望する',
      '「オフライン・バックアップ体制の整備」のみ希望する',
    ])
    expect(page.querySelector('main')!.textContent).toContain('令和6年3月11日（月）14時30分')
  })

  test('that does not exist is a 404', async () => {
    expect((await browser.get('/admin/submissions/R-9999')).statusCode).toBe(404)
    expect((await browser.post('/admin/submissions/R-9999/current', { reason: 'x' })).statusCode).toBe(404)
  })
})

describe('a duplicate', () => {
  beforeEach(() => {
    saveSubmission(office.stores, { hospital: '4610000011', intent: 'both' })
    saveSubmission(office.stores, { hospital: '4610000011', intent: 'network' })
  })

  test('stands beside the one that counts, with what differs marked', async () => {
    const page = await browser.page('/admin/submissions/R-0002')
    const heads = [...page.querySelectorAll('[aria-label="この病院の回答の比較"] thead th')].map((cell) =>
      cell.textContent!.replace(/\s+/g, ''),
    )
    expect(heads).toEqual(['項目', 'R-0001有効', 'R-0002（この回答）重複（確認待ち）'])
    const differing = [...page.querySelectorAll('[aria-label="この病院の回答の比較"] .differs th')]
    expect(differing.map((cell) => cell.textContent!.trim())).toEqual(['本事業の活用意向 違い'])
    expect(page.querySelector('.decision')!.textContent).toContain('R-0001 は「不採用（確認済み）」に変わり')
  })

  test('counts once an officer says so, with the reason on the record', async () => {
    await browser.get('/admin/submissions/R-0002')
    const reply = await browser.post('/admin/submissions/R-0002/current', {
      reason: '  電話で確認した\r\n（3/12 総務課）',
    })
    expect(reply.statusCode).toBe(303)
    expect([stateOf('R-0001'), stateOf('R-0002')]).toEqual(['rejected', 'current'])
    const page = await browser.page(reply.headers.location!)
    expect(page.querySelector('.banner--success')!.textContent).toContain('この回答を有効にしました')
    const history = [...page.querySelectorAll('table')].at(-1)!.querySelector('tbody tr:last-child')!
    expect([...history.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual([
      '令和6年3月12日（火）9時00分',
      '試験 officer',
      'この回答を有効な回答に変更',
      '電話で確認した\n（3/12 総務課）',
    ])
  })

  test('stays one while the reason is missing or too long, and what was typed stays', async () => {
    await browser.get('/admin/submissions/R-0002')
    const missing = await browser.post('/admin/submissions/R-0002/current', { reason: ' 　' })
    expect(missing.statusCode).toBe(422)
    expect(htmlOf(missing).querySelector('#error-summary a[href="#reason"]')!.textContent).toBe(
      '理由を入力してください。',
    )
    const long = await browser.post('/admin/submissions/R-0002/current', { reason: 'あ'.repeat(501) })
    expect(long.statusCode).toBe(422)
    expect(htmlOf(long).querySelector('textarea#reason')!.textContent).toBe('あ'.repeat(501))
    expect(stateOf('R-0002')).toBe('duplicate')
  })

  test('is settled once: the second of two officers is told', async () => {
    await browser.get('/admin/submissions/R-0002')
    await browser.post('/admin/submissions/R-0002/current', { reason: '確認済み' })
    const reply = await browser.post('/admin/submissions/R-0002/current', { reason: '確認済み' })
    expect(reply.statusCode).toBe(409)
    expect(htmlOf(reply).querySelector('.banner--warning')!.textContent).toContain('既に処理されています')
  })

  test('is not for a viewer to settle', async () => {
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    const page = await viewer.page('/admin/submissions/R-0002')
    expect(page.querySelector('form[action$="/current"]')).toBeNull()
    const reply = await viewer.post('/admin/submissions/R-0002/current', { reason: '確認済み' })
    expect(reply.statusCode).toBe(403)
    expect(htmlOf(reply).querySelector('h1')!.textContent).toBe('この操作を行う権限がありません')
    expect(stateOf('R-0002')).toBe('duplicate')
  })
})

describe('an answer from outside the master', () => {
  const other = { name: '医療法人　奄美中央 病院', address: '奄美市架空町1', beds: 250 }

  test('offers the hospitals whose name is like it first', async () => {
    saveSubmission(office.stores, { hospital: other })
    const page = await browser.page('/admin/submissions/R-0001')
    const groups = [...page.querySelectorAll('optgroup')].map((group) => [
      group.getAttribute('label'),
      ...[...group.querySelectorAll('option')].map((option) => option.textContent),
    ])
    expect(groups).toEqual([
      ['名称が似ている病院', '奄美中央病院（鹿児島市・250床）'],
      ['鹿児島医療圏', '桜島病院（鹿児島市・40床）'],
      ['奄美医療圏', '奄美中央病院（鹿児島市・250床）'],
    ])
  })

  test('is linked to a hospital and counts', async () => {
    saveSubmission(office.stores, { hospital: other })
    await browser.get('/admin/submissions/R-0001')
    const fields = { hospitalCode: '4610000029', reason: '所在地と病床数が一致' }
    const reply = await browser.post('/admin/submissions/R-0001/link', fields)
    expect(reply.headers.location).toBe('/admin/submissions/R-0001?done=linked-current')
    expect(office.stores.submissions.byNumber('R-0001')).toMatchObject({
      state: 'current',
      hospitalCode: '4610000029',
      typedHospital: other,
    })
  })

  test('waits as a duplicate where that hospital has answered', async () => {
    saveSubmission(office.stores, { hospital: '4610000029' })
    saveSubmission(office.stores, { hospital: other })
    await browser.get('/admin/submissions/R-0002')
    const fields = { hospitalCode: '4610000029', reason: '所在地と病床数が一致' }
    const reply = await browser.post('/admin/submissions/R-0002/link', fields)
    expect(reply.headers.location).toBe('/admin/submissions/R-0002?done=linked-duplicate')
    expect(stateOf('R-0002')).toBe('duplicate')
  })

  test.each([
    [{ hospitalCode: '', reason: '一致' }, ['#hospitalCode']],
    [{ hospitalCode: '4699999999', reason: '一致' }, ['#hospitalCode']],
    [{ hospitalCode: '', reason: '' }, ['#hospitalCode', '#reason']],
  ])('is not linked by %j', async (fields, anchors) => {
    saveSubmission(office.stores, { hospital: other })
    await browser.get('/admin/submissions/R-0001')
    const reply = await browser.post('/admin/submissions/R-0001/link', fields)
    expect(reply.statusCode).toBe(422)
    const links = [...htmlOf(reply).querySelectorAll('#error-summary a')].map((a) => a.getAttribute('href'))
    expect(links).toEqual(anchors)
    expect(stateOf('R-0001')).toBe('unlinked')
  })

  test('cannot be linked when it is none', async () => {
    saveSubmission(office.stores, { hospital: '4610000011' })
    await browser.get('/admin/submissions/R-0001')
    const fields = { hospitalCode: '4610000029', reason: '一致' }
    expect((await browser.post('/admin/submissions/R-0001/link', fields)).statusCode).toBe(409)
    expect(office.stores.submissions.byNumber('R-0001')!.hospitalCode).toBe('4610000011')
  })
})

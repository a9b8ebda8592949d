import { describe, expect, test } from 'vitest'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { A, B, E, LARGE, WORKBENCH } from '../../support/workbench.ts'

const office = officeWith(WORKBENCH)
const officer = office.officer()

const edited = (key: string) => office.stores.hospitals.byKey(key)!
const historyOf = (key: string) => office.stores.hospitalHistory.ofHospital(key)

/** The form of a page, filled in as it stands, with what is typed over it. */
async function send(url: string, typed: Record<string, string>, query = '') {
  const opened = fieldsOf(await officer.page(url + query), url)
  return officer.post(url, { ...opened, ...typed })
}

/** What stands beside a field, or at the top of the page. */
function errorAt(body: string, field: string): string {
  return textOf(htmlOf({ body } as Parameters<typeof htmlOf>[0]), `#${field}-error`)
}

const BLANK = {
  name: '新設病院',
  kana: 'しんせつびょういん',
  medicalCode: '1999001',
  municipality: '鹿児島市',
  general: '60',
  longTerm: '40',
  phone: '0992862111',
}

describe('a hospital is added', () => {
  test('as an import would take it: codes, kana, phone and region brought into form', async () => {
    const reply = await send('/admin/hospitals/new', { ...BLANK, medicalCode: '4619900014' })
    expect(reply.statusCode, reply.body).toBe(303)
    expect(edited('4619900014')).toMatchObject({
      medicalCode: '4619900014',
      name: '新設病院',
      kana: 'シンセツビョウイン',
      region: '鹿児島',
      phone: '099-286-2111',
      beds: 100,
      bedsByType: { general: 60, longTerm: 40 },
      inspection: 'unknown',
    })
    expect(historyOf('4619900014')).toMatchObject([{ kind: 'added', actor: 'officer', before: null }])
    const form = await office.app.inject('/survey')
    expect(form.body).toContain('新設病院')
    const page = await officer.page('/admin/hospitals/4619900014?done=added')
    expect(textOf(page, '[role="status"]')).toContain('病院を追加しました')
  })

  test('a code whose check digit fails is asked about once, and then taken', async () => {
    const warned = await send('/admin/hospitals/new', { ...BLANK, medicalCode: '4619900015' })
    expect(warned.statusCode).toBe(422)
    expect(textOf(htmlOf(warned), '[role="alert"]')).toContain('検証番号（チェックデジット）が合いません')
    expect(office.stores.hospitals.byKey('4619900015')).toBeNull()
    const again = await officer.post('/admin/hospitals/new', fieldsOf(htmlOf(warned), '/admin/hospitals/new'))
    expect(again.statusCode, again.body).toBe(303)
    expect(edited('4619900015').name).toBe('新設病院')
  })

  test.each([
    ['name', { name: '' }, '＊医療機関名を入力してください'],
    ['medicalCode', { medicalCode: '' }, 'どちらも空欄です'],
    ['medicalCode', { medicalCode: '12345' }, '医療機関コード（10桁の数字）ではありません'],
    ['medicalCode', { medicalCode: A }, '「甲病院（鹿児島市）」に登録されています'],
    ['municipality', { municipality: '' }, '市町村を選択してください。'],
    ['beds', { general: '', longTerm: '' }, '許可病床数か、病床種別ごとの病床数'],
    ['general', { general: '六十' }, '病床数として読めません'],
    ['phone', { phone: '12345' }, '電話番号として読めません'],
    ['fax', { fax: 'なし' }, '電話番号として読めません'],
    ['email', { email: 'jimu.example.jp' }, 'メールアドレスの形ではありません'],
    ['postcode', { postcode: '890-85' }, '郵便番号ではありません'],
    ['supportedIn', { supportedIn: '昨年' }, '年度として読めません'],
    ['name', { name: '甲\u{e000}病院' }, '2文字目に、読み取れない文字'],
    ['reason', { reason: 'あ'.repeat(501) }, '500文字以内'],
  ])('%s is refused beside its field, and everything typed stays: %j', async (field, typed, message) => {
    const reply = await send('/admin/hospitals/new', { ...BLANK, medicalCode: '4619900014', ...typed })
    expect(reply.statusCode).toBe(422)
    expect(errorAt(reply.body, field)).toContain(message)
    const page = htmlOf(reply)
    expect(page.querySelector(`.error-summary a[href="#${field}"]`)).not.toBeNull()
    expect(fieldsOf(page, '/admin/hospitals/new')).toMatchObject({ kana: BLANK.kana, ...typed })
    expect(office.stores.hospitals.byKey('4619900014')).toBeNull()
  })

  test('out of an answer from outside the master, which is then its answer', async () => {
    const { number } = saveSubmission(office.stores, {
      hospital: { name: '台帳にない病院', address: '鹿児島市架空町9', beds: 45 },
    })
    const link = (await officer.page(`/admin/submissions/${number}`)).querySelector(
      `a[href="/admin/hospitals/new?submission=${number}"]`,
    )
    expect(link).not.toBeNull()
    const url = `/admin/hospitals/new?submission=${number}`
    const page = await officer.page(url)
    expect(fieldsOf(page, '/admin/hospitals/new')).toMatchObject({ name: '台帳にない病院', beds: '45' })
    const typed = { medicalCode: '4619900014', municipality: '鹿児島市' }
    const reply = await officer.post('/admin/hospitals/new', {
      ...fieldsOf(page, '/admin/hospitals/new'),
      ...typed,
    })
    expect(reply.headers.location).toBe('/admin/hospitals/4619900014?done=added-linked')
    expect(office.stores.submissions.byNumber(number)).toMatchObject({
      hospitalCode: '4619900014',
      state: 'current',
    })
  })
})

describe('a hospital is put right', () => {
  const url = `/admin/hospitals/${E}/edit`

  test('with what stood before, and why, on its record', async () => {
    const reply = await send(url, { phone: '0997-52-1111', reason: '病院からの電話（3月12日）' })
    expect(reply.statusCode, reply.body).toBe(303)
    expect(edited(E)).toMatchObject({ phone: '0997-52-1111', email: 'e@hospital.example.jp', name: '戊病院' })
    expect(historyOf(E)[0]).toMatchObject({
      kind: 'edited',
      actor: 'officer',
      reason: '病院からの電話（3月12日）',
      before: { phone: '0997-00-0000' },
      after: { phone: '0997-52-1111' },
    })
    const entry = office.stores.audit.all().at(-1)!
    expect(entry).toMatchObject({ action: 'hospital.edited', subject: E, detail: { fields: ['phone'] } })
  })

  test('nothing changed is no change', async () => {
    const before = [historyOf(E).length, office.stores.audit.all().length]
    const reply = await send(url, {})
    expect(reply.headers.location).toBe(`/admin/hospitals/${E}?done=unchanged`)
    expect([historyOf(E).length, office.stores.audit.all().length]).toEqual(before)
  })

  test('beds that move it into another band, or that the types contradict, are asked about first', async () => {
    const warned = await send(url, { beds: '250' })
    expect(warned.statusCode).toBe(422)
    const told = textOf(htmlOf(warned), '[role="alert"]')
    expect(told).toContain('病床規模区分が')
    expect(told).toContain('250床とありますが、病床種別の合計は')
    expect(told).not.toContain('ファイル')
    expect(edited(E).beds).toBe(50)
    const again = await officer.post(url, fieldsOf(htmlOf(warned), url))
    expect(again.statusCode).toBe(303)
    expect(edited(E).beds).toBe(250)
  })

  test('a code of another hospital leads to merging the two', async () => {
    const reply = await send(url, { medicalCode: B })
    expect(reply.statusCode).toBe(422)
    expect(htmlOf(reply).querySelector(`a[href="/admin/hospitals/${E}/merge?with=${B}"]`)).not.toBeNull()
  })

  test('who was faster is not written over: what was typed stays, beside what stands now', async () => {
    const opened = fieldsOf(await officer.page(url), url)
    const by = { actor: 'colleague', at: office.now(), reason: null }
    office.stores.hospitalActs.edit({ ...edited(E), phone: '099-111-2222' }, by, null)
    const reply = await officer.post(url, { ...opened, phone: '099-333-4444' })
    expect(reply.statusCode).toBe(409)
    const page = htmlOf(reply)
    expect(fieldsOf(page, url).phone).toBe('099-333-4444')
    expect(textOf(page, '#phone-now')).toContain('099-111-2222')
    expect(edited(E).phone).toBe('099-111-2222')
  })
})

describe('a hospital is taken out of the survey', () => {
  const url = `/admin/hospitals/${A}/close`

  test('out of the public list, the counts and the draft, with its page and its answer kept', async () => {
    const page = await officer.page(url)
    expect(page.querySelector('main')!.textContent).toContain('回答 R-0001 は残りますが、選定に使いません')
    const missing = await send(url, { reason: '' })
    expect(missing.statusCode).toBe(422)
    expect(errorAt(missing.body, 'cause')).toContain('事由を選択してください')
    const reply = await send(url, { cause: 'closed', reason: '3月末で廃止届' })
    expect(reply.statusCode, reply.body).toBe(303)
    expect((await office.app.inject('/survey')).body).not.toContain('甲病院')
    expect((await officer.get('/admin/selection')).body).not.toContain('甲病院')
    expect((await officer.get('/admin/hospitals')).body).not.toContain('甲病院')
    expect((await officer.get('/admin/hospitals?status=closed')).body).toContain('甲病院')
    expect((await officer.get('/admin/hospitals?status=all')).body).toContain('甲病院')
    const closed = await officer.page(`/admin/hospitals/${A}?done=closed`)
    const text = closed.querySelector('main')!.textContent!
    expect(text).toContain('理由：閉院・廃止：3月末で廃止届')
    expect(text).toContain('R-0001')
    expect(historyOf(A)[0]).toMatchObject({ kind: 'closed', reason: '閉院・廃止：3月末で廃止届' })
  })

  test('and comes back', async () => {
    await send(url, { cause: 'outside', reason: '試験' })
    const back = `/admin/hospitals/${A}/reopen`
    expect((await send(back, { reason: '誤りのため' })).statusCode).toBe(303)
    expect((await office.app.inject('/survey')).body).toContain('甲病院')
    expect(
      historyOf(A)
        .map(({ kind }) => kind)
        .slice(0, 2),
    ).toEqual(['reopened', 'closed'])
    expect(await officer.get(`/admin/hospitals/${A}`)).toMatchObject({ statusCode: 200 })
  })
})

test('the list finds a hospital by any code, phone or fax, and sorts by its columns', async () => {
  const found = async (query: string) =>
    [...(await officer.page(`/admin/hospitals?${query}`)).querySelectorAll('tbody th a')].map(
      (link) => link.textContent,
    )
  expect(await found('q=0997-00-0000')).toEqual(['戊病院'])
  expect(await found('q=0997000000')).toEqual(['戊病院'])
  expect(await found(`q=${LARGE}`)).toEqual(['大病院'])
  expect((await found('sort=beds'))[0]).toBe('戊病院')
  expect((await found('sort=-beds'))[0]).toBe('大病院')
})

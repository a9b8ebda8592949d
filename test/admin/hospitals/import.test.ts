import { describe, expect, test } from 'vitest'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals } from '../../support/submissions.ts'

const [A, B, NEW] = ['4619900014', '4619900022', '4619900030']
const office = officeWith({
  hospitals: [
    { key: A, name: '甲病院', beds: 90, functions: ['emergency'] },
    { key: B, name: '乙病院' },
  ],
})
const officer = office.officer()
const colleague = office.officer({ login: 'colleague' })

const HEADERS = '医療機関コード,医療機関名,市町村,許可病床数,一般病床,電話番号,医療機能'
const sheet = (...rows: string[]) => ({
  name: '病院一覧.csv',
  bytes: Buffer.from([HEADERS, ...rows].join('\r\n')),
})
const CHANGED = sheet(
  `${A},甲病院,鹿児島市,120,120,099-000-0000,`,
  `${NEW},新病院,枕崎市,60,60,099-111-1111,`,
)
async function upload(file: Parameters<typeof officer.upload>[1], who = officer) {
  await who.get('/admin/hospitals/import')
  return who.upload('/admin/hospitals/import', file)
}
const stored = () => office.stores.hospitals.all()

/** The one form of the page that applies it, by what it says alone. */
function applied(page: ReturnType<typeof htmlOf>) {
  const forms = [...page.querySelectorAll('main form')]
  expect(forms).toHaveLength(1)
  const action = forms[0]!.getAttribute('action')!
  const { _csrf, ...fields } = fieldsOf(page, action)
  return { action, fields }
}

test('a file is shown before it is taken in, field by field, and the one form takes it in', async () => {
  const before = stored()
  const reply = await upload(CHANGED)
  expect(reply.statusCode).toBe(200)
  const page = htmlOf(reply)
  expect(textOf(page, '.compared')).toBe('追加する病院1件 変更する病院1件 変更のない病院0件 照合を待つ行0件')
  const cells = tableRows(page.querySelector('[aria-label="変更する病院"] table'))
  expect(cells).toEqual([
    ['甲病院', '許可病床数', '90', expect.stringMatching(/^120 区分が変わる：20～99床→100～199床$/)],
  ])
  expect(tableRows(page.querySelector('[aria-label="追加する病院"] table'))).toEqual([
    ['新病院', NEW, '南薩', '枕崎市', '60', '20～99床'],
  ])
  expect(textOf(page, '[aria-label="ファイルにない登録済みの病院"] tbody')).toContain('乙病院')
  expect(stored()).toEqual(before)

  const { action, fields } = applied(page)
  const done = await officer.post(action, fields)
  expect(done.statusCode).toBe(303)
  const after = await officer.page(done.headers.location!)
  expect(textOf(after, '.done')).toContain('取り込みました')
  expect(textOf(after, '.done')).toContain('次にすること')
  expect(office.stores.hospitals.byCode(A)).toMatchObject({ beds: 120, functions: ['emergency'] })
  expect(office.stores.hospitals.byCode(NEW)).toMatchObject({ region: '南薩', phone: '099-111-1111' })
  expect(office.stores.audit.latest(1)).toMatchObject([
    {
      action: 'hospitals.imported',
      actor: 'officer',
      subject: '病院一覧.csv',
      detail: { added: 1, changed: 1 },
    },
  ])
})

test('the hospital’s page says who changed what, from which file, and leads to the import', async () => {
  const { action, fields } = applied(htmlOf(await upload(CHANGED)))
  await officer.post(action, fields)
  const page = await officer.page(`/admin/hospitals/${A}`)
  const [newest] = tableRows(page.querySelector('[aria-label="病院台帳の変更の記録"] table'))
  expect(newest).toEqual([
    '令和6年3月11日（月）10時00分',
    '試験 officer',
    expect.stringContaining('病院一覧.csv'),
    expect.stringContaining('許可病床数：90→120'),
    '',
  ])
  const href = page.querySelector('[aria-label="病院台帳の変更の記録"] a')!.getAttribute('href')!
  const imported = await officer.page(href)
  expect(textOf(imported, 'h1')).toBe('取込みの記録')
  expect(textOf(imported, '[aria-label="変更した病院"] tbody')).toContain('甲病院')
  expect(textOf(imported, '[aria-label="追加した病院"] tbody')).toContain('新病院')
})

test('blank cells keep what is known, until the officer looks at the other way', async () => {
  const page = htmlOf(await upload(CHANGED))
  const clear = page.querySelector('a[href$="?blank=clear"]')!.getAttribute('href')!
  const other = await officer.page(clear)
  expect(textOf(other, '[aria-label="変更する病院"] tbody')).toMatch(/医療機能 救急告示病院 空欄になる/)
  const { action, fields } = applied(other)
  expect((await officer.post(action, fields)).statusCode).toBe(303)
  expect(office.stores.hospitals.byCode(A)!.functions).toEqual([])
  expect(office.stores.audit.latest(1)[0]!.detail).toMatchObject({ blank: 'clear' })
})

describe('nothing is stored', () => {
  test('where a row is wrong: file, row, column and what to do', async () => {
    const before = stored()
    const reply = await upload(sheet(`${A},甲病院,鹿児島市,百,,,`, `46199,乙病院,鹿児島市,60,,,`))
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(textOf(page, '.error-summary')).toContain('病院一覧.csv')
    expect(tableRows(page.querySelector('[aria-label="エラー"] table'))).toEqual([
      ['2行目', '甲病院', '許可病床数', expect.stringContaining('整数で入力してください')],
      ['3行目', '乙病院', '医療機関コード', expect.stringContaining('桁数が違います')],
    ])
    expect(page.querySelector('main form')).toBeNull()
    expect(stored()).toEqual(before)
  })

  test.each([
    ['nothing chosen', null, '選択してください'],
    ['an empty file', { name: 'a.csv', bytes: Buffer.from('') }, '「a.csv」を取り込めませんでした'],
    ['no list at all', { name: 'a.csv', bytes: Buffer.from('順位,点数\r\n1,2') }, '形式を判別できません'],
    ['no table', { name: 'a.pdf', bytes: Buffer.from('%PDF-1.7') }, '「a.pdf」を取り込めませんでした'],
  ])('where the file is %s', async (_what, file, message) => {
    const reply = await upload(file)
    expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([
      422,
      expect.stringContaining(message),
    ])
  })

  test('where it is cancelled: the same page cannot take it in afterwards', async () => {
    const page = htmlOf(await upload(CHANGED))
    const { action, fields } = applied(page)
    const cancel = page.querySelector('main form button[formaction]')!.getAttribute('formaction')!
    expect((await officer.post(cancel, fields)).statusCode).toBe(303)
    const late = await officer.post(action, fields)
    expect([late.statusCode, textOf(htmlOf(late), '.error-summary')]).toEqual([
      409,
      expect.stringContaining('もう一度ファイルを選択してください'),
    ])
    expect(stored()).toHaveLength(2)
  })

  test('a day later, and by nobody but who brought it', async () => {
    const { action, fields } = applied(htmlOf(await upload(CHANGED)))
    expect((await colleague.get(action)).statusCode).toBe(404)
    expect((await colleague.post(action, fields)).statusCode).toBe(409)
    office.setNow('2024-03-12T02:00:00Z')
    await officer.signIn()
    await officer.get('/admin/hospitals')
    expect((await officer.get(action)).statusCode).toBe(404)
    expect(stored()).toHaveLength(2)
  })
})

test('another change in between is shown before anything is taken in', async () => {
  const { action, fields } = applied(htmlOf(await upload(CHANGED)))
  addHospitals(office.stores, { key: NEW, name: '同僚の新病院' })
  const refused = await officer.post(action, fields)
  expect(refused.statusCode).toBe(409)
  const page = htmlOf(refused)
  expect(textOf(page, '.banner--error')).toContain('病院台帳が変わりました')
  expect(office.stores.hospitals.byCode(NEW)!.name).toBe('同僚の新病院')
  const again = applied(page)
  expect((await officer.post(again.action, again.fields)).statusCode).toBe(303)
  expect(office.stores.hospitals.byCode(NEW)!.name).toBe('新病院')
})

test('two officers with two files: each takes in what that officer has seen', async () => {
  const mine = applied(htmlOf(await upload(CHANGED)))
  const theirs = applied(htmlOf(await upload(sheet(`${B},乙病院,鹿児島市,150,150,,`), colleague)))
  expect((await colleague.post(theirs.action, theirs.fields)).statusCode).toBe(303)
  const refused = await officer.post(mine.action, mine.fields)
  // 乙病院 is not in this officer's file: what the page listed as missing has other beds by now.
  expect(refused.statusCode).toBe(409)
  const again = applied(htmlOf(refused))
  expect((await officer.post(again.action, again.fields)).statusCode).toBe(303)
  expect(office.stores.hospitals.byCode(B)!.beds).toBe(150)
})

test('the template is the sheet without hospitals, in every form, and reads as one', async () => {
  for (const [query, encoding] of [
    ['', 'utf-8'],
    ['?encoding=cp932', 'shift_jis'],
  ] as const) {
    const { rawPayload } = await officer.get(`/admin/hospitals/import/template.csv${query}`)
    const text = new TextDecoder(encoding).decode(rawPayload)
    expect(text).toMatch(/^"?医療機関コード"?,/)
    expect(text).toContain('G-MIS ID')
  }
  const { rawPayload } = await officer.get('/admin/hospitals/import/template.xlsx')
  expect(rawPayload.subarray(0, 2).toString()).toBe('PK')
  const reply = await upload({ name: '様式.xlsx', bytes: rawPayload })
  expect(textOf(htmlOf(reply), 'main')).toMatch(/変わる病院はありません|取り込めませんでした/)
})

test('without the prefecture’s table nothing is read, and the page says how to add one', async () => {
  office.stores.settings.change({ prefectureCode: '27' }, { actor: 'test', at: office.now() })
  const page = await officer.page('/admin/hospitals/import')
  expect(textOf(page, '.banner--warning')).toContain('都道府県コード27')
  const how = await officer.page(page.querySelector('.banner--warning a')!.getAttribute('href')!)
  expect(textOf(how, 'main')).toContain('municipalities-27.csv')
  expect((await upload(CHANGED)).statusCode).toBe(409)
})

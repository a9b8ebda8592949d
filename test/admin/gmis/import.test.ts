import { describe, expect, test } from 'vitest'
import { fieldsOf } from '../../support/forms.ts'
import { gmisCsv } from '../../support/gmis.ts'
import { htmlOf, type Page, tableRows, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'

const KO = '4619900011'
const OTSU = '4619900029'
const HEI = '4619900037'
const TEI = '4619900045'
const HEADER = '医療機関コード,機関コード,G-MIS ID,医療機関名,Q6,Q7,Q9-1,Q11'

const office = officeWith({
  hospitals: [
    { key: KO, name: '甲病院' },
    { key: OTSU, name: '乙病院', gmisId: 'ABC1234' },
    { key: HEI, name: '丙病院', medicalCode: HEI, naviiCode: '46990003' },
    { key: TEI, name: '丁病院' },
  ],
  answers: [
    { hospital: KO, gmisConsent: true },
    { hospital: OTSU, gmisConsent: true },
    { hospital: HEI, gmisConsent: false },
  ],
})
const browser = office.officer()

async function look(...lines: string[]) {
  await browser.get('/admin/gmis/import')
  return browser.upload('/admin/gmis/import', gmisCsv(...lines))
}

/** Sends the one form of the page, as a person who changes nothing. */
const apply = (page: Page, changed: Record<string, string> = {}) => {
  const action = page.querySelector('main form')!.getAttribute('action')!
  return browser.post(action, { ...fieldsOf(page, action), ...changed })
}

const FILE = [
  HEADER,
  `${KO},,,甲病院,はい,はい,いいえ,回答せず`,
  ',,abc1234,乙病院,いいえ,はい,はい,はい',
  ',46990003,,丙病院,はい,秘密の値,はい,はい',
  `${TEI},,,丁病院,秘密の値,はい,はい,はい`,
  '4619900094,,,他の病院,秘密の値,はい,はい,はい',
]
/** Every byte of the database, freed ones too. */
const stored = () =>
  (office.database.db as unknown as { $client: { serialize(): Buffer } }).$client.serialize().toString()
const counts = (page: Page) =>
  [...page.querySelectorAll('.compared strong')].map((each) => Number(each.textContent))
const group = (page: Page, id: string) => [...page.querySelectorAll(`#${id} li`)].map((each) => textIn(each))

describe('a file of GMIS answers', () => {
  test('is looked at: how many rows are used and how many not, with the hospitals, and nothing is taken in', async () => {
    const reply = await look(...FILE)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(200)
    expect(counts(page)).toEqual([2, 1, 1, 1])
    expect(group(page, 'used')).toEqual(['2行目：甲病院（鹿児島市）', '3行目：乙病院（鹿児島市）'])
    expect(group(page, 'without-consent')).toEqual(['4行目：丙病院（鹿児島市）'])
    expect(group(page, 'without-answer')).toEqual(['5行目：丁病院（鹿児島市）'])
    expect(group(page, 'unknown')).toEqual(['6行目：他の病院（4619900094）'])
    expect(page.querySelectorAll('main form')).toHaveLength(1)
    expect(office.stores.gmis.all().size).toBe(0)
  })

  test('shows what each column holds and what it is taken for, of those who consented alone', async () => {
    const page = htmlOf(await look(...FILE))
    expect(tableRows(page.querySelector('[aria-label="設問と回答の読み方"] table'))).toEqual([
      ['オフライン・バックアップ', 'Q9-1', '「いいえ」1病院 → いいえ「はい」1病院 → はい'],
      ['BCPの策定', 'Q6', '「はい」1病院 → はい「いいえ」1病院 → いいえ'],
      ['外部接続点の管理', 'Q11', '「回答せず」1病院 → 不明「はい」1病院 → はい'],
      ['電子カルテの導入', 'Q7', '「はい」2病院 → はい'],
    ])
    expect(page.body.textContent).not.toContain('秘密の値')
    const image = stored()
    expect(image).not.toContain('秘密の値')
  })

  test('is taken in by the one form, and the page says what happened and what comes next', async () => {
    const reply = await apply(htmlOf(await look(...FILE)))
    expect(reply.statusCode).toBe(303)
    const page = await browser.page(reply.headers.location!)
    expect(textOf(page, '.done')).toContain('「gmis.csv」から、2病院の回答を取り込みました')
    expect(page.querySelector('.done a[href="/admin/selection"]')).not.toBeNull()
    expect(office.stores.gmis.all()).toEqual(
      new Map([
        [KO, { offlineBackup: false, bcp: true, networkControl: null }],
        [OTSU, { offlineBackup: true, bcp: false, networkControl: true }],
      ]),
    )
    expect(office.stores.gmis.emrClaims()).toEqual(
      new Map([
        [KO, true],
        [OTSU, true],
      ]),
    )
    expect(office.stores.audit.latest(1)).toMatchObject([
      {
        actor: 'officer',
        action: 'gmis.imported',
        subject: 'gmis.csv',
        detail: { stored: 2, withoutConsent: 1, withoutAnswer: 1, unknown: 1, removed: 0 },
      },
    ])
    expect(stored()).not.toContain('秘密の値')
  })

  test('is shown on the hospital’s page with the file it came from; or why there is nothing', async () => {
    await apply(htmlOf(await look(...FILE)))
    const about = async (code: string) => {
      const page = await browser.page(`/admin/hospitals/${code}`)
      const heading = page.querySelector('h2#gmis')!
      return textIn(heading.parentElement!)
    }
    expect(await about(KO)).toContain('「gmis.csv」から、令和6年3月11日（月）10時00分に取り込みました。')
    expect(await about(KO)).toContain('外部接続点の管理不明Q11：回答せず')
    expect(await about(HEI)).toContain('回答票で活用に同意していないため')
    expect(await about(TEI)).toContain('有効な回答がないため')
    saveSubmission(office.stores, { hospital: TEI, gmisConsent: true })
    expect(await about(TEI)).toContain(
      '取り込んだファイル（最後は「gmis.csv」）から、この病院の回答を取り込んでいません',
    )
  })
})

describe('a second file', () => {
  const first = async () => apply(htmlOf(await look(...FILE)))
  const SECOND = [HEADER, `${KO},,,甲病院,いいえ,はい,いいえ,はい`]

  test('shows what it changes, and which hospitals it does not name', async () => {
    await first()
    const page = htmlOf(await look(...SECOND))
    expect(tableRows(page.querySelector('[aria-label="前回の取込みから変わる病院"] table'))).toEqual([
      ['甲病院（鹿児島市）', 'BCPの策定：はい → いいえ外部接続点の管理：不明 → はい'],
    ])
    expect(textOf(page, '#missing-support')).toBe('乙病院（鹿児島市）')
  })

  test.each([
    ['keep', [KO, OTSU]],
    ['remove', [KO]],
  ])('by choice: %s what it does not name', async (missing, left) => {
    await first()
    await apply(htmlOf(await look(...SECOND)), { missing })
    expect([...office.stores.gmis.all().keys()]).toEqual(left)
    expect(office.stores.gmis.imports()[0]).toMatchObject({ removed: 2 - left.length })
  })

  test('is not taken in when the consent has gone in between: its values are gone, and the page shows the rest', async () => {
    const page = htmlOf(await look(...FILE))
    const [answer] = office.stores.submissions.ofHospital(KO)
    office.stores.submissions.withdraw(answer!.number, { actor: null, at: office.now() })
    const reply = await apply(page)
    expect(reply.statusCode).toBe(409)
    expect(counts(htmlOf(reply))).toEqual([1, 1, 2, 1])
    expect(office.stores.gmis.all().size).toBe(0)
    expect((await apply(htmlOf(reply))).statusCode).toBe(303)
    expect([...office.stores.gmis.all().keys()]).toEqual([OTSU])
  })

  test('of a hospital that consents after it was looked at has to be chosen again', async () => {
    await look(...FILE)
    saveSubmission(office.stores, { hospital: TEI, gmisConsent: true })
    const page = await browser.page('/admin/gmis/import?import=1')
    expect(group(page, 'consented-since')).toEqual(['5行目：丁病院（鹿児島市）'])
  })

  test('that was taken in already leads back to the choice of a file', async () => {
    const page = htmlOf(await look(...FILE))
    await apply(page)
    const again = await apply(page)
    expect(again.statusCode).toBe(409)
    expect(textOf(htmlOf(again), '.error-summary')).toContain('ファイルをもう一度選択してください')
  })
})

describe('a file that cannot be taken in', () => {
  test.each([
    [[HEADER, '病院,,,甲病院,はい,,,'], '2行目　甲病院　医療機関コード'],
    [[HEADER, `${KO},,,甲病院,はい,,,`, `${KO},,,甲病院,いいえ,,,`], '3行目　甲病院　医療機関コード'],
    [
      [HEADER, `${KO},,abc1234,甲病院,はい,,,`],
      '「甲病院（鹿児島市）」と「乙病院（鹿児島市）」に分かれています',
    ],
    [[HEADER, `${HEI},,,丙,はい,,,`, ',46990003,,丙,はい,,,'], '2行目と同じ病院です'],
  ])('%j names the row and the column', async (lines, message) => {
    const reply = await look(...lines)
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), '.banner--error').replace(/\s/g, '')).toContain(message.replace(/\s/g, ''))
    expect(htmlOf(reply).querySelector('main form')).toBeNull()
    expect(office.stores.gmisStages.byId(1)).toBeNull()
  })

  test('with Excel’s error value in an answer that would be used', async () => {
    const page = htmlOf(await look(HEADER, `${KO},,,甲病院,#N/A,,,`, `${HEI},,,丙病院,#REF!,,,`))
    expect(textOf(page, '.banner--error')).toContain('2行目 甲病院 Q6：Excelのエラー値です')
    expect(textOf(page, '.banner--error')).toContain('エラー1件')
    expect(page.querySelector('main form')).toBeNull()
  })

  test.each([
    ['順位,医療機関コード,ダウンロード時の順位\n1,4619900011,1', '選定案の順位表のようです'],
    ['名称,住所\n甲病院,架空町', 'いずれの列もありません'],
  ])('%j is named as what it is', async (text, message) => {
    const reply = await look(text)
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), '.error-summary')).toContain(`「gmis.csv」は取り込めません。`)
    expect(textOf(htmlOf(reply), '.error-summary')).toContain(message)
  })

  test('without a file', async () => {
    await browser.get('/admin/gmis/import')
    const reply = await browser.upload('/admin/gmis/import', null)
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), '#file-error')).toContain('ファイルを選択してください')
  })
})

test('a hospital’s correction takes its answers out of the draft, and the record says so', async () => {
  await apply(htmlOf(await look(...FILE)))
  const [answer] = office.stores.submissions.ofHospital(KO)
  const { hospitalCode: code, answers } = answer!
  office.stores.submissions.correct(
    answer!.number,
    { hospital: { kind: 'master', code: code! }, answers: { ...answers, gmisConsent: false } },
    { actor: null, at: office.now() },
  )
  expect(office.stores.audit.latest(2).map(({ action, subject }) => [action, subject])).toEqual([
    ['gmis.forgotten', KO],
    ['submission.corrected', answer!.number],
  ])
  const snapshot = JSON.parse((await browser.get('/admin/selection/snapshot.json')).body)
  expect(snapshot.candidates.find((each: { code: string }) => each.code === KO).gmis).toBeNull()
})

test('a yes to the EMR in the GMIS survey beside a no here is shown, and stops nothing', async () => {
  const { submissionId, answers } = office.stores.submissions.currentOf(KO)!
  saveSubmission(office.stores, { ...answers, submissionId, hospital: KO, emr: 'none' })
  const page = htmlOf(await look(...FILE))
  expect(group(page, 'emr-differs')).toEqual(['2行目：甲病院（鹿児島市）'])
  expect((await apply(page)).statusCode).toBe(303)
  const about = await browser.page(`/admin/hospitals/${KO}`)
  expect(about.body.textContent).toContain('電子カルテの回答が食い違っています。')
})

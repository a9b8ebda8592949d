import { beforeEach, describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/files/table/csv.ts'
import { AFTER_DEADLINE, confirm, KO, SELECTION, sendForm, verified } from '../support/decisions.ts'
import { errorsOf, fieldsOf } from '../support/forms.ts'
import { askFurther, FOUR } from '../support/further.ts'
import { htmlOf, textOf } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import { readXlsx } from '../support/xlsx.ts'

/** An edition that asks four things more, on the officers' side from the fax to the files of a confirmed round. */
const office = officeWith({ ...SELECTION, answers: SELECTION.answers!.slice(1), now: AFTER_DEADLINE })
const browser = office.officer({ login: 'admin', role: 'admin' })

beforeEach(() => askFurther(office.stores, FOUR))

const NEW = '/admin/submissions/new'
const FAX = {
  hospitalCode: KO,
  contactName: '試験 花子',
  phone: '099-000-0000',
  emr: 'full',
  intent: 'both',
  gmisConsent: 'yes',
  channel: 'fax',
  receivedAt: '令和6年3月18日 17:05',
  reason: '回線の障害のため',
  'q.links': '１２か所',
  'q.kinds': ' 遠隔保守の回線 ',
  'q.map': 'no',
}

async function faxed(changes: Record<string, string> = {}) {
  const typed = { ...fieldsOf(await browser.page(NEW), `${NEW}/confirm`), ...FAX, ...changes }
  const shown = await browser.post(`${NEW}/confirm`, typed)
  return shown.statusCode === 200 ? browser.post(NEW, fieldsOf(htmlOf(shown), NEW)) : shown
}

const EDIT = '/admin/submissions/R-0001/edit'
/** The first of the stored answers, corrected as its hospital asks. */
async function corrected(changes: Record<string, string>) {
  const form = fieldsOf(await browser.page(EDIT), `${EDIT}/confirm`)
  const shown = await browser.post(`${EDIT}/confirm`, {
    ...form,
    channel: 'phone',
    reason: '電話で確認',
    ...changes,
  })
  return shown.statusCode === 200 ? browser.post(EDIT, fieldsOf(htmlOf(shown), EDIT)) : shown
}

const POLICY = {
  note: '質問に配点する',
  'points.q.links': '20',
  'zeroAt.q.links': '0',
  'fullAt.q.links': '20',
  'points.q.map': '10',
  'value.q.map.yes': '0',
  'value.q.map.no': '100',
  'ineligible.q.vendor.no': 'yes',
}
const scored = (changes: Record<string, string> = {}) =>
  sendForm(browser, '/admin/policy', { ...POLICY, ...changes })

async function csvOf(address: string): Promise<string[][]> {
  const parsed = parseCsv((await browser.get(address)).body.replace(/^\uFEFF/, ''))
  if (!parsed.ok) throw new Error('no CSV')
  return parsed.rows
}
/** The cells of a file under a header, by the hospital's name. */
async function columnOf(address: string, header: string): Promise<Record<string, string>> {
  const [head, ...rows] = await csvOf(address)
  const [name, at] = [head!.indexOf('医療機関名'), head!.indexOf(header)]
  expect(head).toContain(header)
  return Object.fromEntries(rows.map((row) => [row[name]!, row[at]!]))
}

describe('entered for a hospital', () => {
  test('with the same checks as the form, each with the name of its question', async () => {
    const refused = await faxed({ 'q.links': '多数', 'q.map': '' })
    expect(refused.statusCode).toBe(422)
    const summary = textOf(htmlOf(refused), '.error-summary')
    expect(summary).toContain(
      '外部接続点の数は、0から999,999,999までの整数を数字で入力してください（例：12か所）。',
    )
    expect(summary).toContain('ネットワーク構成図の有無を選択してください。')
    expect(office.stores.submissions.all()).toHaveLength(4)
    expect((await faxed()).statusCode).toBe(303)
    expect(office.stores.submissions.all().at(-1)!.answers.extra).toEqual({
      links: 12,
      kinds: '遠隔保守の回線',
      map: 'no',
    })
    const page = textOf(await browser.page('/admin/submissions/R-0005'), 'main')
    expect(page).toContain('外部接続点の数12か所')
    expect(page).toContain('ネットワーク構成図の有無なし')
    expect(page).toContain('保守事業者の協力（記入なし）')
    expect(textOf(await browser.page('/admin/submissions/R-0005/receipt'), 'main')).toContain('12か所')
  })

  test('and corrected: what changes is marked, and two versions stand side by side', async () => {
    expect((await corrected({ 'q.links': '3' })).statusCode).toBe(422)
    expect((await corrected({ 'q.links': '3', 'q.map': 'yes' })).statusCode).toBe(303)
    expect(office.stores.submissions.byNumber('R-0001')!.answers.extra).toEqual({ links: 3, map: 'yes' })
    const versions = await browser.page('/admin/submissions/R-0001/versions')
    expect(textOf(versions, 'main')).toContain('外部接続点の数')
    expect(textOf(versions, 'main')).toContain('3か所')
    // Whom to ask is changed without a word about questions that are newer than the answer.
    const contact = '/admin/submissions/R-0002/contact'
    const form = fieldsOf(await browser.page(contact), '/admin/submissions/R-0002/edit/confirm')
    const typed = { ...form, contactName: '別の 担当', channel: 'phone', reason: '異動のため' }
    const shown = await browser.post('/admin/submissions/R-0002/edit/confirm', typed)
    expect(shown.statusCode, shown.body).toBe(200)
    await browser.post(
      '/admin/submissions/R-0002/edit',
      fieldsOf(htmlOf(shown), '/admin/submissions/R-0002/edit'),
    )
    expect(office.stores.submissions.byNumber('R-0002')!.answers).toMatchObject({
      contactName: '別の 担当',
      extra: {},
    })
  })

  test('who has not answered what has to be answered is pointed out', async () => {
    await faxed()
    const flagged = await csvOf('/admin/submissions.csv?flag=unanswered')
    expect(flagged).toHaveLength(1 + 4)
    expect(textOf(await browser.page('/admin/submissions/R-0001'), 'main')).toContain(
      '必須の質問に回答がありません：外部接続点、ネットワーク構成図の有無。',
    )
  })
})

describe('the list', () => {
  beforeEach(async () => {
    await faxed()
    await corrected({ 'q.links': '3', 'q.map': 'yes', 'q.vendor': 'yes' })
  })

  test('shows, narrows and sorts by what was answered', async () => {
    const page = await browser.page('/admin/submissions?view=questions')
    const heads = [...page.querySelectorAll('thead th')].map((head) => head.textContent!.trim())
    expect(heads).toEqual([
      '受付番号',
      '病院',
      '外部接続点',
      '外部接続点の種類',
      'ネットワーク構成図の有無',
      '保守事業者の協力',
      '状態',
    ])
    const back = page.querySelector('main a[href="/admin/submissions"]:not(nav a, .filter a)')
    expect(back?.textContent).toBe('受付の内容を一覧で見る')
    expect(textOf(await browser.page('/admin/submissions'), 'main')).toContain('質問の回答を一覧で見る')
    // The links choose it; whoever narrows the list stays with it.
    const form = page.querySelector('form.filter')!
    expect(form.querySelector('select[name=view]')).toBeNull()
    expect(form.querySelector('input[name=view]')?.getAttribute('value')).toBe('questions')
    expect(await columnOf('/admin/submissions.csv?q.map=no', '外部接続点の数')).toEqual({ 甲病院: '12' })
    expect(Object.keys(await columnOf('/admin/submissions.csv?q.map=-', '外部接続点の数'))).toHaveLength(3)
    const sorted = Object.entries(await columnOf('/admin/submissions.csv?sort=-q.links', '外部接続点の数'))
    expect(sorted.slice(0, 2)).toEqual([
      ['甲病院', '12'],
      ['乙病院', '3'],
    ])
  })

  test('its files have a column each, and a number as a number', async () => {
    expect(await columnOf('/admin/submissions.csv', 'ネットワーク構成図の有無')).toMatchObject({
      甲病院: 'なし',
      乙病院: 'あり',
      丙病院: '',
    })
    const workbook = await readXlsx((await browser.get('/admin/submissions.xlsx')).rawPayload)
    const rows = workbook.ok ? workbook.rows : []
    const at = rows[0]!.indexOf('外部接続点の数')
    expect(rows.map((row) => row[at])).toContain('12')
  })

  test('the tally counts options and spreads the numbers', async () => {
    const page = textOf(await browser.page('/admin/tally'), 'main')
    expect(page).toContain('ネットワーク構成図の有無')
    const rows = (await csvOf('/admin/tally.csv')).filter(([table]) => table === '質問：外部接続点')
    expect(Object.keys(await columnOf('/admin/submissions.csv?q.links=10-19', '外部接続点の数'))).toEqual([
      '甲病院',
    ])
    expect(rows.filter(([, , column]) => column === '件数').map(([, row, , value]) => [row, value])).toEqual([
      ['2～4か所', '1'],
      ['5～9か所', '0'],
      ['10～19か所', '1'],
      ['回答なし', '3'],
      ['計', '5'],
    ])
  })
})

describe('the policy', () => {
  test('gives points and values, in versions, words and settings', async () => {
    const page = await browser.page('/admin/policy')
    expect(fieldsOf(page, '/admin/policy')).toMatchObject({
      'points.q.links': '0',
      'zeroAt.q.links': '',
      'value.q.map.no': '0',
    })
    // A text is read by people: it has no points.
    expect(fieldsOf(page, '/admin/policy')['points.q.kinds']).toBeUndefined()
    expect((await scored()).headers.location).toBe('/admin/policy?done=saved')
    expect(office.stores.policies.current().policy.questions).toEqual([
      { id: 'links', kind: 'number', points: 20, zeroAt: 0, fullAt: 20 },
      {
        id: 'map',
        kind: 'choice',
        points: 10,
        options: [
          { id: 'yes', value: 0 },
          { id: 'no', value: 100 },
        ],
      },
      {
        id: 'vendor',
        kind: 'choice',
        points: 0,
        options: [
          { id: 'yes', value: 0 },
          { id: 'no', value: 0, eligible: false },
        ],
      },
    ])
    const versions = textOf(await browser.page('/admin/policy/versions'), 'main')
    expect(versions).toContain('「外部接続点の数」の配点：0 → 20')
    expect(versions).toContain('「保守事業者の協力」の選択肢「なし」：定めなし → 対象外')
    const paper = textOf(await browser.page('/admin/policy/versions/2'), 'main')
    expect(paper).toContain('0以下は0、20以上は100、その間は数に比例します（端数切捨て）。')
    expect(paper).toContain('「なし」と回答した病院は、選定の対象としません。')
    expect(paper).toContain('配点の合計（満点）30')
  })

  test('names the field that is wrong, and keeps what was typed', async () => {
    const refused = await scored({ 'fullAt.q.links': '', 'value.q.map.no': '101', 'points.q.map': '多い' })
    expect(refused.statusCode).toBe(422)
    expect(errorsOf(htmlOf(refused))).toEqual({
      'points.q.map': '「ネットワーク構成図の有無」の配点：整数で指定してください。',
      'value.q.map.no': '「ネットワーク構成図の有無」の「なし」の評価値：100以下の整数で指定してください。',
      'fullAt.q.links': '「外部接続点の数」の評価値が100になる数を入力してください。',
    })
    expect(fieldsOf(htmlOf(refused), '/admin/policy')['value.q.map.no']).toBe('101')
    const same = await scored({ 'zeroAt.q.links': '20' })
    expect(Object.keys(errorsOf(htmlOf(same)))).toEqual(['fullAt.q.links'])
  })

  test('keeps a question that counts, though with 0 points; a version of before does too, and a scenario', async () => {
    await sendForm(browser, '/admin/scenarios', { name: '質問を数えない案' })
    await scored()
    await sendForm(browser, '/admin/policy?from=1', { note: '戻す' }, '/admin/policy')
    const kept = office.stores.policies.current().policy.questions!
    expect(kept.map(({ id, points }) => [id, points])).toEqual([
      ['links', 0],
      ['map', 0],
      ['vendor', 0],
    ])
    await scored()
    expect(textOf(await browser.page('/admin/scenarios/1'), 'main')).toContain(
      '「外部接続点の数」の配点：20 → 0',
    )
    await sendForm(browser, '/admin/scenarios/1/adopt', { note: '採用' })
    const adopted = office.stores.policies.current().policy.questions!
    expect(adopted.map(({ id, points }) => [id, points])).toEqual([
      ['links', 0],
      ['map', 0],
      ['vendor', 0],
    ])
  })

  test('is looked through again where an option came later, before anything is confirmed', async () => {
    await scored()
    const [links, kinds, map, vendor] = FOUR
    const options = [...map!.options, { id: 'part', label: '一部のみ', isEnded: false }]
    askFurther(office.stores, [links!, kinds!, { ...map!, options }, vendor!])
    const check = '「ネットワーク構成図の有無」の選択肢「一部のみ」の評価値が、選定基準に定められていません。'
    expect(textOf(await browser.page('/admin/selection/confirm'), 'main')).toContain(check)
    // Where the option was added it is said as well.
    const unfitted = textOf(await browser.page('/admin/questions'), '.banner--warning')
    expect(unfitted).toContain('「ネットワーク構成図の有無」の選択肢「一部のみ」')
    await corrected({ 'q.links': '3', 'q.map': 'part' })
    expect((await browser.get('/admin/selection')).statusCode).toBe(200)
    await scored({ 'value.q.map.part': '50' })
    expect(textOf(await browser.page('/admin/selection/confirm'), 'main')).not.toContain(check)
  })
})

describe('the selection', () => {
  beforeEach(async () => {
    await faxed()
    await corrected({ 'q.links': '3', 'q.map': 'yes', 'q.vendor': 'yes' })
    await scored()
  })

  test('has a column, a bar and a reason for them, wherever points are shown', async () => {
    expect(await columnOf('/admin/selection.csv', '外部接続点の数（配点20）')).toMatchObject({
      甲病院: '12',
      乙病院: '3',
      丙病院: '10',
    })
    const hospital = textOf(await browser.page(`/admin/hospitals/${KO}`), 'main')
    expect(hospital).toContain('外部接続点の数12か所')
    expect(hospital).toContain('ネットワーク構成図の有無10.00点')
    await corrected({ 'q.vendor': 'no' })
    expect(await columnOf('/admin/selection.csv', '理由')).toMatchObject({
      乙病院: '対象とならない回答を選んでいる（保守事業者の協力：なし）',
    })
    expect(await columnOf('/admin/selection.csv', '判定')).toMatchObject({ 乙病院: '対象外' })
  })

  test('is frozen with the questions, its report and its papers; what changes later is named', async () => {
    await sendForm(browser, '/admin/settings/ministry', { 'place.q.links': '20', 'place.q.vendor': '21' })
    const [base] = (await confirm(browser)).split('?')
    const questions = JSON.parse((await browser.get(`${base}/questions.json`)).body)
    expect(questions).toEqual({ format: 'kakuho.questions/1', questions: FOUR })
    const register = JSON.parse((await browser.get(`${base}/register.json`)).body)
    const answers = Object.fromEntries(
      register.entries.map((entry: { hospital: { name: string }; answers: { extra?: object } | null }) => [
        entry.hospital.name,
        entry.answers?.extra,
      ]),
    )
    expect(answers).toMatchObject({
      甲病院: { links: 12, kinds: '遠隔保守の回線', map: 'no' },
      丙病院: undefined,
    })
    expect(await columnOf(`${base}/ministry.csv`, '外部接続点の数')).toMatchObject({ 甲病院: '12か所' })
    expect(await columnOf(`${base}/ministry.csv`, '保守事業者の協力')).toMatchObject({ 甲病院: '' })
    expect((await browser.get('/admin/package')).body).toContain('質問の写し.json')
    expect((await browser.get('/admin/package.zip')).statusCode).toBe(200)
    expect(textOf(await browser.page(base!), 'main')).toContain('外部接続点の数20')
    expect(textOf(await verified(browser, base!), 'main')).toContain('一致')

    await corrected({ 'q.links': '5' })
    expect(textOf(await browser.page(base!), 'main')).toMatch(/外部接続点の数\D*3か所\D*5か所/)
    const [links, ...others] = FOUR
    askFurther(office.stores, [{ ...links!, label: '院外との接続の数' }, ...others])
    expect(textOf(await browser.page(base!), 'main')).toContain('外部接続点の数')
    expect(JSON.parse((await browser.get(`${base}/questions.json`)).body)).toEqual(questions)
  })
})

test('a letter says what was answered, by the name of the question, and points out a name that is gone', async () => {
  await faxed()
  await confirm(browser)
  const text = '/admin/letters/texts/selected'
  const refused = await sendForm(browser, text, { body: '{回答：回線の数}' })
  expect(textOf(htmlOf(refused), '.error-summary')).toContain('{回答：外部接続点}')
  const written = await sendForm(browser, text, {
    body: '外部接続点の数：{回答：外部接続点}、協力：{回答：保守事業者の協力}',
  })
  expect(written.statusCode).toBe(303)
  const printed = textOf(await browser.page('/admin/letters/print?round=1'), 'body')
  expect(printed).toContain('外部接続点の数：12か所、協力：なし')
  const [links, ...others] = FOUR
  askFurther(office.stores, [{ ...links!, shortLabel: '院外との接続' }, ...others])
  expect(textOf(await browser.page('/admin/letters'), 'main')).toContain('編集した文面 要確認')
  expect(textOf(await browser.page(text), 'main')).toContain(
    '「{回答：外部接続点}」に当たる質問がありません。',
  )
})

test('an edition without questions has no file of them, and nothing of them on its pages', async () => {
  office.stores.questions.save([], {
    actor: 'test',
    at: new Date(AFTER_DEADLINE),
    change: '削除',
    action: 'question.changed',
    subject: '',
    detail: {},
  })
  expect(textOf(await browser.page('/admin/submissions'), 'main')).not.toContain('質問の回答')
  const [base] = (await confirm(browser)).split('?')
  expect((await browser.get(`${base}/questions.json`)).statusCode).toBe(404)
  expect((await browser.get('/admin/package.zip')).statusCode).toBe(200)
  expect((await browser.get(`${base}/register.json`)).body).not.toContain('extra')
  expect((await browser.get(`${base}/snapshot.json`)).body).not.toMatch(/questions|extra|earlierSupport/)
})

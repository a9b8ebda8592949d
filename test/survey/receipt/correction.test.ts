import { beforeEach, describe, expect, test } from 'vitest'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, type Page, textOf } from '../../support/html.ts'
import { receiptOf } from '../../support/receipts.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { changesOf, rowsOf, surveyWith } from '../../support/survey.ts'

const RECEIPT = receiptOf(1)
const LATER = '2024-03-12T01:00:00Z'
const AFTER = '2024-03-18T15:00:00Z'

const site = surveyWith()
beforeEach(() => {
  saveSubmission(site.stores)
  site.setNow(LATER)
})

const form = async (): Promise<Page> => htmlOf(await site.get(`${RECEIPT}/edit`))
const confirm = async (changes: Record<string, string> = {}) =>
  site.post(`${RECEIPT}/confirm`, { ...fieldsOf(await form()), ...changes })
const versions = () => site.stores.submissions.versions(site.stores.submissions.byNumber('R-0001')!.id)

test('the form holds the stored answers, and the hospital for reading only', async () => {
  const page = await form()
  expect(fieldsOf(page)).toMatchObject({
    version: '1',
    hospitalCode: '4619900011',
    department: '総務課',
    contactName: '試験 花子',
    phone: '099-000-0000',
    email: 'hanako@hospital.example.jp',
    emr: 'full',
    intent: 'both',
    gmisConsent: 'yes',
    remarks: '',
  })
  expect(textOf(page, '.fixed-hospital')).toBe('試験病院（鹿児島市）')
  expect(page.querySelector('form select')).toBeNull()
  expect(textOf(page, 'main')).toContain('病院を変える場合は、この回答を取り下げて、新しく回答してください')
})

test('入力 → 確認 → a new version: the number stays, both versions are kept', async () => {
  const page = htmlOf(await confirm({ intent: 'backup', phone: '０９９（１１１）２２２２', remarks: '追記' }))
  expect(textOf(page, 'h1')).toBe('訂正内容の確認')
  expect(textOf(page, 'main')).toContain('訂正する3項目')
  expect(changesOf(page)).toEqual({
    電話番号: ['099-000-0000', '099-111-2222'],
    本事業の活用意向: ['両方の支援を希望する', '「オフライン・バックアップ体制の整備」のみ希望する'],
    備考: ['（記入なし）', '追記'],
  })
  expect(rowsOf(page)).toMatchObject({ 病院名: '試験病院（鹿児島市）', 担当者名: '試験 花子' })
  expect(versions()).toHaveLength(1)

  const reply = await site.post(`${RECEIPT}/edit`, fieldsOf(page))
  expect([reply.statusCode, reply.headers.location]).toEqual([303, RECEIPT])
  expect(versions().map(({ answers }) => answers.intent)).toEqual(['both', 'backup'])
  expect(site.stores.audit.latest(1)).toMatchObject([
    { actor: 'hospital:R-0001', action: 'submission.corrected', subject: 'R-0001', detail: { version: 2 } },
  ])
})

test('the receipt tells every version with its time and what it changed', async () => {
  await site.post(
    `${RECEIPT}/edit`,
    fieldsOf(htmlOf(await confirm({ emr: 'planned', emrPlannedMonth: '2024-09' }))),
  )
  site.setNow('2024-03-13T01:00:00Z')
  await site.post(`${RECEIPT}/edit`, fieldsOf(htmlOf(await confirm({ emr: 'none', gmisConsent: 'no' }))))
  const page = htmlOf(await site.get(RECEIPT))
  expect(textOf(page, 'h1')).toBe('回答の訂正を受け付けました')
  expect(textOf(page, '.receipt')).toContain('受付日時令和6年3月11日（月）10時00分')
  expect(textOf(page, '.receipt').replaceAll(' ', '')).toContain('訂正日時令和6年3月13日（水）10時00分')
  const steps = [...page.querySelectorAll('.history > li')]
  expect(steps.map((step) => step.querySelector('.history__step')!.textContent)).toEqual([
    '回答　令和6年3月11日（月）10時00分',
    '訂正　令和6年3月12日（火）10時00分',
    '訂正　令和6年3月13日（水）10時00分',
  ])
  expect(steps.map(changesOf)).toEqual([
    {},
    {
      電子カルテシステムの導入状況: ['導入済み（病院全体）', '導入予定'],
      電子カルテシステムの導入予定年月: ['（なし）', '令和6年9月'],
    },
    {
      電子カルテシステムの導入状況: ['導入予定', '導入していない（予定もない）'],
      電子カルテシステムの導入予定年月: ['令和6年9月', '（なし）'],
      GMIS調査の回答結果の活用の可否: ['活用してよい', '活用を希望しない'],
    },
  ])
})

test('each 変更 leads back to its field with everything kept', async () => {
  const page = htmlOf(await confirm({ remarks: '一行目\n"二"<行>', emr: 'partial' }))
  const buttons = [...page.querySelectorAll('.summary-list button')]
  expect(buttons).toHaveLength(Object.keys(rowsOf(page)).length - 1)
  const back = htmlOf(await site.post(`${RECEIPT}/form`, fieldsOf(page)))
  for (const button of buttons) {
    const [path, field] = button.getAttribute('formaction')!.split('#')
    expect(path).toBe(`${RECEIPT}/form`)
    expect(back.getElementById(field!)).not.toBeNull()
  }
  const again = htmlOf(await site.post(`${RECEIPT}/confirm`, fieldsOf(back)))
  expect(fieldsOf(again)).toEqual(fieldsOf(page))
  expect(textOf(back, 'title')).toContain('回答の訂正')
})

test('wrong fields are named as in the first form, and everything typed is kept', async () => {
  const reply = await confirm({ email: 'hanako', remarks: '残ることば' })
  const page = htmlOf(reply)
  expect(reply.statusCode).toBe(422)
  expect(Object.keys(errorsOf(page))).toEqual(['email'])
  expect(textOf(page, '#email-error')).toBe(`＊${errorsOf(page).email}`)
  expect(fieldsOf(page)).toMatchObject({ email: 'hanako', remarks: '残ることば', version: '1' })
  expect((await site.post(`${RECEIPT}/edit`, fieldsOf(page))).statusCode).toBe(422)
  expect(versions()).toHaveLength(1)
})

test.each(['4619900029', 'other'])('the hospital does not change to %s', async (hospitalCode) => {
  const sent = { ...fieldsOf(await form()), hospitalCode, hospitalName: '別院' }
  for (const url of [`${RECEIPT}/confirm`, `${RECEIPT}/edit`]) {
    const reply = await site.post(url, sent)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(422)
    expect(errorsOf(page).hospitalCode).toContain('取り下げて、新しく回答してください')
    expect(page.getElementById('hospitalCode')!.textContent).toContain(errorsOf(page).hospitalCode)
    expect(fieldsOf(page).hospitalCode).toBe('4619900011')
  }
  expect(versions()).toHaveLength(1)
})

test('under 一覧にない病院 the typed name may be mended', async () => {
  saveSubmission(site.stores, { hospital: { name: '架空病印', address: '架空町1', beds: 80 } })
  const path = receiptOf(2)
  const page = htmlOf(await site.get(`${path}/edit`))
  expect(textOf(page, '.fixed-hospital')).toBe('一覧にない病院')
  const confirmed = htmlOf(
    await site.post(`${path}/confirm`, {
      ...fieldsOf(page),
      hospitalName: '架空病院',
      hospitalBeds: '９０床',
    }),
  )
  expect(changesOf(confirmed)).toEqual({
    '病院名（一覧にない病院）': ['架空病印', '架空病院'],
    許可病床数: ['80床', '90床'],
  })
  await site.post(`${path}/edit`, fieldsOf(confirmed))
  expect(changesOf(htmlOf(await site.get(path)))).toEqual(changesOf(confirmed))
})

describe('nothing changed', () => {
  test('確認 says so and offers nothing to send', async () => {
    const page = htmlOf(await confirm())
    expect(textOf(page, '.banner')).toContain('訂正する項目はありません')
    expect(page.querySelector('main button:not([formaction])')).toBeNull()
  })

  test('sent all the same: said, and no version is stored', async () => {
    const reply = await site.post(`${RECEIPT}/edit`, fieldsOf(await form()))
    expect(reply.statusCode).toBe(200)
    expect(textOf(htmlOf(reply), '.banner')).toContain('訂正する項目はありません')
    expect(versions()).toHaveLength(1)
  })
})

describe('two at once', () => {
  test('the same correction twice is one version', async () => {
    const sent = fieldsOf(htmlOf(await confirm({ intent: 'network' })))
    const replies = await Promise.all([1, 2, 3].map(() => site.post(`${RECEIPT}/edit`, sent)))
    expect(replies.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual(
      Array(3).fill([303, RECEIPT]),
    )
    expect(versions()).toHaveLength(2)
  })

  test('of two different ones the second is shown what the first changed, and loses nothing', async () => {
    const first = fieldsOf(htmlOf(await confirm({ phone: '099-111-1111' })))
    const second = fieldsOf(htmlOf(await confirm({ remarks: '大事なことば' })))
    const replies = await Promise.all([first, second].map((sent) => site.post(`${RECEIPT}/edit`, sent)))
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([303, 409])
    const page = htmlOf(replies[1]!)
    expect(textOf(page, '[role="alert"]')).toContain('ほかの画面から訂正されています')
    expect(changesOf(page)).toEqual({
      電話番号: ['099-111-1111', '099-000-0000'],
      備考: ['（記入なし）', '大事なことば'],
    })
    expect(versions()).toHaveLength(2)
    expect((await site.post(`${RECEIPT}/edit`, fieldsOf(page))).statusCode).toBe(303)
    expect(versions().at(-1)!.answers.remarks).toBe('大事なことば')
  })

  test('a form opened before another correction is told at 確認 already', async () => {
    const opened = fieldsOf(await form())
    await site.post(`${RECEIPT}/edit`, fieldsOf(htmlOf(await confirm({ phone: '099-111-1111' }))))
    const page = htmlOf(await site.post(`${RECEIPT}/confirm`, opened))
    expect(textOf(page, '[role="alert"]')).toContain('訂正は完了していません')
    expect(changesOf(page)).toEqual({ 電話番号: ['099-111-1111', '099-000-0000'] })
  })

  test('who names no version, as a program does, corrects the latest', async () => {
    const { version: _, ...sent } = fieldsOf(htmlOf(await confirm({ intent: 'none' })))
    expect((await site.post(`${RECEIPT}/edit`, sent)).statusCode).toBe(303)
    expect((await site.post(`${RECEIPT}/edit`, sent)).statusCode).toBe(303)
    expect(versions()).toHaveLength(2)
  })
})

describe('after the deadline', () => {
  test('the form is no longer there, with whom to ask', async () => {
    site.setNow(AFTER)
    const reply = await site.get(`${RECEIPT}/edit`)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(403)
    expect(textOf(page, 'h1')).toBe('訂正と取下げの受付は終了しました')
    expect(textOf(page, 'main')).toContain('令和6年3月18日（月）24時で締め切りました')
    expect(textOf(page, 'main')).toContain('099-286-2707')
  })

  test.each(['confirm', 'form', 'edit'])(
    'POST …/%s shows all that was typed, and stores nothing',
    async (step) => {
      const sent = { ...fieldsOf(await form()), remarks: '大事な<ことば>', phone: '９９' }
      site.setNow(AFTER)
      const reply = await site.post(`${RECEIPT}/${step}`, sent)
      const page = htmlOf(reply)
      expect(reply.statusCode).toBe(403)
      expect(textOf(page, '.banner')).toContain('県に届いていません')
      expect(rowsOf(page)).toMatchObject({ 電話番号: '９９', 備考: '大事な<ことば>' })
      expect(versions()).toHaveLength(1)
    },
  )

  test('sent in time and again too late, as the first reply was lost: the receipt', async () => {
    const sent = fieldsOf(htmlOf(await confirm({ intent: 'none' })))
    await site.post(`${RECEIPT}/edit`, sent)
    site.setNow(AFTER)
    const again = await site.post(`${RECEIPT}/edit`, sent)
    expect([again.statusCode, again.headers.location]).toEqual([303, RECEIPT])
    expect((await site.post(`${RECEIPT}/edit`, { ...sent, intent: 'both' })).statusCode).toBe(403)
  })

  test('the receipt offers no correction any more', async () => {
    expect(htmlOf(await site.get(RECEIPT)).querySelectorAll(`main a[href^="${RECEIPT}/"]`)).toHaveLength(4)
    site.setNow(AFTER)
    expect(htmlOf(await site.get(RECEIPT)).querySelectorAll(`main a[href^="${RECEIPT}/"]`)).toHaveLength(0)
  })
})

test('what was withdrawn is not corrected; the text is kept', async () => {
  const sent = { ...fieldsOf(await form()), remarks: '残ることば' }
  await site.post(`${RECEIPT}/withdraw`)
  const reply = await site.post(`${RECEIPT}/edit`, sent)
  expect(reply.statusCode).toBe(409)
  expect(textOf(htmlOf(reply), 'h1')).toBe('この回答は、既に取り下げられています')
  expect(rowsOf(htmlOf(reply)).備考).toBe('残ることば')
  expect((await site.get(`${RECEIPT}/edit`)).headers.location).toBe(RECEIPT)
})

test.each(['form', 'confirm'])('an address kept from the middle (%s) leads to the form', async (step) => {
  const reply = await site.get(`${RECEIPT}/${step}`)
  expect([reply.statusCode, reply.headers.location]).toEqual([303, `${RECEIPT}/edit`])
})

test('without the code nothing opens', async () => {
  for (const step of ['edit', 'withdraw'])
    expect((await site.get(`/receipts/R-0001/WXYZ-2345/${step}`)).statusCode).toBe(404)
  for (const step of ['form', 'confirm', 'edit', 'withdraw']) {
    const reply = await site.post(`/receipts/R-0001/WXYZ-2345/${step}`, fieldsOf(await form()))
    expect(reply.statusCode).toBe(404)
  }
  expect(versions()).toHaveLength(1)
})

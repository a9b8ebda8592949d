import { describe, expect, test } from 'vitest'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'

const HERE = '4610000011'
const URL = '/admin/submissions/new'

const office = officeWith({
  now: '2024-03-12T00:00:00Z',
  hospitals: [
    { key: HERE, name: '桜島病院', region: '鹿児島', beds: 40 },
    { key: '4610000029', name: '奄美中央病院', region: '奄美', beds: 250 },
  ],
})
const browser = office.officer()

const FAX = {
  hospitalCode: HERE,
  contactName: '試験 花子',
  phone: '０９９（０００）００００',
  email: '',
  emr: 'full',
  intent: 'both',
  gmisConsent: 'yes',
  channel: 'fax',
  receivedAt: '令和6年3月11日 17:05',
}

/** What the form sends, filled in as somebody would. */
async function typed(changes: Record<string, string> = {}) {
  return { ...fieldsOf(await browser.page(URL), `${URL}/confirm`), ...FAX, ...changes }
}
const confirmed = async (changes: Record<string, string> = {}) =>
  browser.post(`${URL}/confirm`, await typed(changes))
/** 入力 → 確認 → 受付 */
async function entered(changes: Record<string, string> = {}) {
  const confirm = await confirmed(changes)
  expect(confirm.statusCode, confirm.body).toBe(200)
  return browser.post(URL, fieldsOf(htmlOf(confirm), URL))
}
const only = () => office.stores.submissions.all().at(-1)!

test('a day alone that is not over counts as now, and the page says so', async () => {
  const today = textOf(htmlOf(await confirmed({ receivedAt: '令和6年3月12日' })), 'main')
  expect(today).toContain('9時00分（時刻の入力がなく、その日がまだ終わっていないため、現在の日時とします）')
  const before = textOf(htmlOf(await confirmed({ receivedAt: '令和6年3月11日' })), 'main')
  expect(before).toContain('23時59分（時刻の入力がないため、その日の終わりとします）')
})

test('the receipt to hand on says what the hospital’s own says, and prints without the officers’ head', async () => {
  await entered()
  const second = await entered({ channel: 'phone' })
  const receipt = await browser.page(second.headers.location!)
  expect(textOf(receipt, 'main')).toContain('貴院からは、別の回答も届いています')
  expect(textOf(receipt, 'main')).toContain('現在は、別の回答を有効として取り扱っています')
  expect(receipt.querySelector('link[href*="handed-on.css"]')).not.toBeNull()
  const address = '/admin/submissions/R-0001/withdraw'
  await browser.post(address, {
    ...fieldsOf(await browser.page(address), address),
    channel: 'phone',
    reason: '電話での申出',
  })
  const withdrawn = textOf(await browser.page('/admin/submissions/R-0001/receipt'), 'main')
  expect(withdrawn).toContain('次の回答は、取り下げられています')
  expect(withdrawn).not.toContain('訂正や取下げもできます')
})

describe('an answer that came by fax', () => {
  test('goes by 確認 to a receipt to hand on, and counts since it came in', async () => {
    const confirm = htmlOf(await confirmed())
    expect(textOf(confirm, 'main')).toContain('代理入力（FAX）')
    expect(textOf(confirm, 'main')).toContain('令和6年3月11日（月）17時05分')
    expect(office.stores.submissions.all()).toEqual([])
    const reply = await browser.post(URL, fieldsOf(confirm, URL))
    expect([reply.statusCode, reply.headers.location]).toEqual([
      303,
      '/admin/submissions/R-0001/receipt?done=saved',
    ])
    const { state, channel, submittedAt, createdAt, answers, enteredBy, code } = only()
    expect({ state, channel, submittedAt, createdAt, enteredBy }).toEqual({
      state: 'current',
      channel: 'fax',
      submittedAt: new Date('2024-03-11T08:05:00Z'),
      createdAt: new Date('2024-03-12T00:00:00Z'),
      enteredBy: { author: 'officer', channel: 'fax', reason: null },
    })
    expect([answers.email, answers.phone]).toEqual(['', '099-000-0000'])
    const receipt = await browser.page(reply.headers.location!)
    expect(textOf(receipt, 'main')).toContain(code)
    expect(textOf(receipt, 'main')).toContain(`/receipts/R-0001/${code}`)
    expect(textOf(receipt, 'main')).toContain('代理入力（FAX）')
  })

  test('is one record however often it is sent', async () => {
    const fields = fieldsOf(htmlOf(await confirmed()), URL)
    const [first, second] = [await browser.post(URL, fields), await browser.post(URL, fields)]
    expect([first.statusCode, second.statusCode]).toEqual([303, 303])
    expect(second.headers.location).toBe('/admin/submissions/R-0001/receipt?done=already-received')
    expect(office.stores.submissions.all()).toHaveLength(1)
  })

  test('is on the record with how it came and since when', async () => {
    await entered({ reason: '封筒で届いた' })
    expect(office.stores.audit.all().at(-1)).toMatchObject({
      actor: 'officer',
      action: 'submission.created',
      subject: 'R-0001',
      detail: { channel: 'fax', receivedAt: '2024-03-11T08:05:00.000Z', reason: '封筒で届いた' },
    })
  })

  test('may be of a hospital that is not in the list', async () => {
    const other = {
      hospitalCode: 'other',
      hospitalName: '架空医院',
      hospitalAddress: '架空町１ー２',
      hospitalBeds: '２５',
    }
    await entered(other)
    expect(only()).toMatchObject({
      state: 'unlinked',
      typedHospital: { name: '架空医院', address: '架空町１－２', beds: 25 },
    })
  })

  test('beside another answer waits, which is said before it is stored', async () => {
    saveSubmission(office.stores, { hospital: HERE })
    const confirm = htmlOf(await confirmed())
    expect(textOf(confirm, '.banner--warning')).toContain('R-0001')
    expect(textOf(confirm, '.banner--warning')).toContain('重複（確認待ち）')
    const reply = await browser.post(URL, fieldsOf(confirm, URL))
    expect(only()).toMatchObject({ number: 'R-0002', state: 'duplicate' })
    expect(textOf(await browser.page(reply.headers.location!), '.banner--success')).toContain('重複')
  })

  test('is not stored where another has come while 確認 was open', async () => {
    const fields = fieldsOf(htmlOf(await confirmed()), URL)
    saveSubmission(office.stores, { hospital: HERE })
    const refused = await browser.post(URL, fields)
    expect([refused.statusCode, office.stores.submissions.all().length]).toEqual([409, 1])
    expect(textOf(htmlOf(refused), 'main')).toContain('まだ登録していません')
    expect((await browser.post(URL, fieldsOf(htmlOf(refused), URL))).statusCode).toBe(303)
  })

  test('without 確認 is shown before it is stored', async () => {
    const reply = await browser.post(URL, await typed())
    expect([reply.statusCode, office.stores.submissions.all().length]).toEqual([200, 0])
    expect((await browser.post(URL, fieldsOf(htmlOf(reply), URL))).statusCode).toBe(303)
  })

  test('keeps everything on the way back to the form', async () => {
    const back = await browser.post(`${URL}/form`, fieldsOf(htmlOf(await confirmed({ reason: '持参' })), URL))
    const fields = fieldsOf(htmlOf(back), `${URL}/confirm`)
    expect(fields).toMatchObject({
      hospitalCode: HERE,
      channel: 'fax',
      receivedAt: FAX.receivedAt,
      reason: '持参',
      emr: 'full',
    })
  })
})

describe('what is wrong is named, and stays as it was typed', () => {
  const refused = async (changes: Record<string, string>) => {
    const reply = await confirmed(changes)
    expect(reply.statusCode).toBe(422)
    expect(office.stores.submissions.all()).toEqual([])
    return { page: htmlOf(reply), errors: errorsOf(htmlOf(reply)) }
  }

  test('with the messages of the public form, and its own', async () => {
    const { errors, page } = await refused({
      phone: '12',
      emr: '',
      channel: '',
      receivedAt: '',
      remarks: '記入あり',
    })
    expect(Object.keys(errors)).toEqual(['channel', 'receivedAt', 'phone', 'emr'])
    expect(errors.channel).toBe('受付方法を選択してください。')
    expect(errors.phone).toContain('電話番号は、市外局番から')
    expect(fieldsOf(page, `${URL}/confirm`)).toMatchObject({ phone: '12', remarks: '記入あり' })
  })

  test.each([
    ['令和6年3月12日 9:01', '受付日時は、現在より後にできません。'],
    ['令和6年2月30日', '「令和6年2月30日」という日付はありません'],
    ['平成6年3月12日 9:00', '受付開始より2年以上前です。年を確認してください。'],
    ['1868-01-01', '受付開始より2年以上前です。年を確認してください。'],
    ['きのう', '年月日と時刻を入力してください'],
  ])('a time that cannot be: %s', async (receivedAt, message) => {
    expect((await refused({ receivedAt })).errors.receivedAt).toContain(message)
  })

  test('a time before the survey opened needs a reason', async () => {
    const early = { receivedAt: '令和5年3月11日 17:05' }
    expect((await refused(early)).errors.reason).toContain('より前です')
    expect((await confirmed({ ...early, reason: '事前の照会で回答' })).statusCode).toBe(200)
  })

  test('after the deadline a reason is asked for, whenever it came in', async () => {
    office.setNow('2024-03-19T00:00:00Z')
    await browser.signIn()
    expect((await refused({})).errors.reason).toContain('回答期限')
    expect((await refused({ receivedAt: '2024-03-19 08:30' })).errors.reason).toContain('より後です')
    await entered({ receivedAt: '2024-03-19 08:30', reason: '停電のため遅れた' })
    expect(only()).toMatchObject({
      submittedAt: new Date('2024-03-18T23:30:00Z'),
      enteredBy: { reason: '停電のため遅れた' },
    })
  })

  test('a day alone counts as its end', async () => {
    const confirm = htmlOf(await confirmed({ receivedAt: '令和6年3月11日' }))
    expect(textOf(confirm, 'main')).toContain('その日の終わり')
    await browser.post(URL, fieldsOf(confirm, URL))
    expect(only().submittedAt).toEqual(new Date('2024-03-11T14:59:00Z'))
  })
})

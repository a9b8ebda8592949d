import { beforeEach, describe, expect, test } from 'vitest'
import { Sealed } from '../../../src/domain/answer/sealed.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'

const [HERE, THERE] = ['4610000011', '4610000029'] as const
const LIST = '/admin/submissions'
const BY = { actor: 'colleague', at: new Date('2024-03-12T00:00:00Z') }

const office = officeWith({
  now: '2024-03-12T00:00:00Z',
  hospitals: [
    { key: HERE, name: '桜島病院', region: '鹿児島', beds: 40 },
    { key: THERE, name: '奄美中央病院', region: '奄美', beds: 250 },
  ],
})
const browser = office.officer()

beforeEach(() => {
  saveSubmission(office.stores, { hospital: HERE, email: 'a@hospital.example.jp', phone: '099-286-2707' })
  saveSubmission(office.stores, { hospital: THERE, email: 'b@hospital.example.jp', emr: 'none' })
})

const markOf = (number: string) => office.stores.answerMarks.all().get(number)
const numbersOf = async (query: string) =>
  [...(await browser.page(`${LIST}?${query}`)).querySelectorAll('tbody tr td:first-child')].map((cell) =>
    cell.textContent!.trim(),
  )
const marksForm = async () => fieldsOf(await browser.page(LIST), `${LIST}/marks`)

describe('several answers are marked with one act', () => {
  const mark = async (answers: string[], mark: string, back = '') => {
    const { _csrf: _, ...fields } = await marksForm()
    const form = new URLSearchParams({ ...fields, back, mark })
    for (const each of answers) form.append('answer', each)
    return browser.postText(`${LIST}/marks`, form.toString())
  }

  test('each on the record, and the list comes back with the way to undo it', async () => {
    const reply = await mark(['R-0001.none', 'R-0002.none'], 'asked', 'sort=number')
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${LIST}?sort=number&marked=1`])
    expect([markOf('R-0001'), markOf('R-0002')]).toEqual(['asked', 'asked'])
    expect(office.stores.audit.all().slice(-2)).toMatchObject(
      ['R-0001', 'R-0002'].map((subject) => ({
        action: 'submission.marked',
        subject,
        detail: { mark: 'asked' },
      })),
    )
    const page = await browser.page(reply.headers.location!)
    expect(textOf(page, '.banner--success')).toContain('2件を「照会中」にしました。')
    const undone = await browser.post(`${LIST}/marks/undo`, fieldsOf(page, `${LIST}/marks/undo`))
    expect(undone.headers.location).toBe(`${LIST}?sort=number&undone=2`)
    expect([markOf('R-0001'), markOf('R-0002')]).toEqual(['none', 'none'])
    expect(office.stores.audit.all().at(-1)).toMatchObject({
      action: 'submission.mark-undone',
      detail: { act: 1 },
    })
  })

  test('is found by its mark, in the list and in the file', async () => {
    await mark(['R-0001.none'], 'checked')
    expect(await numbersOf('mark=checked')).toEqual(['R-0001'])
    expect(await numbersOf('mark=none')).toEqual(['R-0002'])
    expect((await browser.get(`${LIST}.csv?mark=checked`)).body).toContain(',確認済,')
  })

  test('none where one has been marked by somebody else meanwhile', async () => {
    office.stores.answerMarks.put([{ number: 'R-0002', mark: 'none' }], 'checked', BY)
    const reply = await mark(['R-0001.none', 'R-0002.none'], 'asked')
    expect([reply.statusCode, markOf('R-0001'), markOf('R-0002')]).toEqual([409, undefined, 'checked'])
    const page = htmlOf(reply)
    expect(textOf(page, '.banner--error')).toContain('R-0002の印が変わりました')
    expect(page.querySelectorAll('input[name="answer"][checked]')).toHaveLength(2)
  })

  test('the undo passes over what somebody has marked since', async () => {
    await mark(['R-0001.none', 'R-0002.none'], 'asked')
    office.stores.answerMarks.put([{ number: 'R-0002', mark: 'asked' }], 'checked', BY)
    await browser.post(`${LIST}/marks/undo`, { act: '1', back: '' })
    expect([markOf('R-0001'), markOf('R-0002')]).toEqual(['none', 'checked'])
    expect((await browser.post(`${LIST}/marks/undo`, { act: '1', back: '' })).statusCode).toBe(409)
  })

  test('nothing ticked is said', async () => {
    const reply = await mark([], 'asked')
    expect([reply.statusCode, textOf(htmlOf(reply), '.banner--error')]).toEqual([
      422,
      '回答を選択していません。一覧で回答を選択してから、もう一度押してください。',
    ])
  })

  test('a viewer sees the marks and no boxes', async () => {
    await mark(['R-0001.none'], 'asked')
    office.stores.staff.all()
    const page = await browser.page(LIST)
    expect(page.querySelectorAll('input[name="answer"]')).toHaveLength(2)
  })
})

describe('notes', () => {
  const url = `${LIST}/R-0001/notes`
  const note = async (typed: Record<string, string>) =>
    browser.post(url, { ...fieldsOf(await browser.page(`${LIST}/R-0001`), url), ...typed })

  test('are added with who and when, with the mark that goes with it', async () => {
    const reply = await note({ text: '医事課に照会した。<折返し待ち>', mark: 'asked' })
    expect([reply.statusCode, markOf('R-0001')]).toEqual([303, 'asked'])
    expect(textOf(await browser.page(reply.headers.location!.split('#')[0]!), '[role="status"]')).toBe(
      'メモを追加し、印を変更しました。',
    )
    await note({ text: '2つ目' })
    const page = await browser.page(`${LIST}/R-0001`)
    const notes = [...page.querySelectorAll('.notes li')].map((each) => each.textContent!)
    expect(notes).toHaveLength(2)
    expect(notes[0]).toContain('医事課に照会した。<折返し待ち>')
    expect(notes[0]).toContain('令和6年3月12日（火）9時00分　試験 officer')
    const noted = office.stores.audit.all().filter(({ action }) => action === 'submission.noted')
    expect(JSON.stringify(noted)).not.toContain('照会した')
  })

  test('without a word and without a mark are refused', async () => {
    const refused = await note({ text: ' ' })
    expect([refused.statusCode, errorsOf(htmlOf(refused))]).toEqual([
      422,
      { text: 'メモを入力してください。' },
    ])
  })
})

describe('flags', () => {
  test('EMR against GMIS is shown, and looked at with a note', async () => {
    const gmis = { offlineBackup: null, bcp: null, networkControl: null, emrClaimed: true }
    office.stores.gmis.import(new Map([[THERE, new Sealed(gmis)]]), { ...BY, source: 'gmis.csv' })
    expect(await numbersOf('flag=gmis-emr')).toEqual(['R-0002'])
    expect(await numbersOf('flag=open')).toEqual(['R-0002'])
    expect(textOf(await browser.page('/admin'), 'main').replaceAll(' ', '')).toContain(
      '1件確認事項のある回答があります',
    )
    const url = `${LIST}/R-0002/flags`
    const fields = fieldsOf(await browser.page(`${LIST}/R-0002`), url)
    expect((await browser.post(url, { ...fields, note: '' })).statusCode).toBe(422)
    expect((await browser.post(url, { ...fields, note: 'オーダリングのみと確認' })).statusCode).toBe(303)
    expect(await numbersOf('flag=open')).toEqual([])
    expect(await numbersOf('flag=gmis-emr')).toEqual(['R-0002'])
    expect(textOf(await browser.page(`${LIST}/R-0002`), '#flag-gmis-emr')).toContain('オーダリングのみと確認')
    expect((await browser.post(url, { ...fields, note: 'もう一度' })).statusCode).toBe(409)
  })

  test('what was looked at comes back where it says something else', async () => {
    const other = { name: '架空医院', address: '架空町1', beds: 25 }
    const { number, submissionId } = saveSubmission(office.stores, {
      hospital: other,
      email: 'c@hospital.example.jp',
    })
    office.stores.submissions.link(number, HERE, { ...BY, reason: '確認' })
    const url = `${LIST}/${number}/flags`
    await browser.post(url, { ...fieldsOf(await browser.page(`${LIST}/${number}`), url), note: '照会済み' })
    expect(await numbersOf('flag=open')).toEqual([])
    saveSubmission(office.stores, {
      submissionId,
      hospital: { ...other, beds: 26 },
      email: 'c@hospital.example.jp',
    })
    expect(await numbersOf('flag=open')).toEqual([number])
    expect(textOf(await browser.page(`${LIST}/${number}`), '#flag-beds')).toContain('26床、病院台帳では40床')
  })

  test('an answer that did not come through the link of its hospital', async () => {
    office.stores.invitations.issue([HERE], 'key', BY)
    expect(await numbersOf('flag=uninvited')).toEqual(['R-0001'])
  })

  test('a mail that was given up, a late one, one without an address', async () => {
    office.database.db.run(
      `INSERT INTO outbox (recipient, subject, body, created_at, next_attempt_at, attempts, failed_at) VALUES ('a@hospital.example.jp', 's', 'b', 0, 0, 1, 1)`,
    )
    saveSubmission(office.stores, {
      hospital: THERE,
      email: '',
      at: '2024-03-20T00:00:00Z',
      channel: 'paper',
    })
    expect(await numbersOf('flag=mail')).toEqual(['R-0001'])
    expect(await numbersOf('flag=no-email')).toEqual(['R-0003'])
    expect(await numbersOf('flag=late')).toEqual(['R-0003'])
    expect(await numbersOf('channel=proxy')).toEqual(['R-0003'])
    expect(await numbersOf('channel=paper')).toEqual(['R-0003'])
    expect((await browser.get(`${LIST}.csv?channel=proxy`)).body).toContain('代理入力（郵送・書面）')
  })
})

test.each([
  ['R-0001', ['R-0001']],
  ['さくらじま', []],
  ['桜島', ['R-0001']],
  ['試験 花子', ['R-0002', 'R-0001']],
  ['0992862707', ['R-0001']],
  ['099-286-2707', ['R-0001']],
  ['2862707', ['R-0001']],
  ['b@hospital', ['R-0002']],
])('an answer is found by %s', async (q, numbers) => {
  expect(await numbersOf(new URLSearchParams({ q }).toString())).toEqual(numbers)
})

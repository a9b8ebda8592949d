import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../../src/files/table/csv.ts'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  decline,
  HEI,
  KO,
  moreSeats,
  OTSU,
  SELECTION,
  sendForm,
  TEI,
} from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const officer = office.officer()
const FORM = '/admin/rounds/1/report'
const SENT = { reportedOn: '令和6年3月19日', documentNumber: '保医第456号', way: 'mail' }

const record = (typed: Record<string, string> = {}, url = FORM) =>
  sendForm(officer, url, { ...SENT, ...typed })
const receiptOf = async (code: string) => {
  const { number, code: key } = office.stores.submissions.currentOf(code)!
  return textOf(htmlOf(await office.app.inject({ url: `/receipts/${number}/${key}` })), 'main')
}
const publish = () => {
  const by = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '試験' }
  office.stores.publications.set({ round: 1, isShown: true, follows: 0 }, by)
}
const rowsOf = (csv: string) => {
  const parsed = parseCsv(csv)
  if (!parsed.ok) throw new Error(parsed.message)
  const [head, ...rows] = parsed.rows
  const [order, name, remarks] = ['順位', '医療機関名', '備考'].map((each) => head!.indexOf(each))
  return rows.map((cells) => [cells[order!], cells[name!], cells[remarks!]])
}

describe('one round', () => {
  test('is frozen with how it was sent, byte for byte as the round has it; only then receipts say so', async () => {
    publish()
    expect(await receiptOf(KO)).toContain('厚生労働省に報告する手続を進めています')
    const reply = await record()
    expect(reply.headers.location).toBe('/admin/reports/1?done=recorded')
    const page = await officer.page('/admin/reports/1')
    for (const text of ['令和6年3月19日（火）', '保医第456号', '電子メール', '現在の報告です'])
      expect(textOf(page, 'main')).toContain(text)
    for (const name of ['ministry.csv', 'ministry.csv?encoding=cp932', 'ministry.xlsx']) {
      const [sent, frozen] = await Promise.all(
        ['/admin/reports/1', '/admin/rounds/1'].map((base) => officer.get(`${base}/${name}`)),
      )
      expect(sent!.rawPayload.equals(frozen!.rawPayload), name).toBe(true)
    }
    expect(await receiptOf(KO)).toContain('県から厚生労働省に報告済みです')
    expect(office.stores.audit.latest(10).map(({ action }) => action)).toContain('report.recorded')
  })

  test('before any result is shown a receipt says that it was reported, once it was', async () => {
    expect(await receiptOf(HEI)).toContain('報告の手続を進めています')
    await record()
    expect(await receiptOf(HEI)).toContain('厚生労働省に報告しました')
  })

  test('a decline after it wants another one: what moved up is not reported until then', async () => {
    publish()
    await record()
    await decline(officer, KO)
    expect(textOf(await officer.page('/admin/rounds/1'), '.next-steps')).toContain('差し替えてください')
    expect(await receiptOf(HEI)).toContain('報告する手続を進めています')
    const unexplained = await record()
    expect(unexplained.statusCode).toBe(422)
    expect(textOf(htmlOf(unexplained), 'main')).toContain('差替えの理由を入力してください')
    const reply = await record({ reason: '辞退に伴う変更のため' })
    expect(reply.headers.location).toBe('/admin/reports/2?done=recorded')
    expect(await receiptOf(HEI)).toContain('報告済みです')
    expect(textOf(await officer.page('/admin/reports/1'), '.lead')).toContain('差し替えました')
    expect(textOf(await officer.page('/admin/reports/2'), 'main')).toContain('辞退に伴う変更のため')
  })

  test('the record is put right by a further one; taken back it says of nothing that it was reported', async () => {
    publish()
    await record()
    const correct = '/admin/reports/1/correct'
    expect((await sendForm(officer, correct, {})).statusCode).toBe(422)
    const reply = await sendForm(officer, correct, { documentNumber: '保医第457号', reason: '書き誤り' })
    expect(reply.headers.location).toBe('/admin/reports/1?done=corrected')
    expect(textOf(await officer.page('/admin/reports/1'), 'main')).toMatch(/保医第457号.*書き誤り/)
    expect(office.stores.reports.byId(1)!.documentNumber).toBe('保医第456号')
    await sendForm(officer, correct, { isTakenBack: 'yes', reason: '送付していなかった' })
    expect(await receiptOf(KO)).toContain('報告する手続を進めています')
    expect(textOf(await officer.page('/admin/reports/1'), '.lead')).toContain('取り消しました')
  })

  test.each([
    [{ reportedOn: '令和6年3月20日' }, '報告日は、今日までの日付にしてください。'],
    [
      { reportedOn: '令和6年3月18日' },
      '報告日は、選定を確定した日（令和6年3月19日（火））以降の日付にしてください。',
    ],
    [{ reportedOn: '' }, '報告日を入力してください。'],
    [{ reportedOn: '3月' }, '報告日は、「令和6年3月19日」のように、年月日だけを入力してください。'],
    [{ documentNumber: '' }, '文書番号を入力してください。番号を付けない場合は「なし」と入力してください。'],
    [{ documentNumber: 'あ'.repeat(61) }, '文書番号は60文字以内で入力してください（現在61文字）。'],
    [{ way: '' }, '送付の方法を選択してください。'],
    [{ way: 'other' }, '補足に、送付の方法を入力してください。'],
    [{ note: 'あ'.repeat(501) }, '補足は500文字以内で入力してください（現在501文字）。'],
  ])('says what is wrong with %j and keeps what was typed', async (typed, message) => {
    const reply = await record({ ...typed })
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(textOf(page, '.error-summary')).toContain(message)
    if (!('documentNumber' in typed)) expect(fieldsOf(page, FORM).documentNumber).toBe('保医第456号')
    expect(office.stores.reports.all()).toEqual([])
  })

  test('sent twice, or with another edition by now, nothing is recorded unseen', async () => {
    const opened = fieldsOf(await officer.page(FORM), FORM)
    await officer.post(FORM, { ...opened, ...SENT })
    const again = await officer.post(FORM, { ...opened, ...SENT })
    expect(again.headers.location).toBe('/admin/reports/1')
    const other = await officer.post(FORM, { ...opened, ...SENT, documentNumber: '保医第9号' })
    expect(other.statusCode).toBe(409)
    expect(office.stores.reports.all()).toHaveLength(1)
    const shown = fieldsOf(await officer.page(FORM), FORM)
    await decline(officer, OTSU)
    const stale = await officer.post(FORM, { ...shown, ...SENT, reason: '差替え' })
    expect(stale.statusCode).toBe(409)
    expect(textOf(htmlOf(stale), '.banner--error')).toContain('記録していません')
  })
})

describe('two rounds', () => {
  const ALL = `${FORM}?with=all&numbering=`

  async function secondRound(): Promise<void> {
    await decline(officer, KO)
    moreSeats(office.stores, 2, 2)
    await confirm(officer)
  }

  test('in one report are numbered on, gaps and all, as 備考 says', async () => {
    await secondRound()
    const { body } = await officer.get(`${FORM}/ministry.csv?with=all&numbering=continuous`)
    const rows = rowsOf(body)
    expect(rows.map(([order, name]) => [order, name])).toEqual([
      ['1', '丁病院'],
      ['3', '乙病院'],
      ['4', '丙病院'],
      ['5', '戊病院'],
    ])
    expect(rows[1]![2]).toContain('順位2は、辞退による欠番です。')
    expect(rows[3]![2]).toContain('順位5以降は、追加選定（第2回）で選定した病院です。')
    expect(body).not.toContain('1から付けています')
  })

  test('or anew for each round, which every row says', async () => {
    await secondRound()
    const { body } = await officer.get(`${FORM}/ministry.csv?with=all&numbering=per-round`)
    expect(
      rowsOf(body).map(([order, name, remarks]) => [
        order,
        name,
        /(初回選定|追加選定（第2回）)の中/.exec(remarks!)?.[1],
      ]),
    ).toEqual([
      ['1', '丁病院', '初回選定'],
      ['3', '乙病院', '初回選定'],
      ['4', '丙病院', '初回選定'],
      ['1', '戊病院', '追加選定（第2回）'],
    ])
  })

  test('recorded together both are reported, with the bytes that were taken along', async () => {
    await secondRound()
    for (const name of ['ministry.csv', 'ministry.xlsx']) await officer.get(`${FORM}/${name}`)
    const draft = await officer.get(`${FORM}/ministry.xlsx?with=all&numbering=continuous`)
    const reply = await sendForm(officer, `${ALL}continuous`, SENT, FORM)
    expect(reply.headers.location).toBe('/admin/reports/1?done=recorded')
    const sent = await officer.get('/admin/reports/1/ministry.xlsx')
    expect(sent.rawPayload.equals(draft.rawPayload)).toBe(true)
    const page = await officer.page('/admin/reports/1')
    expect(textOf(page, 'main')).toContain('初回選定と追加選定（第2回）（順位は通し番号）')
    expect(textOf(await officer.page('/admin/reports'), 'main')).not.toContain('まだ報告していません')
    expect(office.stores.reports.byId(1)!.editions.map(({ number, edition }) => [number, edition])).toEqual([
      [1, 2],
      [2, 1],
    ])
  })

  test('a round of two reported alone leaves the other one as it was reported', async () => {
    await secondRound()
    await sendForm(officer, `${ALL}continuous`, SENT, FORM)
    await record({ reason: '第2回の順位を改めた' }, '/admin/rounds/2/report')
    expect(textOf(await officer.page('/admin/reports/1'), '.lead')).toContain('一部の回は')
    expect([BO, TEI].map((code) => office.stores.submissions.currentOf(code)?.state)).toEqual([
      'current',
      'current',
    ])
  })
})

test('the look through says who has not accepted', async () => {
  const by = { actor: 'x', at: new Date(AFTER_DEADLINE) }
  const closesAt = new Date('2024-03-25T15:00:00Z')
  office.stores.acceptance.ask({ round: 1, closesAt, reason: null, follows: 0 }, [], by)
  expect(textOf(await officer.page(FORM), 'main')).toContain('受諾の連絡がない病院が3病院あります')
})

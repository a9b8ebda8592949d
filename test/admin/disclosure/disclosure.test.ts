import { describe, expect, test } from 'vitest'
import { AFTER_DEADLINE, SELECTION, sendForm } from '../../support/decisions.ts'
import { marksIn, unpacked } from '../../support/disclosure.ts'
import { textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { cookieOf } from '../../support/whole-office.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const officer = office.officer()
const columnPage = (document: string, column: string) =>
  `/admin/disclosure/documents/${encodeURIComponent(document)}/columns/${encodeURIComponent(column)}`
const set = async () => {
  const headers = { cookie: cookieOf(officer) }
  const reply = await office.app.inject({ url: '/admin/rounds/1/disclosure.zip', headers })
  expect(reply.statusCode).toBe(200)
  return unpacked(reply.rawPayload).files
}

/** As every test finds it: made once for all that look at it before they change something. */
let atFirst: ReturnType<typeof set> | undefined
const setAtFirst = () => {
  atFirst ??= set()
  return atFirst
}

describe('開示', () => {
  test('has every document with its columns, the grounds in words and what to look at before', async () => {
    const page = await officer.page('/admin/disclosure')
    const text = textOf(page, 'main')
    expect(text).toContain('鹿児島県情報公開条例')
    expect(text).toContain('渡す前に確認すること')
    expect(textOf(page, '#hospitals')).toContain('立入検査')
    expect(textOf(page, '#snapshot-json')).toContain('病院／立入検査')
    expect(page.querySelector('a[href="/admin/rounds/1/disclosure.zip"]')).not.toBeNull()
  })

  test('a column is opened with a reason, on the record, and the next set has it', async () => {
    const url = columnPage('hospitals', '電話番号')
    const first = await setAtFirst()
    expect(marksIn('x', first.get('05_一覧と記録/病院台帳.csv')!)).toBeGreaterThan(0)
    const before = first.get('02_不開示理由一覧.csv')!.toString('utf8')
    expect(before).toContain('病院台帳,05_一覧と記録/病院台帳,電話番号')
    expect((await sendForm(officer, url, { is: 'open' })).statusCode).toBe(422)
    const done = await sendForm(officer, url, { is: 'open', reason: '公表されている代表番号のため' })
    expect(done.headers.location).toBe('/admin/disclosure?done=column#hospitals')
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'disclosure.classed', subject: 'hospitals', detail: { column: '電話番号', after: [] } },
    ])
    const after = (await set()).get('02_不開示理由一覧.csv')!.toString('utf8')
    expect(after).not.toContain('病院台帳,05_一覧と記録/病院台帳,電話番号')
    const page = await officer.page('/admin/disclosure?done=column')
    expect(textOf(page, '#hospitals')).toContain('公表されている代表番号のため')
  })

  test('a column is closed on grounds; without any it is refused, with what was typed', async () => {
    const url = columnPage('hospitals', '開設者種別')
    const refused = await sendForm(officer, url, { is: 'closed', reason: '協議による' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('不開示とする理由の区分を、1つ以上選んでください。')
    expect(refused.body).toContain('協議による')
    const sent = await sendForm(officer, url, { is: 'closed', grounds: 'corporate', reason: '協議による' })
    expect(sent.statusCode).toBe(303)
    const reasons = (await set()).get('02_不開示理由一覧.csv')!.toString('utf8')
    expect(reasons).toMatch(/病院台帳,05_一覧と記録\/病院台帳,開設者種別,\d+,法人等/)
  })

  test('a link of a hospital cannot be opened, and what is no column is not found', async () => {
    const url = columnPage('invitations', '回答用リンク')
    const refused = await sendForm(officer, url, { is: 'open', reason: '請求があったため' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('開示に変更できません')
    for (const wrong of [columnPage('hospitals', 'ない列'), columnPage('__proto__', 'constructor')])
      expect((await officer.get(wrong)).statusCode).toBe(404)
  })

  test('the ordinance’s own words stand in the list of reasons', async () => {
    const words = { ordinance: '架空県情報公開条例', individual: '第7条第1号に該当' }
    expect((await sendForm(officer, '/admin/disclosure/wording', words)).statusCode).toBe(303)
    const long = { individual: '長'.repeat(501) }
    expect((await sendForm(officer, '/admin/disclosure/wording', long)).statusCode).toBe(422)
    const reasons = (await set()).get('02_不開示理由一覧.csv')!.toString('utf8')
    expect(reasons).toContain('架空県情報公開条例')
    expect(reasons).toContain('第7条第1号に該当')
  })

  test('who is selected is open once the result is shown', async () => {
    const reportOf = (files: Map<string, Buffer>) =>
      files.get('03_確定結果/厚生労働省への報告.csv')!.toString('utf8')
    expect(reportOf(await setAtFirst())).not.toContain('病院,')
    const by = { actor: 'test', at: new Date(AFTER_DEADLINE), reason: '決裁済み' }
    office.stores.publications.set({ round: 1, isShown: true, follows: 0 }, by)
    expect(reportOf(await set())).toMatch(/[甲乙丙丁戊己]病院/)
  })

  test('a round that is confirmed after a change has the classes of that day', async () => {
    const file = office.stores.editions.file(office.stores.editions.newestOf(1)!, 'classes.json')!
    expect(JSON.parse(file.bytes.toString('utf8'))).toMatchObject({
      format: 'kakuho.classes/1',
      version: 0,
      files: { 'hospitals.csv': { 立入検査: { class: 'safety', also: ['corporate'] } } },
    })
  })
})

import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  HEI,
  KO,
  moreSeats,
  SELECTION,
  sendForm,
} from '../../support/decisions.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const officer = office.officer()
const PAGE = '/admin/rounds/1/publication'

const receipt = async (code: string) => {
  const { number, code: key } = office.stores.submissions.currentOf(code)!
  return htmlOf(await office.app.inject({ url: `/receipts/${number}/${key}` }))
}
const outcome = async (code: string) => textOf(await receipt(code), '.outcome')
const setting = (resultsPublished: string) =>
  office.stores.settings.change({ resultsPublished }, { actor: 'x', at: new Date(AFTER_DEADLINE) })
const set = (round = 1) =>
  sendForm(officer, `/admin/rounds/${round}/publication`, { reason: '決裁済みのため' })

describe('whether receipts show a round', () => {
  test('is the survey’s setting until it is decided for the round, as it always was', async () => {
    expect(await outcome(KO)).toContain('選定の状況')
    setting('yes')
    expect(await outcome(KO)).toContain('選定されました')
    expect((await set()).headers.location).toBe('/admin/rounds/1?done=hidden')
    expect(await outcome(KO)).toContain('選定の状況')
    setting('no')
    expect((await set()).headers.location).toBe('/admin/rounds/1?done=shown')
    expect(await outcome(KO)).toContain('選定されました')
  })

  test('has its own page with what follows, a reason, and stands on the record', async () => {
    const page = await officer.page(PAGE)
    expect(textOf(page, 'main')).toContain('選定（3病院）、補欠（2病院）')
    expect((await sendForm(officer, PAGE)).statusCode).toBe(422)
    expect((await set()).statusCode).toBe(303)
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'publication.shown', subject: 'round 1', detail: { reason: '決裁済みのため' } },
    ])
    expect(textOf(await officer.page('/admin/rounds/1?done=shown'), '.done')).toContain('結果を表示しました')
    expect(textOf(await officer.page('/admin/rounds/1?done=constructor'), 'main')).not.toContain('native')
  })

  test('a second click changes nothing back', async () => {
    const fields = { show: 'yes', edition: '1', follows: '0', reason: '決裁済みのため' }
    await officer.get(PAGE)
    for (let click = 0; click < 2; click++)
      expect((await officer.post(PAGE, fields)).headers.location).toBe('/admin/rounds/1?done=shown')
    expect(office.stores.publications.all()).toHaveLength(1)
  })

  test('is not a viewer’s', async () => {
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    expect((await viewer.get(PAGE)).statusCode).toBe(403)
    expect((await viewer.post(PAGE, { show: 'yes' })).statusCode).toBe(403)
  })

  test('a later round that is not shown yet says nothing, but that it comes', async () => {
    await set()
    moreSeats(office.stores, 2, 2)
    await confirm(officer)
    expect(await outcome(BO)).toContain('補欠')
    expect(await outcome(BO)).toContain('追加選定（第2回）の結果は、お知らせできるようになりましたら')
    expect(await outcome(HEI)).toContain('選定の結果（初回選定）')
    await set(2)
    expect(await outcome(BO)).toContain('選定の結果（追加選定（第2回））')
    expect(await outcome(BO)).toContain('貴院は、支援対象病院に選定されました')
    expect(await outcome(HEI)).toContain('補欠')
  })

  test('of another answer than the one that counts nothing is told', async () => {
    const { number, code } = saveSubmission(office.stores, { hospital: KO })
    await set()
    const page = htmlOf(await office.app.inject({ url: `/receipts/${number}/${code}` }))
    expect(textOf(page, '.outcome')).toContain('選定の結果を表示していません')
  })
})

describe('文書番号 and 決裁日 of the 起案', () => {
  const APPROVAL = '/admin/rounds/1/approval'

  test('are recorded, stand on the paper, and are put right with a reason', async () => {
    const typed = { documentNumber: '保医第123号', decidedOn: '2024/3/19' }
    expect((await sendForm(officer, APPROVAL, typed)).headers.location).toBe('/admin/rounds/1?done=approval')
    const paper = textOf(await officer.page('/admin/rounds/1/list'), '.paper__fields')
    expect(paper).toContain('保医第123号')
    expect(paper).toContain('令和6年3月19日（火）')
    const again = { ...typed, documentNumber: '保医第124号' }
    expect((await sendForm(officer, APPROVAL, again)).statusCode).toBe(422)
    expect((await sendForm(officer, APPROVAL, { ...again, reason: '書き誤り' })).statusCode).toBe(303)
    expect(textOf(await officer.page(APPROVAL), 'main')).toMatch(/保医第124号.*書き誤り.*保医第123号/)
  })

  test.each([
    [{ documentNumber: '', decidedOn: 'R6.3.19' }, '文書番号を入力してください。'],
    [{ documentNumber: 'x', decidedOn: '' }, '決裁日を入力してください。'],
    [{ documentNumber: 'x', decidedOn: 'R6.3.20' }, '決裁日は、今日までの日付にしてください。'],
    [{ documentNumber: 'x', decidedOn: 'R6.2.30' }, '決裁日：「R6.2.30」という日付はありません。'],
  ])('%j is not taken', async (typed, message) => {
    const reply = await sendForm(officer, APPROVAL, typed)
    expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([
      422,
      expect.stringContaining(message),
    ])
  })
})

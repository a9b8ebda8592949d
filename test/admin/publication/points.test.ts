import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  decline,
  HEI,
  KO,
  moreSeats,
  OTSU,
  SELECTION,
  sendForm,
  TEI,
} from '../../support/decisions.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { confirmRound } from '../../support/rounds.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const officer = office.officer()
const PAGE = '/admin/rounds/1/publication'
const POINTS = `${PAGE}/points`
const reason = '決裁済みのため'

const receipt = async (code: string) => {
  const { number, code: key } = office.stores.submissions.currentOf(code)!
  return textOf(htmlOf(await office.app.inject({ url: `/receipts/${number}/${key}` })), '.outcome')
}
const show = (typed: Record<string, string> = {}) => sendForm(officer, PAGE, { reason, ...typed })
const OWN = '貴院の点数は0.00点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数は0.00点でした。'

describe('why, on a receipt', () => {
  test('in the words that were frozen, without points unless an officer allows them', async () => {
    await show()
    const waiting = await receipt(HEI)
    expect(waiting).toContain(
      '20～99床の区分では、支援枠（2病院分）に対し、選定の対象となる病院が3病院ありました。選定基準に基づく順位が枠の数に入らなかったため、貴院は補欠となりました。点数が同じ病院の間では、許可病床数の多い順により順位を決めています。',
    )
    expect(waiting).toContain('補欠の順位は、この回の選定に限るもので、次の回には引き継がれません。')
    expect(waiting).not.toContain('点数は')
    expect(await receipt(KO)).toContain('選定の理由：20～99床の区分では')
  })

  test('with the own points beside the lowest of the band where an officer ticked it', async () => {
    const page = await officer.page(PAGE)
    expect((page.querySelector('[name=points]') as { checked?: boolean }).checked ?? false).toBe(false)
    await show({ points: 'yes' })
    expect(await receipt(HEI)).toContain(OWN)
    expect(await receipt(OTSU)).toContain(OWN)
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'publication.shown', detail: { points: true, reason } },
    ])
    expect(textOf(await officer.page(PAGE), '.lead')).toContain('点数とともに')
    expect(textOf(await officer.page('/admin/rounds/1'), 'main')).toContain('点数とともに表示しています')
  })

  test('is what was frozen then, whatever has changed since', async () => {
    await show()
    const before = await receipt(HEI)
    moreSeats(office.stores, 3, 2)
    expect(await receipt(HEI)).toBe(before)
  })

  test('an edition after a decline has its own', async () => {
    await show({ points: 'yes' })
    await decline(officer, KO)
    expect(await receipt(HEI)).toContain('補欠の順位に従って、貴院を繰り上げて選定しました。')
    const { body } = await officer.get('/admin/rounds/1/reasons.json')
    const { format, reasons } = JSON.parse(body)
    expect([format, reasons.length]).toEqual(['kakuho.reasons/1', 6])
    expect(reasons.find(({ code }: { code: string }) => code === HEI).officer).toMatch(
      /^甲病院の辞退に伴い、/,
    )
  })

  test('a round of before says what it always said, and has no points to show', async () => {
    confirmRound(office.stores, { number: 2, seats: 4, held: [KO, OTSU, TEI] })
    office.stores.publications.set(
      { round: 2, isShown: true, showsPoints: true, follows: 0 },
      { actor: 'x', at: new Date(AFTER_DEADLINE), reason },
    )
    expect(await receipt(HEI)).toMatch(
      /^選定の結果（追加選定（第2回）） 選定 貴院は、支援対象病院に選定されました。/,
    )
    expect(await receipt(HEI)).not.toMatch(/理由：|点数/)
    const page = await officer.page('/admin/rounds/2/publication')
    expect([page.querySelector('[name=points]'), page.querySelector('#preview')]).toEqual([null, null])
    expect((await officer.get('/admin/rounds/2/publication/points')).headers.location).toBe(
      '/admin/rounds/2/publication',
    )
    expect((await officer.get('/admin/rounds/2/reasons.csv')).statusCode).toBe(404)
    expect(textOf(await officer.page('/admin/rounds/2/reasons?reader=officer'), 'h1')).toContain(
      '選定理由一覧',
    )
  })
})

describe('the choice of points', () => {
  test('begins and ends on its own page, with a reason, on the record', async () => {
    await show()
    expect((await sendForm(officer, POINTS)).statusCode).toBe(422)
    expect((await sendForm(officer, POINTS, { reason })).headers.location).toBe(
      '/admin/rounds/1?done=points-shown',
    )
    expect(await receipt(HEI)).toContain(OWN)
    expect((await sendForm(officer, POINTS, { reason })).headers.location).toBe(
      '/admin/rounds/1?done=points-hidden',
    )
    expect(await receipt(HEI)).not.toContain('点数は')
    const actions = office.stores.audit.latest(3).map(({ action }) => action)
    expect(actions.sort()).toEqual([
      ...['publication.points-hidden', 'publication.points-shown', 'publication.shown'],
    ])
    expect(textOf(await officer.page('/admin/audit'), 'main')).toContain(
      'の点数を、病院の受付票に表示しないことにしました',
    )
  })

  test('by two officers at once: the later one is asked again, and what was typed is kept', async () => {
    await show()
    const other = await signedIn(office, { login: 'other' })
    const page = await officer.page(POINTS)
    const shown = Object.fromEntries(
      [...page.querySelectorAll('form[action$="/points"] input')].map((input) => [
        input.getAttribute('name')!,
        input.getAttribute('value')!,
      ]),
    )
    await sendForm(other, POINTS, { reason })
    const reply = await officer.post(POINTS, { ...shown, reason: '私の理由' })
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), 'textarea')).toBe('私の理由')
  })

  test('a second click changes nothing back, a result that is hidden has no points', async () => {
    expect((await officer.get(POINTS)).headers.location).toBe(PAGE)
    await show()
    for (let click = 0; click < 2; click++)
      expect(
        (await officer.post(POINTS, { points: 'yes', edition: '1', follows: '1', reason })).headers.location,
      ).toBe('/admin/rounds/1?done=points-shown')
    expect(office.stores.publications.all()).toHaveLength(2)
    await show()
    expect(await receipt(HEI)).not.toContain('点数は')
  })

  test('is not a viewer’s, and of no round that is not there', async () => {
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    expect((await viewer.get(POINTS)).statusCode).toBe(403)
    expect((await officer.get('/admin/rounds/9/publication/points')).statusCode).toBe(404)
    expect((await officer.post('/admin/rounds/9/publication/points', {})).statusCode).toBe(404)
  })

  test('the page shows what each kind of hospital will read', async () => {
    const samples = [...(await officer.page(PAGE)).querySelectorAll('.reason-samples li')].map((each) =>
      textOf(each, 'p'),
    )
    expect(samples).toEqual(['丁病院 選定（順位）', '戊病院 補欠第1位'])
  })
})

describe('letters', () => {
  const letter = async (code: string) => {
    const page = await officer.page(`/admin/letters/print?hospital=${code}`)
    return textOf(page, '.letter')
  }

  test('say why by a placeholder, and the points where they are allowed, else not a blank paragraph', async () => {
    const before = await officer.page(`/admin/letters/print?hospital=${HEI}`)
    expect(textOf(before, '.letter')).toContain('選定基準に基づく順位が枠の数に入らなかったため')
    expect(textOf(before, '.letter')).not.toContain('貴院の点数')
    await show({ points: 'yes' })
    expect(await letter(HEI)).toContain(OWN)
    expect(await letter(HEI)).toContain('次の回には引き継がれません')
  })
})

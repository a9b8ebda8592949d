import { describe, expect, test } from 'vitest'
import { sendForm } from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { A, B, C, D, E, LARGE, rankingOf, selectedIn, WORKBENCH } from '../../support/workbench.ts'

const office = officeWith(WORKBENCH)
const browser = office.officer()

/** Opens an act's page and sends its form as it stands, with a reason. */
const act = (path: string, reason = '離島の拠点のため') =>
  sendForm(browser, `/admin/hospitals/${path}`, { reason })

describe('designating', () => {
  test('shows who comes in and who drops out before it is done', async () => {
    const page = await browser.page(`/admin/hospitals/${E}/designate`)
    expect(textIn(page.querySelector('h1'))).toBe('県の指定により選定する')
    expect(textIn(page.querySelector('main'))).toContain('この病院からは回答がありません。')
    expect(textIn(page.querySelector('.own-change'))).toBe('この病院対象外 → 選定（第6位、区分内第5位）')
    expect(tableRows(page.querySelector('[aria-label="新たに選定される病院"] table'))).toEqual([
      ['戊病院鹿児島　50床区分：20～99床', '対象外', '選定（県の指定）', '（この画面で入力する理由）'],
    ])
    expect(tableRows(page.querySelector('[aria-label="選定から外れる病院"] table'))).toEqual([
      [
        '乙病院鹿児島　80床区分：20～99床',
        '選定（順位）',
        '補欠第1位',
        '20～99床の区分で第2位（支援枠2）ですが、県の指定（1病院）を優先したため、枠内に入りません',
      ],
    ])
    expect(tableRows(page.querySelector('.band-board'))[0]).toEqual(['20～99床', '2', '5', '2', '3', '充足'])
    expect(office.stores.overrides.all()).toEqual([])
  })

  test('one that did not answer gives it a seat, and says so with the reason', async () => {
    const reply = await act(`${E}/designate`)
    expect(reply.statusCode).toBe(303)
    expect(reply.headers.location).toBe(`/admin/hospitals/${E}?done=designate`)
    const page = await browser.page(reply.headers.location!)
    expect(textIn(page.querySelector('.banner--success'))).toContain('県の指定を登録しました。')
    expect(textIn(page.querySelector('.standing-decision'))).toContain('離島の拠点のため')
    expect(await selectedIn(browser)).toEqual(['甲病院', '大病院', '戊病院'])
    expect(office.stores.overrides.active()).toMatchObject([
      { hospitalCode: E, kind: 'designate', reason: '離島の拠点のため', author: 'officer' },
    ])
  })

  test('more than the seats is a problem: before it is done, after it, on the list and at the confirmation', async () => {
    for (const code of [C, D]) await act(`${code}/designate`)
    const before = await browser.page(`/admin/hospitals/${E}/designate`)
    const problem = '20～99床の区分で、県の指定が枠を1病院超えています。'
    expect(textIn(before.querySelector('.banner--error'))).toContain(problem)
    const done = await browser.page((await act(`${E}/designate`)).headers.location!)
    for (const page of [
      done,
      await browser.page('/admin/overrides'),
      await browser.page('/admin/selection'),
      await browser.page('/admin/selection/confirm'),
    ])
      expect(textIn(page.querySelector('main'))).toContain(problem)
    const confirm = await browser.page('/admin/selection/confirm')
    expect(confirm.querySelector('main form[action="/admin/selection/confirm"]')).toBeNull()
  })

  test('needs a reason, keeps what was typed, and stores nothing without', async () => {
    const page = await browser.page(`/admin/hospitals/${E}/designate`)
    const reply = await browser.post(`/admin/hospitals/${E}/designate`, {
      ...fieldsOf(page, `/admin/hospitals/${E}/designate`),
      reason: ' \n ',
    })
    expect(reply.statusCode).toBe(422)
    const again = htmlOf(reply)
    expect(again.title).toMatch(/^エラー：/)
    expect(textIn(again.querySelector('.error-summary li'))).toBe('理由を入力してください。')
    expect(again.querySelector('#reason')!.getAttribute('aria-invalid')).toBe('true')
    const long = await browser.post(`/admin/hospitals/${E}/designate`, {
      ...fieldsOf(page, `/admin/hospitals/${E}/designate`),
      reason: '長'.repeat(501),
    })
    expect(htmlOf(long).querySelector('#reason')!.textContent).toBe('長'.repeat(501))
    expect(office.stores.overrides.all()).toEqual([])
  })

  test('does nothing else than what was shown: what has changed is shown first', async () => {
    const page = await browser.page(`/admin/hospitals/${E}/designate`)
    await act(`${A}/exclude`)
    const fields = { ...fieldsOf(page, `/admin/hospitals/${E}/designate`), reason: '離島の拠点のため' }
    const reply = await browser.post(`/admin/hospitals/${E}/designate`, fields)
    expect(reply.statusCode).toBe(409)
    const again = htmlOf(reply)
    expect(textIn(again.querySelector('[role="alert"]'))).toContain('登録していません')
    expect(again.querySelector('#reason')!.textContent).toBe('離島の拠点のため')
    expect(office.stores.overrides.active()).toHaveLength(1)
    const now = await browser.post(`/admin/hospitals/${E}/designate`, {
      ...fieldsOf(again, `/admin/hospitals/${E}/designate`),
      reason: '理由',
    })
    expect(now.statusCode).toBe(303)
  })

  test('goes through where something changed that has nothing to do with it', async () => {
    const page = await browser.page(`/admin/hospitals/${LARGE}/designate`)
    saveSubmission(office.stores, { hospital: E, emr: 'none' })
    const fields = { ...fieldsOf(page, `/admin/hospitals/${LARGE}/designate`), reason: '拠点のため' }
    expect((await browser.post(`/admin/hospitals/${LARGE}/designate`, fields)).statusCode).toBe(303)
  })

  test('twice is refused: the first has to be undone', async () => {
    await act(`${E}/designate`)
    const page = await browser.page(`/admin/hospitals/${E}/exclude`)
    expect(textIn(page.querySelector('.banner--warning'))).toContain('既に県の指定が登録されています。')
    expect(page.querySelector('main form')).toBeNull()
    const reply = await browser.post(`/admin/hospitals/${E}/exclude`, { reason: '理由' })
    expect(reply.statusCode).toBe(409)
    expect(office.stores.overrides.all()).toHaveLength(1)
  })

  test('of beds in no band is neither offered nor done', async () => {
    const bands = [{ id: 'small', min: 20, max: 99, seats: 2 }]
    const { policy } = office.stores.policies.current()
    office.stores.policies.save(
      { ...policy, bands },
      { actor: 'test', at: new Date('2024-03-10'), note: 'x' },
    )
    const url = `/admin/hospitals/${LARGE}`
    const offered = await browser.page(url)
    expect(offered.querySelector(`a[href="${url}/designate"]`)).toBeNull()
    expect(offered.querySelector(`a[href="${url}/exclude"]`)).not.toBeNull()
    const page = await browser.page(`${url}/designate`)
    expect(textIn(page.querySelector('.banner'))).toMatch(
      /^許可病床数（300床）がどの病床規模区分にも該当しないため、県の指定はできません。/,
    )
    expect(page.querySelector(`form[action="${url}/designate"]`)).toBeNull()
    const sent = await browser.post(`${url}/designate`, { reason: '離島の拠点', outcome: 'x' })
    expect(sent.statusCode).toBe(409)
    expect(sent.body).toContain('県の指定はできません。')
    expect(office.stores.overrides.all()).toEqual([])
  })
})

describe('excluding and undoing', () => {
  test('an excluded one makes way, and comes back when that is undone', async () => {
    await act(`${A}/exclude`, '廃院の予定')
    expect(await selectedIn(browser)).toEqual(['乙病院', '丙病院', '大病院'])
    const undo = await browser.page(`/admin/hospitals/${A}/undo-override`)
    expect(textIn(undo.querySelector('h1'))).toBe('県の判断による除外を取り消す')
    expect(textIn(undo.querySelector('main'))).toContain('試験 officer')
    expect(textIn(undo.querySelector('main'))).toContain('理由：廃院の予定')
    expect((await act(`${A}/undo-override`, '存続が決まった')).headers.location).toContain(
      'done=override-undone',
    )
    expect(await selectedIn(browser)).toEqual(['甲病院', '乙病院', '大病院'])
    const page = await browser.page(`/admin/hospitals/${A}`)
    expect(tableRows(page.querySelector('[aria-label="県の判断の記録"] table'))).toEqual([
      ['令和6年3月11日（月）10時00分', '試験 officer', '県の判断による除外を取消し', '存続が決まった'],
      ['令和6年3月11日（月）10時00分', '試験 officer', '県の判断による除外', '廃院の予定'],
    ])
  })

  test('nothing to undo is said, not done', async () => {
    const page = await browser.page(`/admin/hospitals/${A}/undo-override`)
    expect(textIn(page.querySelector('.banner--warning'))).toBe('この病院には、取り消す判断がありません。')
    expect((await browser.post(`/admin/hospitals/${A}/undo-override`, { reason: 'x' })).statusCode).toBe(409)
  })
})

describe('moving', () => {
  test('shows the new ranks and seats, then moves', async () => {
    const page = await browser.page(`/admin/hospitals/${C}/move?position=1`)
    expect(textIn(page.querySelector('.own-change'))).toBe(
      'この病院補欠（第3位、区分内第3位） → 選定（第1位、区分内第1位）',
    )
    expect(textIn(page.querySelectorAll('.compared__item')[3]!)).toBe('順位が変わる病院3病院')
    const reply = await act(`${C}/move?position=1`, '搬送の実績')
    expect(reply.headers.location).toBe(`/admin/hospitals/${C}?done=moved`)
    expect(await rankingOf(browser)).toEqual([C, A, B, LARGE, D])
    expect(await selectedIn(browser)).toEqual(['丙病院', '甲病院', '大病院'])
    const ranking = await browser.page('/admin/selection')
    expect(textIn(ranking.querySelector('.rank__decision'))).toContain('順位を変更 点数では第3位。搬送の実績')
    const moved = await browser.page(`/admin/hospitals/${C}`)
    expect(textIn(moved.querySelector('.sentences'))).toContain(
      '県の判断により、順位を第3位から第1位に変更しています（理由：搬送の実績）。',
    )
  })

  test('in full-width digits, again, and back by undoing', async () => {
    await act(`${D}/move?position=${encodeURIComponent('１')}`)
    expect((await rankingOf(browser))[0]).toBe(D)
    const again = await browser.page(`/admin/hospitals/${D}/move?position=2`)
    expect(textIn(again.querySelector('main'))).toContain('登録すると、前の変更は無効になります。')
    await act(`${D}/move?position=2`, '二回目')
    expect(await rankingOf(browser)).toEqual([A, D, B, C, LARGE])
    await act(`${D}/undo-move`, '誤り')
    expect(await rankingOf(browser)).toEqual([A, B, C, LARGE, D])
    const page = await browser.page(`/admin/hospitals/${D}`)
    const record = tableRows(page.querySelector('[aria-label="県の判断の記録"] table')).map((row) => row[2])
    expect(record).toEqual(['順位の変更を取消し', '順位を第2位に変更', '順位を第1位に変更'])
  })

  test.each([
    ['0', '新しい順位は、1から5までの数字で入力してください。'],
    ['6', '新しい順位は、1から5までの数字で入力してください。'],
    ['-1', '新しい順位は、1から5までの数字で入力してください。'],
    ['二', '新しい順位は、1から5までの数字で入力してください。'],
    ['3', '現在の順位と同じです。別の順位を入力してください。'],
  ])('to %s is refused in words', async (position, message) => {
    const reply = await browser.get(`/admin/hospitals/${C}/move?position=${encodeURIComponent(position)}`)
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(textIn(page.querySelector('.error-summary li'))).toBe(message)
    expect(page.querySelector('#position')!.getAttribute('value')).toBe(position)
    expect(page.querySelector('main form[method="post"]')).toBeNull()
    const sent = await browser.post(`/admin/hospitals/${C}/move`, { position, reason: 'x' })
    expect(sent.statusCode).toBe(422)
    expect(office.stores.rankMoves.all()).toEqual([])
  })

  test('asks for the rank where none is given, and has none for a hospital that is out', async () => {
    const page = await browser.page(`/admin/hospitals/${C}/move`)
    expect(page.querySelector('.error-summary')).toBeNull()
    expect(page.querySelector('#position')).not.toBeNull()
    const out = await browser.page(`/admin/hospitals/${E}/move?position=1`)
    expect(textIn(out.querySelector('.banner--warning'))).toContain('選定の対象でない病院')
    expect(
      (await browser.post(`/admin/hospitals/${E}/move`, { position: '1', reason: 'x' })).statusCode,
    ).toBe(409)
  })

  test('by the arrows of the ranking: past the neighbour that is shown', async () => {
    const arrows = async (url: string) => {
      const page = await browser.page(url)
      return [...page.querySelectorAll('td.rank__shift')].map((cell) =>
        [...cell.querySelectorAll('a')].map((link) =>
          link.getAttribute('href')!.split('/').slice(3).join('/'),
        ),
      )
    }
    expect(await arrows('/admin/selection')).toEqual([
      [`${A}/move?position=2`],
      [`${B}/move?position=1`, `${B}/move?position=3`],
      [`${C}/move?position=2`, `${C}/move?position=4`],
      [`${LARGE}/move?position=3`, `${LARGE}/move?position=5`],
      [`${D}/move?position=4`],
    ])
    expect((await arrows('/admin/selection?band=small'))[2]).toEqual([
      `${C}/move?position=2`,
      `${C}/move?position=5`,
    ])
    await act(`${B}/move?position=1`)
    expect(await rankingOf(browser)).toEqual([B, A, C, LARGE, D])
  })
})

describe('who may', () => {
  const PATHS = ['designate', 'exclude', 'undo-override', 'move', 'undo-move']

  test.each(PATHS)('a viewer neither sees nor does: %s', async (path) => {
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    const page = await viewer.page(`/admin/hospitals/${A}`)
    expect(page.querySelector(`a[href$="/${path}"]`)).toBeNull()
    expect((await viewer.get(`/admin/hospitals/${A}/${path}`)).statusCode).toBe(403)
    expect((await viewer.post(`/admin/hospitals/${A}/${path}`, { reason: 'x' })).statusCode).toBe(403)
  })

  test.each(PATHS)('nothing without the token, and no hospital that is none: %s', async (path) => {
    const fields = { _csrf: 'forged', reason: 'x', position: '1' }
    expect((await browser.post(`/admin/hospitals/${A}/${path}`, fields)).statusCode).toBe(403)
    expect((await browser.get(`/admin/hospitals/none/${path}`)).statusCode).toBe(404)
    await browser.get('/admin')
    expect((await browser.post(`/admin/hospitals/none/${path}`, { reason: 'x' })).statusCode).toBe(404)
    expect(office.stores.overrides.all()).toEqual([])
    expect(office.stores.rankMoves.all()).toEqual([])
  })

  test('a reason typed while the session ended is offered to be sent again', async () => {
    const page = await browser.page(`/admin/hospitals/${E}/designate`)
    const fields = { ...fieldsOf(page, `/admin/hospitals/${E}/designate`), reason: '書きかけの理由' }
    browser.cookies.clear()
    const reply = await browser.post(`/admin/hospitals/${E}/designate`, fields)
    expect(reply.headers.location).toBe('/admin/login?next=%2Fadmin%2Fresend')
  })
})

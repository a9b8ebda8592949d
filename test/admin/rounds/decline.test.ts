import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  BO,
  decline,
  HEI,
  KI,
  KO,
  OTSU,
  reported,
  SELECTION,
  sendForm,
  TEI,
  verified,
} from '../../support/decisions.ts'
import { htmlOf, tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const browser = office.officer()

const url = (code: string) => `/admin/rounds/1/decline/${code}`

describe('the page', () => {
  test('says who moves up, and what it does to the seats', async () => {
    const page = await browser.page(url(KO))
    expect(page.querySelector('h1')!.textContent).toBe('甲病院の辞退')
    const text = page.querySelector('main')!.textContent!
    expect(text).toContain('丙病院')
    expect(text).toContain('補欠第1位')
    expect(text).toContain(
      '丙病院が繰上げにより選定されます。支援順位は、現在の最後の順位の次（第4位）です。',
    )
    expect(text).toContain('第2版になり')
    expect(
      [...page.querySelectorAll('.seat-line li')].map((chip) => textIn(chip).replaceAll(' ', '')),
    ).toEqual([
      '合計選定3／支援枠3選定対象4補欠1充足',
      '20～99床選定2／支援枠2選定対象2補欠0充足',
      '100床以上選定1／支援枠1選定対象2補欠1充足',
    ])
  })

  test('says that a seat stays free where nobody waits', async () => {
    await decline(browser, KO)
    expect((await browser.page(url(OTSU))).querySelector('main')!.textContent).toContain(
      'この区分に補欠の病院がないため、枠が1つ空きます。',
    )
  })

  test('says of a reserve that no seat is touched', async () => {
    const text = (await browser.page(url(HEI))).querySelector('main')!.textContent
    expect(text).toContain('選定した病院は変わりません')
    expect(text).not.toContain('繰り上がる病院')
  })

  test('warns when whoever moves up has changed since', async () => {
    addHospitals(office.stores, { key: HEI, name: '丙新病院', beds: 70, phone: '099-000-0002' })
    const page = await browser.page(url(KO))
    expect(page.querySelector('[aria-label="変更の内容"]')!.textContent).toContain('丙新病院')
    expect((await browser.page(url(TEI))).querySelector('[aria-label="変更の内容"]')).toBeNull()
  })

  test('needs a reason', async () => {
    const reply = await sendForm(browser, url(KO), { reason: '' })
    expect(reply.statusCode).toBe(422)
    expect(htmlOf(reply).querySelector('#error-summary a')!.textContent).toBe(
      '辞退の理由を入力してください。',
    )
    expect(office.stores.editions.confirmed()).toHaveLength(1)
  })
})

describe('a decline', () => {
  test('makes an edition in which the first reserve of the band moves up, behind the last', async () => {
    const other = await reported(browser, '/admin/rounds/1')
    expect(other).toEqual([TEI, KO, OTSU])
    expect(await decline(browser, KO)).toBe('/admin/rounds/1')
    expect(await reported(browser, '/admin/rounds/1')).toEqual([TEI, OTSU, HEI])
    expect(office.stores.editions.newestOf(1)).toMatchObject({
      edition: 2,
      kind: 'declined',
      declinedCode: KO,
      reason: '病院からの申出',
    })
    const page = await browser.page('/admin/rounds/1')
    expect(page.querySelector('h1')!.textContent).toBe('初回選定の結果（第2版）')
    expect(tableRows(page.querySelector('[aria-label="選定した病院"] table')).at(-1)).toEqual([
      '4',
      `丙病院鹿児島　20～99床（70床）　${HEI}`,
      expect.stringMatching(/補欠からの繰上げ/),
      '辞退を記録',
    ])
    // Whoever moves up gets the place behind the last, so that one is missing.
    expect(page.querySelector('main')!.textContent).toContain('支援順位の2は、辞退による欠番です。')
    expect(tableRows(page.querySelector('[aria-label="辞退した病院"] table'))).toEqual([
      [
        `甲病院鹿児島　20～99床（90床）　${KO}`,
        expect.stringMatching(/^辞退の申出：病院からの申出 理由の詳細 .*丙病院が繰り上がっています。/),
        '繰り上がった病院：丙病院',
      ],
    ])
    expect(office.stores.audit.all().filter(({ action }) => action === 'round.declined')).toMatchObject([
      {
        actor: 'officer',
        subject: 'round 1',
        detail: { edition: 2, declinedCode: KO, reason: '病院からの申出' },
      },
    ])
  })

  test('leaves the earlier edition as it was, page and files', async () => {
    const files = ['ministry.csv', 'ministry.xlsx', 'result.json', 'archive.json', 'internal.xlsx']
    const before = await Promise.all(files.map((file) => browser.get(`/admin/rounds/1/${file}`)))
    await decline(browser, KO)
    for (const [index, file] of files.entries()) {
      const after = await browser.get(`/admin/rounds/1/editions/1/${file}`)
      expect(after.rawPayload.equals(before[index]!.rawPayload), file).toBe(true)
    }
    const old = await browser.page('/admin/rounds/1/editions/1')
    expect(old.querySelector('.banner--warning')!.textContent).toContain('これは以前の版です')
    expect(old.querySelector('a[href*="/decline/"]')).toBeNull()
    expect((await browser.get('/admin/rounds/1/editions/2')).statusCode).toBe(200)
  })

  test('follows another: whoever moved up may decline as well, and reserves who declined are passed over', async () => {
    await decline(browser, KO)
    await decline(browser, HEI)
    expect(await reported(browser, '/admin/rounds/1')).toEqual([TEI, OTSU])
    await decline(browser, BO)
    await decline(browser, TEI)
    expect(await reported(browser, '/admin/rounds/1')).toEqual([OTSU])
    expect(office.stores.editions.ofRound(1).map(({ edition }) => edition)).toEqual([1, 2, 3, 4, 5])
    expect((await verified(browser, '/admin/rounds/1')).querySelector('main')!.textContent).toContain(
      '一致：',
    )
  })

  test('is one, whatever the typed reason ends with', async () => {
    const reason = '電話で申出（繰上げの対象外）'
    await sendForm(browser, url(KO), { reason })
    const page = await browser.page('/admin/rounds/1')
    expect(page.querySelector('[aria-label="繰上げの対象にならなかった病院"]')).toBeNull()
    expect(tableRows(page.querySelector('[aria-label="辞退した病院"] table'))).toEqual([
      [
        `甲病院鹿児島　20～99床（90床）　${KO}`,
        expect.stringContaining(`辞退の申出：${reason} 理由の詳細`),
        '繰り上がった病院：丙病院',
      ],
    ])
    const amended = JSON.parse((await browser.get('/admin/rounds/1/amended.json')).body)
    expect(amended.format).toBe('kakuho.amended-result/2')
    expect((await verified(browser, '/admin/rounds/1')).querySelector('main')!.textContent).toContain(
      '一致：',
    )
  })

  test('sent twice, even at once, is one edition', async () => {
    await browser.get(url(KO))
    const fields = { edition: '2', reason: '申出' }
    const replies = await Promise.all([browser.post(url(KO), fields), browser.post(url(KO), fields)])
    expect(replies.map(({ headers }) => headers.location)).toEqual(Array(2).fill('/admin/rounds/1'))
    expect((await browser.post(url(KO), fields)).headers.location).toBe('/admin/rounds/1')
    expect(office.stores.editions.ofRound(1)).toHaveLength(2)
  })

  test('of two hospitals at once: one holds, the other is asked for again and not lost', async () => {
    await browser.get(url(KO))
    const fields = { edition: '2', reason: '申出' }
    const [first, second] = await Promise.all([browser.post(url(KO), fields), browser.post(url(TEI), fields)])
    expect([first.statusCode, second.statusCode].sort()).toEqual([303, 409])
    const late = first.statusCode === 409 ? first : second
    const page = htmlOf(late)
    expect(page.querySelector('.banner--error')!.textContent).toContain('記録していません')
    expect(page.querySelector('#reason')!.textContent).toBe('申出')
    expect(page.querySelector('input[name="edition"]')!.getAttribute('value')).toBe('3')
    expect(office.stores.editions.ofRound(1)).toHaveLength(2)
  })

  test('of an edition that is not the newest any more is refused', async () => {
    await browser.get(url(TEI))
    await decline(browser, KO)
    const reply = await browser.post(url(TEI), { edition: '2', reason: '申出' })
    expect(reply.statusCode).toBe(409)
  })
})

test('with a second person it is proposed first', async () => {
  askForSecondPerson(office)
  expect(await decline(browser, KO)).toBe('/admin/proposals/1')
  expect(await reported(browser, '/admin/rounds/1')).toEqual([TEI, KO, OTSU])
  expect((await browser.get(url(TEI))).headers.location).toBe('/admin/proposals/1')
  const other = await signedIn(office, { login: 'kessai' })
  expect((await other.page('/admin/proposals/1')).querySelector('main')!.textContent).toContain(
    '辞退に伴う変更の理由',
  )
  await sendForm(other, '/admin/proposals/1/approve', { acknowledged: 'yes' })
  expect(await reported(browser, '/admin/rounds/1')).toEqual([TEI, OTSU, HEI])
})

test.each([
  ['one that is not eligible', `/admin/rounds/1/decline/${KI}`],
  ['no hospital', '/admin/rounds/1/decline/x'],
  ['no round', `/admin/rounds/2/decline/${KO}`],
])('of %s is a 404', async (_name, address) => {
  expect((await browser.get(address)).statusCode).toBe(404)
  await browser.get('/admin/rounds/1')
  expect((await browser.post(address, { edition: '2', reason: '申出' })).statusCode).toBe(404)
})

test('a viewer records none', async () => {
  const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
  const page = await viewer.page('/admin/rounds/1')
  expect(page.querySelector('a[href*="/decline/"], a[href$="/reopen"]')).toBeNull()
  expect((await viewer.get(url(KO))).statusCode).toBe(403)
  expect((await viewer.post(url(KO), { edition: '2', reason: 'x' })).statusCode).toBe(403)
  expect(office.stores.editions.confirmed()).toHaveLength(1)
})

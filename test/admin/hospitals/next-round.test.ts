import { expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  confirm,
  decline,
  HEI,
  KI,
  KO,
  OTSU,
  SELECTION,
  savePolicy,
  sendForm,
  TWO_BANDS,
} from '../../support/decisions.ts'
import { tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer({ role: 'admin' })

const main = async (url: string) => textIn((await browser.page(url)).querySelector('main'))

function oneMoreSmallSeat(): void {
  const [small, large] = TWO_BANDS.bands
  savePolicy(office.stores, { ...TWO_BANDS, bands: [{ ...small!, seats: 3 }, large!] })
}

test('whoever has a seat is left out of the next selection, and an act on it changes nothing', async () => {
  await confirm(browser)
  oneMoreSmallSeat()
  expect(await main(`/admin/hospitals/${KO}`)).toContain(
    '初回選定で選定済みのため、今回の選定の対象に含めていません。',
  )
  const page = await browser.page(`/admin/hospitals/${KO}/designate`)
  expect(textIn(page.querySelector('main'))).toContain(
    'この病院は、初回選定で選定済みのため、今回の選定の対象に含めていません。',
  )
  expect(textIn(page.querySelector('main'))).toContain('確定結果は変わりません。')
  expect(textIn(page.querySelector('main'))).toContain('選定される病院は変わりません。')
})

test('whoever has a seat is not offered another, but the way to record that it declines', async () => {
  expect(await main(`/admin/hospitals/${KO}`)).toContain('点数や順位にかかわらず選定します。')
  await confirm(browser)
  oneMoreSmallSeat()
  const page = await browser.page(`/admin/hospitals/${KO}`)
  expect(textIn(page.querySelector('main'))).not.toContain('枠を使って選定する')
  expect(textIn(page.querySelector('main'))).toContain('次の判断は、初回選定をやり直す場合に使われます')
  const decline = page.querySelector(`a[href="/admin/rounds/1/decline/${KO}"]`)
  expect(textIn(decline)).toBe('辞退を記録')
  expect((await browser.get(decline!.getAttribute('href')!)).statusCode).toBe(200)
  for (const act of ['designate', 'exclude']) {
    const text = await main(`/admin/hospitals/${KO}/${act}`)
    expect(text).toContain('この判断は、初回選定をやり直す場合に使われます。')
    expect(text).not.toContain('1病院分使って選定します')
    expect(text).not.toContain('選定案に反映します')
  }
  expect(await main(`/admin/hospitals/${HEI}`)).toContain('点数や順位にかかわらず選定します。')
})

test('whoever declined may be designated again, and the page says what that does', async () => {
  await confirm(browser)
  office.setNow('2024-03-19T01:00:00Z')
  await decline(browser, OTSU)
  office.setNow('2024-03-19T02:00:00Z')
  oneMoreSmallSeat()
  const url = `/admin/hospitals/${OTSU}/designate`
  const page = await browser.page(url)
  expect(textIn(page.querySelector('main'))).toContain(
    'この病院は、初回選定の後に辞退したため、今回の選定の対象に含めていません。',
  )
  expect(
    tableRows(page.querySelector('[aria-label="新たに選定される病院"] table')).map((row) => row[2]),
  ).toEqual(['選定（県の指定）'])
  const reply = await sendForm(browser, url, { reason: '改めて希望があったため' })
  expect(reply.headers.location).toBe(`/admin/hospitals/${OTSU}?done=designate`)
  const selection = await browser.page('/admin/selection?decision=selected')
  expect([...selection.querySelectorAll('.rank__who a')].map(textIn)).toEqual(['乙病院'])
})

test('the order changed by hand is that of one selection: the next begins with the points', async () => {
  await sendForm(browser, `/admin/hospitals/${HEI}/move?position=1`, { reason: '搬送の実績' })
  await confirm(browser)
  const snapshot = JSON.parse((await browser.get('/admin/rounds/1/snapshot.json')).body)
  expect(snapshot.moves).toEqual([{ code: HEI, position: 1, reason: '搬送の実績' }])
  expect(await main('/admin/selection/order')).toContain('変更している病院（0病院）')
  oneMoreSmallSeat()
  await sendForm(browser, `/admin/hospitals/${KI}/designate`, { reason: '離島' })
  const next = JSON.parse((await browser.get('/admin/selection/snapshot.json')).body)
  expect(next).not.toHaveProperty('moves')
  expect(await main(`/admin/hospitals/${HEI}`)).toContain('順位を第1位に変更')
})

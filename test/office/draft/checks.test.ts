import { describe, expect, test } from 'vitest'
import { CRITERIA } from '../../../src/domain/selection/policy.ts'
import {
  AFTER_DEADLINE,
  confirm,
  decline,
  KO,
  OTSU,
  SELECTION,
  savePolicy,
  sendForm,
  TWO_BANDS,
} from '../../support/decisions.ts'
import { htmlOf, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOverride } from '../../support/overrides.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer({ role: 'admin' })
const URL = '/admin/selection/confirm'

/** 注意：…, a line a check. */
async function checks(): Promise<string[]> {
  const page = await browser.page(URL)
  return [...page.querySelectorAll('.checks__item')].map((item) => {
    const [level, text] = item.querySelectorAll('span')
    return `${textIn(level)}：${textIn(text)}`
  })
}

function seats(small: number, large: number, changes: object = {}): void {
  const [first, second] = TWO_BANDS.bands
  savePolicy(office.stores, {
    ...TWO_BANDS,
    ...changes,
    bands: [
      { ...first!, seats: small },
      { ...second!, seats: large },
    ],
  })
  const by = { actor: 'test', at: new Date(AFTER_DEADLINE) }
  office.stores.settings.change({ prefectureSeats: String(small + large) }, by)
}

function nobodyEligible(): void {
  for (const { key } of office.stores.hospitals.all())
    addOverride(office.stores, key, 'exclude', '統合が決まっているため')
}

describe('nothing is in order where there is nothing', () => {
  test('no seat: neither the bands nor the sum of the seats is called in order', async () => {
    seats(0, 0, { regionFloor: 1 })
    const said = await checks()
    expect(said).toContain('確定できません：空いている支援枠がありません。')
    expect(said.filter((line) => /^問題なし.*(枠|医療圏)/.test(line))).toEqual([])
  })

  test('no eligible hospital: nor are the floors', async () => {
    seats(2, 1, { regionFloor: 1 })
    nobodyEligible()
    const said = await checks()
    expect(said).toContain('確定できません：選定の対象となる病院がありません。')
    expect(said.filter((line) => /^問題なし.*(過不足|医療圏)/.test(line))).toEqual([])
  })

  test('an additional round without a seat left', async () => {
    seats(2, 1, { regionFloor: 1 })
    await confirm(browser)
    const said = await checks()
    expect(said).toContain('確定できません：空いている支援枠がありません。')
    expect(said.filter((line) => /^問題なし.*過不足/.test(line))).toEqual([])
  })

  test('and the board calls a band without seats neither filled nor short', async () => {
    seats(2, 0)
    const page = await browser.page('/admin/selection')
    const words = [...page.querySelectorAll('main *')].map((each) => textIn(each))
    expect(words).toContain('枠なし')
  })
})

test('where nothing can be confirmed, no reason is asked for in a field that is not there', async () => {
  seats(4, 1)
  savePolicy(office.stores, { ...TWO_BANDS, criteria: { gmisConsent: 5 } })
  const said = await checks()
  expect(said[0]).toMatch(/^確定できません/)
  expect(said.join()).not.toContain('下の欄')
  savePolicy(office.stores, { ...TWO_BANDS, bands: TWO_BANDS.bands.map((band) => ({ ...band, seats: 9 })) })
  expect((await checks()).join()).toContain('下の欄')
})

describe('what asks for an officer’s word or reason', () => {
  test.each<[string, () => void, string]>([
    [
      'seats that stay free',
      () => seats(4, 1),
      '要入力：20～99床の区分で、枠が1病院分残ります。下の欄に理由を記入してください。',
    ],
    [
      'a floor that cannot be met',
      () => {
        seats(1, 1, { regionFloor: 3 })
      },
      '注意：確保枠を満たせない医療圏があります：鹿児島',
    ],
    [
      'more than the seats',
      () => {
        seats(1, 1)
        for (const code of [KO, OTSU]) addOverride(office.stores, code, 'designate', '離島のため')
      },
      '注意：20～99床の区分で、枠を1病院分超えて選定しています。',
    ],
  ])('%s', async (_name, make, line) => {
    make()
    expect(await checks()).toContainEqual(expect.stringContaining(line))
  })

  test('the policy that comes with the program', async () => {
    await office.restock({ ...SELECTION, policy: undefined as never })
    expect(await checks()).toContainEqual(expect.stringContaining('注意：選定基準は初期設定のままです。'))
  })
})

describe('points for the consent', () => {
  const { label } = CRITERIA.find(({ id }) => id === 'gmisConsent')!

  test.each([1, 5, 1000])('%i of them: nothing can be confirmed, whatever is sent', async (points) => {
    savePolicy(office.stores, { ...TWO_BANDS, criteria: { gmisConsent: points } })
    expect((await checks())[0]).toMatch(
      new RegExp(`^確定できません：選定基準で「${label}」に配点しています。`),
    )
    const page = await browser.page('/admin/selection')
    const facts = page.querySelector('[name="factsSha256"]')?.getAttribute('value') ?? 'x'.repeat(64)
    const reply = await browser.post(URL, { factsSha256: facts, acknowledged: 'yes' })
    expect(reply.statusCode).toBeGreaterThanOrEqual(400)
    expect(office.stores.editions.confirmed()).toEqual([])
  })

  test('a round done anew from such a policy is refused as well, and a decline of one before is not', async () => {
    await confirm(browser)
    savePolicy(office.stores, { ...TWO_BANDS, criteria: { gmisConsent: 1 } })
    const page = await browser.page('/admin/rounds/1/reopen')
    expect(textIn(page.querySelector('.checks'))).toContain(`「${label}」に配点しています`)
    await decline(browser, KO)
    expect(office.stores.editions.confirmed()).toHaveLength(2)
  })

  test('none, or no word of it, is as always', async () => {
    for (const criteria of [{}, { gmisConsent: 0 }]) {
      savePolicy(office.stores, { ...TWO_BANDS, criteria })
      expect((await checks()).join()).not.toContain('に配点しています')
    }
    expect(htmlOf(await sendForm(browser, URL)).querySelector('#error-summary')).toBeNull()
  })
})

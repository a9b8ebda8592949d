import { expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  KI,
  OTSU,
  SELECTION,
  savePolicy,
  sendForm,
  TWO_BANDS,
} from '../../support/decisions.ts'
import { textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

/** 鹿児島 has the only small seat by rank; 熊毛 (乙) has the large one's beds, and nobody of 曽於 (己) answers. */
const REGIONS: Record<string, string> = { [OTSU]: '熊毛', [KI]: '曽於' }
const office = officeWith({
  now: AFTER_DEADLINE,
  ...SELECTION,
  hospitals: SELECTION.hospitals!.map((each) => ({ ...each, region: REGIONS[each.key!] ?? '鹿児島' })),
  secondApproval: true,
})
const browser = office.officer()
const ENOUGH = '20～99床の枠があと1あれば、熊毛の確保枠を満たせます。'
const APART = '選定対象の病院がないため、枠を増やしても選定できない医療圏：曽於。'

function seats(small: number, regionFloor: number): void {
  const [first, second] = TWO_BANDS.bands
  const bands = [{ ...first!, seats: small }, second!]
  savePolicy(office.stores, { ...TWO_BANDS, regionFloor, bands })
}

const sentences = async () =>
  [...(await browser.page('/admin/selection')).querySelectorAll('#unmet-floors li')].map(textIn)

test('the selection says what would have been enough, and the regions without an eligible hospital apart', async () => {
  seats(0, 1)
  expect(await sentences()).toEqual([ENOUGH, APART])
})

test('where every floor is met nothing is in the way; who is not eligible is told below', async () => {
  seats(2, 1)
  expect(await sentences()).toEqual([])
  expect(textOf(await browser.page('/admin/selection'), '#counts')).toContain(APART)
  seats(0, 0)
  expect(await sentences()).toEqual([])
  expect(textOf(await browser.page('/admin/selection'), '#counts')).not.toContain('曽於。')
})

test('the confirmation says it, and the proposal as it stood', async () => {
  seats(0, 1)
  const confirm = textOf(await browser.page('/admin/selection/confirm'), '.checks')
  expect(confirm).toContain('確保枠を満たせない医療圏があります：熊毛')
  expect(confirm).toContain(ENOUGH)
  const sent = await sendForm(browser, '/admin/selection/confirm', {
    acknowledged: 'yes',
    freeSeatsReason: '試験',
  })
  expect(sent.statusCode).toBe(303)
  seats(2, 1)
  expect(textOf(await browser.page(String(sent.headers.location)), 'main')).toContain(ENOUGH)
})

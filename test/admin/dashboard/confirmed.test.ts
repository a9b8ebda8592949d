import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  confirm,
  decline,
  HEI,
  KI,
  KO,
  moreSeats,
  SELECTION,
  savePolicy,
  TEI,
  TWO_BANDS,
} from '../../support/decisions.ts'
import { type PagePart, tableRows, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer({ role: 'admin' })

const board = (page: PagePart) => tableRows(page.querySelector('.band-board--bars'))
const regions = (page: PagePart) => tableRows(page.querySelector('.tiles + details table'))

async function listed(query: string): Promise<string[]> {
  const page = await browser.page(`/admin/hospitals${query}`)
  expect(htmlFlaws(page)).toEqual([])
  return [...page.querySelectorAll('[aria-label="病院台帳"] tbody tr')].map((row) =>
    textOf(row, '.cell--name'),
  )
}

/** A round, a decline after which one moves up, and a round with seats that were added. */
async function twoRounds(): Promise<void> {
  await confirm(browser)
  await decline(browser, HEI)
  moreSeats(office.stores, 3, 2)
  saveSubmission(office.stores, { hospital: KI, at: '2024-03-18T10:00:00Z' })
  await confirm(browser)
}

const STATES: [string, () => Promise<unknown>][] = [
  ['a confirmed round', () => confirm(browser)],
  [
    'a decline',
    async () => {
      await confirm(browser)
      await decline(browser, KO)
    },
  ],
  ['an additional round', twoRounds],
  [
    'seats to come, and an answer that came late',
    async () => {
      await confirm(browser)
      moreSeats(office.stores, 4, 2)
      saveSubmission(office.stores, { hospital: KI, at: '2024-03-18T10:00:00Z' })
    },
  ],
  [
    'beds that are others by now, so that a seat lies in another band than its hospital',
    async () => {
      await confirm(browser)
      addHospitals(office.stores, { key: TEI, name: '丁病院', beds: 60 })
    },
  ],
  [
    'bands that leave hospitals out',
    async () => {
      await confirm(browser)
      const [small] = TWO_BANDS.bands
      savePolicy(office.stores, { ...TWO_BANDS, bands: [{ ...small!, seats: 3 }] })
    },
  ],
]

describe.each(STATES)('after %s', (_what, happens) => {
  test('every number leads to as many, and none but the seats is without its list', async () => {
    await happens()
    const page = await browser.page('/admin')
    expect(htmlFlaws(page)).toEqual([])
    const links = [...page.querySelectorAll('.band-board a, .picture-table a, .figure__value a')]
      .map((link) => ({ url: link.getAttribute('href')!, text: textIn(link) }))
      .filter(({ url }) => url !== '/admin/policy')
    expect(links.length).toBeGreaterThan(8)
    for (const { url, text } of links) {
      const behind = await browser.page(url.split('#')[0]!)
      expect(textOf(behind, '.list-head strong'), url).toBe(text)
    }
    const plain = [
      ...page.querySelectorAll('.band-board td.number:not(:nth-child(2)), .table--regions td.number'),
    ]
      .filter((cell) => !cell.querySelector('a'))
      .map((cell) => textIn(cell))
    expect(plain.filter((text) => !/^0$|％$|^－$/.test(text))).toEqual([])
  })

  test('the kinds of results part the hospitals', async () => {
    await happens()
    const kinds = ['selected', 'waitlisted', 'declined', 'out', 'none']
    const parts = await Promise.all(kinds.map((kind) => listed(`?confirmed=${kind}`)))
    expect(parts.flat().sort()).toEqual((await listed('')).sort())
  })
})

test('the columns count what they are called', async () => {
  await twoRounds()
  const page = await browser.page('/admin')
  const heads = [...page.querySelectorAll('.band-board--bars thead th')].map((head) => textIn(head))
  expect(heads.map((head) => head.replaceAll(' ', ''))).toEqual([
    '病床規模区分',
    '支援枠',
    '次の選定の対象',
    '選定対象と枠',
    '選定',
    '補欠',
    '過不足',
  ])
  expect(board(page)).toEqual([
    ['20～99床', '3', '0', '', '3', '0', '充足'],
    ['100床以上', '2', '0', '', '2', '0', '充足'],
    ['合計', '5', '0', '', '5', '0', '充足'],
  ])
})

test('who would be selected next is not counted as selected', async () => {
  await confirm(browser)
  moreSeats(office.stores, 4, 2)
  const page = await browser.page('/admin')
  expect(board(page).at(-1)).toEqual(['合計', '6', '2', '', '3', '2', '不足 3'])
  expect(
    regions(page)
      .find(([, hospitals]) => hospitals === '6')!
      .slice(-2),
  ).toEqual(['2', '3'])
})

describe('the list of the hospitals by what is confirmed', () => {
  test('is not offered before anything is, and an address with it hides nothing', async () => {
    const page = await browser.page('/admin/hospitals?confirmed=selected&seat=small')
    expect(page.querySelector('select[name="confirmed"], select[name="seat"]')).toBeNull()
    expect(textOf(page, '.list-head strong')).toBe('6')
  })

  test('has the words of its results', async () => {
    await confirm(browser)
    const page = await browser.page('/admin/hospitals')
    const options = (name: string) =>
      [...page.querySelectorAll(`select[name="${name}"] option`)].slice(1).map((option) => textIn(option))
    expect(options('confirmed')).toEqual(['選定', '補欠', '辞退', '対象外・除外', 'なし'])
    expect(options('seat')).toEqual(['20～99床', '100床以上', '区分外'])
  })

  test('is what its files hold', async () => {
    await twoRounds()
    addHospitals(office.stores, { key: '4610000094', name: '新病院', beds: 40 })
    expect(await listed('?confirmed=declined')).toEqual(['丙病院'])
    expect(await listed('?confirmed=none')).toEqual(['新病院'])
    expect(await listed('?confirmed=selected&seat=large')).toEqual(['丁病院', '戊病院'])
    const names = (body: string) =>
      body
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[2])
    expect(names((await browser.get('/admin/hospitals.csv?confirmed=declined')).body)).toEqual(['丙病院'])
    const page = await browser.page('/admin/hospitals?confirmed=selected&seat=large')
    const files = [...page.querySelectorAll('a[href*="/admin/hospitals."]')].map(
      (link) => link.getAttribute('href')!,
    )
    expect(files.length).toBeGreaterThan(1)
    for (const href of files) expect(href).toContain('confirmed=selected&seat=large')
    const csv = files.find((href) => href.includes('.csv') && !href.includes('cp932'))!
    expect(names((await browser.get(csv)).body)).toEqual(['丁病院', '戊病院'])
  })
})

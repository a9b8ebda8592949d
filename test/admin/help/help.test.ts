import { afterAll, beforeAll, expect, test } from 'vitest'
import { chapterOf } from '../../../src/admin/chapters.ts'
import { guideChapters } from '../../../src/files/guide.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { addresses } from '../../support/route-table.ts'
import { sampleOf, startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

let office: WholeOffice
beforeAll(async () => {
  office = await startWholeOffice()
})
afterAll(() => office.close())

const chapters = [...guideChapters('officer-guide', '/p'), ...guideChapters('hospital-guide', '/p')]

test('every chapter has a page, found from the contents, with its pictures', async () => {
  expect(chapters.length).toBeGreaterThan(20)
  const contents = await office.admin.page('/admin/help')
  const links = [...contents.querySelectorAll('main ol a')].map((link) => link.getAttribute('href'))
  expect(links).toEqual(chapters.map(({ id }) => `/admin/help/${id}`))
  for (const { id, heading } of chapters) {
    const page = await office.admin.page(`/admin/help/${id}`)
    expect(textOf(page, 'h1')).toBe(heading)
    for (const picture of page.querySelectorAll('.guide img')) {
      const reply = await office.admin.get(picture.getAttribute('src')!)
      expect([id, reply.statusCode, reply.headers['content-type']]).toEqual([id, 200, 'image/png'])
      expect(picture.getAttribute('alt')).not.toBe('')
    }
    for (const link of page.querySelectorAll('.guide a[href^="/"]'))
      expect([id, (await office.admin.get(link.getAttribute('href')!)).statusCode]).toEqual([id, 200])
  }
})

test('every page of the officers’ side leads to a chapter that there is', async () => {
  const known = new Set(chapters.map(({ id }) => id))
  for (const url of addresses(office.routes, 'GET').filter((each) => each.startsWith('/admin')))
    expect([url, known.has(chapterOf(sampleOf(url)))]).toEqual([url, true])
  const used = addresses(office.routes, 'GET').map((url) => chapterOf(url))
  expect(new Set(used).size).toBeGreaterThan(8)
  const page = await office.admin.page('/admin/settings')
  expect(page.querySelector('header a[href="/admin/help/settings"]')).not.toBeNull()
})

test('the year leads to the chapter of every page of the menu', async () => {
  const menu = [...(await office.admin.page('/admin')).querySelectorAll('.admin-nav a')]
  const year = await office.admin.page('/admin/help/year')
  const links = [...year.querySelectorAll('.guide a')].map((link) => link.getAttribute('href'))
  const missing = menu
    .map((link) => `/admin/help/${chapterOf(link.getAttribute('href')!)}`)
    .filter((chapter) => chapter !== '/admin/help/year' && !links.includes(chapter))
  expect(missing).toEqual([])
})

test('no chapter says a sentence twice, nor explains a word twice', async () => {
  for (const { id } of chapters) {
    const guide = (await office.admin.page(`/admin/help/${id}`)).querySelector('.guide')!
    const sentences = `${guide.textContent}`.split(/[。\n]/).filter((each: string) => each.length > 15)
    const words = [...guide.querySelectorAll('li > strong:first-child')].flatMap(({ textContent }) =>
      (textContent ?? '').split('、'),
    )
    for (const told of [sentences, words])
      expect([id, told.filter((each: string, at: number) => told.indexOf(each) !== at)]).toEqual([id, []])
  }
})

test.each(['nothing', 'pictures', 'pictures/../package.json', 'pictures/%2e%2e%2fREADME.md'])(
  '%s is no chapter and no picture',
  async (name) => {
    expect((await office.admin.get(`/admin/help/${name}`)).statusCode).toBe(404)
  },
)

test('a page that is asked for without a login leads there', async () => {
  const reply = await office.app.inject({ url: '/admin/help/settings' })
  expect(reply.statusCode).toBe(303)
  expect(htmlOf(reply)).not.toBeNull()
})

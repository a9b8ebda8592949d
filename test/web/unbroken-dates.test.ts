import { Eta } from 'eta'
import { expect, test } from 'vitest'
import { unbroken, unbrokenDates } from '../../src/web/unbroken-dates.ts'

const eta = new Eta({
  filterFunction: (html, names?: readonly string[]) => unbroken(String(html), names),
  plugins: [unbrokenDates],
})
const DATE = '令和8年12月18日（金）24時'
const show = (view: string, date = DATE) => eta.renderString(view, { date, on: true })

test.each([
  ['<p><%= it.date %>まで</p>', `<p><span class="nowrap">${DATE}</span>まで</p>`],
  ['<p class="a"><%= it.date %></p>', `<p class="a"><span class="nowrap">${DATE}</span></p>`],
  [
    '<title><%= it.date %></title><p><%= it.date %></p>',
    `<title>${DATE}</title><p><span class="nowrap">${DATE}</span></p>`,
  ],
  [
    '<input value="<%= it.date %>"> <%= it.date %>',
    `<input value="${DATE}"> <span class="nowrap">${DATE}</span>`,
  ],
  ['<a title="<%= it.date %>" href="/">x</a>', `<a title="${DATE}" href="/">x</a>`],
  ['<p<% if (it.on) { %> class="<%= it.date %>"<% } %>>x</p>', `<p class="${DATE}">x</p>`],
  ['<textarea>x <%= it.date %></textarea>', `<textarea>x ${DATE}</textarea>`],
  [
    '<select><option value="a"><%= it.date %></option></select>',
    `<select><option value="a">${DATE}</option></select>`,
  ],
  ['<svg><g><text><%= it.date %></text></g></svg>', `<svg><g><text>${DATE}</text></g></svg>`],
  ['<%~ it.date %>', DATE],
  ['<p>期限（<%= it.date %>）まで</p>', `<p>期限<span class="nowrap">（${DATE}）</span>まで</p>`],
  ['<p>「<%= it.date %>まで」、</p>', `<p><span class="nowrap">「${DATE}</span>まで」、</p>`],
  [
    '<p><%= it.date %>、<%= it.date %>。</p>',
    `<p><span class="nowrap">${DATE}、</span><span class="nowrap">${DATE}。</span></p>`,
  ],
  ['<p>（<%= it.on %>）</p>', '<p>（true）</p>'],
  ['<p title="（<%= it.date %>）">x</p>', `<p title="（${DATE}）">x</p>`],
])('%s', (view, page) => {
  expect(show(view)).toBe(page)
})

test.each([
  ['令和元年5月1日', 1],
  ['令和6年3月18日（月）17時05分から令和6年3月25日（月）まで', 2],
  ['平成31年4月30日（火）', 1],
  ['（令和6年3月18日（月）24時）、（令和6年3月25日）。', 2],
  ['令和6年3月', 1],
  ['導入予定：令和10年4月、支援期間：令和10年3月まで', 2],
  ['令和9年度', 0],
  ['<b>令和6年3月8日</b>', 1],
  ['11月27日と12月18日（金）24時', 2],
  ['12月', 0],
])('%s has %i of them', (text, count) => {
  const page = show('<p><%= it.date %></p>', text)
  expect(page.match(/class="nowrap"/g) ?? []).toHaveLength(count)
  expect(page).not.toContain('<b>')
})

test('the names that a page has stay whole as well, the longer of two first', () => {
  const names = ['指宿 太郎', '指宿', 'A.B']
  const showWith = (text: string) => eta.renderString('<p><%= it.text %></p>', { text, unbroken: names })
  expect(showWith('11月27日に指宿 太郎が起案し、指宿、AxBが見ました（A.B）。')).toBe(
    '<p><span class="nowrap">11月27日</span>に<span class="nowrap">指宿 太郎</span>が起案し、' +
      '<span class="nowrap">指宿、</span>AxBが見ました<span class="nowrap">（A.B）</span>。</p>',
  )
  expect(eta.renderString('<p title="<%= it.text %>">x</p>', { text: names[0], unbroken: names })).toBe(
    '<p title="指宿 太郎">x</p>',
  )
})

import { expect, test } from 'vitest'
import { officeWith } from '../../support/office.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith()
const browser = office.officer()

const by = { actor: 'officer', at: new Date('2024-03-11T01:00:00Z'), note: '試験' }

async function headings(url: string): Promise<string[]> {
  const page = await browser.page(url)
  expect(htmlFlaws(page), url).toEqual([])
  return [...page.querySelectorAll('.versions__item > :is(h2, h3) > a:first-child')].map(
    (link) => link.textContent!,
  )
}

test('the versions of a policy have fifty a page, and one of them all is today’s', async () => {
  const { policies } = office.stores
  for (let count = 1; count <= 55; count += 1)
    policies.save({ ...policies.current().policy, regionFloor: count }, by)
  const first = await headings('/admin/policy/versions')
  expect(first).toHaveLength(50)
  expect(first[0]).toBe('第55版')
  const page = await browser.page('/admin/policy/versions')
  const second = page.querySelector('a[aria-label="2ページ"]')!.getAttribute('href')!
  expect(await headings(second)).toEqual(['第5版', '第4版', '第3版', '第2版', '第1版', '初期設定'])
  expect(page.querySelectorAll('.versions__item .tag--ok')).toHaveLength(1)
  expect((await browser.page(second)).querySelector('.versions__item .tag--ok')).toBeNull()
})

test('the archived scenarios have fifty a page; those that are worked on stand above every page', async () => {
  const { policies } = office.stores
  const { version, policy } = policies.current()
  for (let count = 1; count <= 53; count += 1) {
    const made = policies.scenarios.create({ name: `案${count}`, basedOn: version, policy }, by)
    if (made.kind === 'name-taken') throw new Error('two scenarios of one name')
    if (count > 1) policies.scenarios.archive(made.id, by)
  }
  const [first, second] = [await headings('/admin/scenarios'), await headings('/admin/scenarios?page=2')]
  expect([first[0], second[0]]).toEqual(['案1', '案1'])
  expect([first.length, second.length]).toEqual([51, 3])
  expect(new Set([...first, ...second]).size).toBe(53)
})

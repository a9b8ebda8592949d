import { beforeEach, expect, test } from 'vitest'
import { tableRows } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { A, E, WORKBENCH } from '../../support/workbench.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith(WORKBENCH)

beforeEach(() => {
  const { overrides } = office.stores
  const by = (reason: string, minute: number) => ({
    actor: 'officer',
    at: new Date(Date.UTC(2024, 2, 11, 1, minute)),
    reason,
  })
  overrides.add({ hospitalCode: E, kind: 'designate' }, by('離島の拠点', 0))
  overrides.add({ hospitalCode: A, kind: 'exclude' }, by('廃院の予定', 5))
  overrides.undo(2, by('存続が決まった', 9))
})

test('the decisions in effect and the undone ones, each with who, when and why', async () => {
  const browser = await signedIn(office)
  const page = await browser.page('/admin/overrides')
  expect(htmlFlaws(page)).toEqual([])
  const at = (time: string) => `試験 officer 令和6年3月11日（月）${time}`
  expect(tableRows(page.querySelector('[aria-label="有効な判断"] table'))).toEqual([
    ['戊病院', '鹿児島', '県の指定', '離島の拠点', at('10時00分'), '選定', '取り消す'],
  ])
  expect(tableRows(page.querySelector('[aria-label="取り消した判断"] table'))).toEqual([
    [
      '甲病院',
      '鹿児島',
      '県の判断による除外',
      '廃院の予定',
      at('10時05分'),
      '存続が決まった',
      at('10時09分'),
    ],
  ])
  const selection = await browser.page('/admin/selection')
  expect(selection.querySelector('a[href="/admin/overrides"]')!.textContent).toBe('1件')
})

test('a viewer reads them and undoes none', async () => {
  const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
  const page = await viewer.page('/admin/overrides')
  expect(page.querySelector('a[href$="/undo-override"]')).toBeNull()
  expect(page.querySelector('nav [aria-current]')!.textContent).toBe('選定案')
})

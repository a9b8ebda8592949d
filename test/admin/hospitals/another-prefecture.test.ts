import { describe, expect, test } from 'vitest'
import { AFTER_DEADLINE, confirm, HEI, KI, KO, OTSU, SELECTION, sendForm } from '../../support/decisions.ts'
import { textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOverride } from '../../support/overrides.ts'

const office = officeWith({
  now: AFTER_DEADLINE,
  ...SELECTION,
  settings: { ...SELECTION.settings, prefecture: '大阪府' },
  hospitals: SELECTION.hospitals!.map((hospital) => ({ ...hospital, address: '大阪府架空市架空町1-1' })),
})
const browser = office.officer({ role: 'admin' })

const main = async (url: string) => textIn((await browser.page(url)).querySelector('main'))

function decided(): void {
  addOverride(office.stores, KI, 'designate', '地域の拠点であるため')
  addOverride(office.stores, OTSU, 'exclude', '統合が決まっているため')
}

describe('大阪府 speaks of itself as a 府', () => {
  test('on every page about its hospitals', async () => {
    await sendForm(browser, `/admin/hospitals/${HEI}/move?position=1`, { reason: '搬送の実績' })
    decided()
    const urls = ['/admin/hospitals', '/admin/nonrespondents', '/admin/overrides']
    for (const { key } of office.stores.hospitals.all())
      urls.push(
        ...['', '/designate', '/exclude', '/undo-override', '/move?position=2', '/undo-move'].map(
          (act) => `/admin/hospitals/${key}${act}`,
        ),
        ...['designate', 'exclude', 'override-undone'].map((done) => `/admin/hospitals/${key}?done=${done}`),
      )
    for (const url of urls) expect(await main(url), url).not.toContain('県')
    expect(await main(`/admin/hospitals/${KI}`)).toContain('府の指定')
    expect(await main(`/admin/hospitals/${OTSU}`)).toContain('府の判断による除外')
    expect(await main(`/admin/hospitals/${HEI}`)).toContain('府の判断により、順位を')
  })

  test('in what is checked, in what is frozen, and in what the frozen says later', async () => {
    decided()
    const checks = await main('/admin/selection/confirm')
    expect(checks).toContain('府の支援予定病院数')
    expect(checks).not.toContain('県')
    await confirm(browser)
    const csv = (await browser.get('/admin/rounds/1/ministry.csv')).body
    expect(csv).toContain('府の指定')
    expect(csv.replaceAll('都道府県', '')).not.toContain('県')
    // A round stays whose it was, whatever the setting says since.
    const by = { actor: 'test', at: new Date(AFTER_DEADLINE) }
    office.stores.settings.change({ prefecture: '架空県' }, by)
    const listed = await main('/admin/rounds/1')
    expect(listed).toContain('府の指定')
  })

  test('from the moment on in which it is set, though no fact of the selection changed', async () => {
    decided()
    expect(await main(`/admin/hospitals/${KI}`)).toContain('府の指定により選定しています')
    const by = { actor: 'test', at: new Date(AFTER_DEADLINE) }
    office.stores.settings.change({ prefecture: '東京都' }, by)
    expect(await main(`/admin/hospitals/${KI}`)).toContain('都の指定により選定しています')
    expect(await main(`/admin/hospitals/${KO}`)).not.toContain('府の指定')
  })
})

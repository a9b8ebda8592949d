import { describe, expect, test } from 'vitest'
import { sealArchive } from '../../../src/domain/selection/archive/archive.ts'
import { planCarryOver } from '../../../src/office/master/carry-over.ts'
import { contentsOf } from '../../domain/selection/archive/archives.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith({
  settings: { fiscalYear: '2025' },
  hospitals: [
    { key: '2', name: '甲病院', medicalCode: null, naviiCode: '2' },
    { key: '3', name: '丙病院', medicalCode: null, naviiCode: '3', supportedIn: '令和6年度' },
  ],
})
const browser = office.officer()
const PAGE = '/admin/hospitals/carry-over'

const upload = async (text: string, year = '令和6年度') => {
  await browser.get(PAGE)
  return browser.upload(PAGE, { name: '前の調査.json', bytes: Buffer.from(text) }, { year })
}
const archive = () => sealArchive(contentsOf())

describe('過去の支援の引継ぎ', () => {
  test('shows what an archive would put down, and puts it down by one form', async () => {
    const start = await browser.page(PAGE)
    expect(start.querySelector('#year')!.getAttribute('value')).toBe('令和6年度')
    const page = htmlOf(await upload(archive()))
    const counts = [...page.querySelectorAll('.compared__item')].map(textIn)
    expect(counts).toEqual(['登録する病院1病院', '登録済みの病院1病院', '病院台帳にない病院0病院'])
    expect(page.querySelectorAll('main form')).toHaveLength(1)
    expect(office.stores.hospitals.byCode('2')!.supportedIn).toBeNull()

    const action = `${PAGE}/apply`
    const reply = await browser.post(action, fieldsOf(page, action))
    expect(reply.statusCode).toBe(303)
    expect(textOf(await browser.page(reply.headers.location!), '.done')).toContain(
      '1病院に、令和6年度の支援を登録しました',
    )
    expect(office.stores.hospitals.byCode('2')!.supportedIn).toBe('令和6年度')
    expect((await browser.post(action, fieldsOf(page, action))).headers.location).toContain('changed=0')
  })

  test.each([
    ['{}', '令和6年度', 'file', '「前の調査.json」は取り込めません。選定の保存用一式ではありません'],
    ['', '令和6年度', 'file', '選定の保存用一式ではありません'],
    [archive(), '', 'year', '支援の年度を'],
    [archive(), '令和7年度', 'year', 'この調査の事業の年度です'],
  ])(
    '%.9s… of %s is refused by its field, and what was typed is kept',
    async (text, year, field, message) => {
      const reply = await upload(text, year)
      expect(reply.statusCode).toBe(422)
      expect(errorsOf(htmlOf(reply))[field]).toContain(message)
      expect(htmlOf(reply).querySelector('#year')!.getAttribute('value')).toBe(year)
    },
  )

  test('an archive that takes long to check keeps nobody waiting', async () => {
    const text = `{"amendment":null,"x":[${'"a",'.repeat(1_000_000)}"a"],"format":"kakuho.archive/1"}`
    let served = 0
    const serving = setInterval(() => {
      served += 1
    }, 5)
    const planned = await planCarryOver(office.stores, Buffer.from(text), '令和6年度')
    clearInterval(serving)
    expect(planned).toMatchObject({ ok: false, message: expect.stringContaining('一致しません') })
    expect(served).toBeGreaterThan(0)
  })

  test('takes nothing that it has not shown', async () => {
    await browser.get(PAGE)
    const reply = await browser.post(`${PAGE}/apply`, { plan: 'made-up' })
    expect(reply.statusCode).toBe(409)
    expect(errorsOf(htmlOf(reply)).file).toContain('もう一度選択してください')
  })
})

import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { siteWith } from '../support/browser.ts'
import { launchFirefox, Person } from './firefox.ts'

const site = siteWith({ now: '2024-03-11T01:00:00Z', hospitals: [{}] })

const stored = () => site.stores.submissions.all()

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a hospital in Firefox, %s', (_name, javaScriptEnabled) => {
  let firefox: Browser
  beforeAll(async () => {
    firefox = await launchFirefox({ javaScriptEnabled })
  })
  afterAll(() => firefox.close())

  async function arrive(): Promise<Person> {
    const person = new Person(await firefox.newPage())
    await person.open(`${site.address}/survey`)
    return person
  }

  async function fill(person: Person): Promise<void> {
    await person.choose('病院名', '試験病院')
    await person.fill('担当者名', '試験 花子')
    await person.fill('電話番号', '099-000-0000')
    await person.fill('メールアドレス', 'hanako@hospital.example.jp')
    await person.press('導入済み（病院全体）')
    await person.press('両方の支援を希望する')
    await person.press('活用してよい')
  }

  test('is told what is missing, mends it, answers, corrects and withdraws', async () => {
    const person = await arrive()
    await person.follow('確認画面へ進む')
    expect(await person.page.title()).toMatch(/^エラー：/)
    expect(stored()).toEqual([])

    await fill(person)
    await person.follow('確認画面へ進む')
    expect(await person.heading()).toBe('回答内容の確認')
    await person.follow('この内容で回答する')
    expect(await person.heading()).toContain('受け付けました')
    const receipt = person.page.url()
    expect(stored()).toMatchObject([
      {
        state: 'current',
        version: 1,
        answers: { contactName: '試験 花子', emr: 'full', intent: 'both', gmisConsent: true },
      },
    ])

    await person.follow('回答を訂正')
    await person.fill('担当者名', '訂正 一郎')
    await person.follow('確認画面へ進む')
    await person.follow('この内容に訂正する')
    expect(person.page.url()).toBe(receipt)
    expect(stored()).toMatchObject([{ state: 'current', version: 2, answers: { contactName: '訂正 一郎' } }])

    await person.follow('取り下げ')
    await person.follow('この回答を取り下げる')
    expect(await person.heading()).toContain('取り下げられています')
    expect(stored()).toMatchObject([{ state: 'withdrawn' }])
    await person.page.close()
  })

  test(`has the page's scripts ${javaScriptEnabled ? '' : 'not '}running`, async () => {
    const person = await arrive()
    const hasFilter = await person.page.evaluate(
      'document.querySelector("#hospital-filter, [type=search], [role=combobox]") !== null',
    )
    expect(hasFilter).toBe(javaScriptEnabled)
    await person.page.close()
  })
})

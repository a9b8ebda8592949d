import { describe, expect, test } from 'vitest'
import { AFTER_DEADLINE, confirm, decline, HEI, KO, SELECTION, TEI } from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer({ role: 'admin' })
const BY = { actor: 'test', at: new Date('2024-03-19T02:00:00Z'), reason: '試験' }
const SELECTED = 'この病院は、初回選定で選定されています。確定した結果は変わりません。'

/** An answer of the hospital that an officer has linked to it, and that counts. @returns its number */
function linked(hospital: string): string {
  const { submissions } = office.stores
  const own = submissions.all().find(({ hospitalCode }) => hospitalCode === hospital)
  if (own) submissions.withdraw(own.number, { at: BY.at, actor: 'test' })
  saveSubmission(office.stores, { hospital: { name: '架空', address: '架空町1', beds: 90 } })
  const { number } = submissions.all().find(({ state }) => state === 'unlinked')!
  submissions.link(number, hospital, BY)
  return number
}

/** A second answer of the hospital, which waits. @returns its number */
function second(hospital: string): string {
  saveSubmission(office.stores, { hospital, at: '2024-03-19T01:00:00Z' })
  return office.stores.submissions
    .all()
    .find(({ hospitalCode, state }) => hospitalCode === hospital && state === 'duplicate')!.number
}

async function main(path: string): Promise<string> {
  const page = await browser.page(`/admin/submissions/${path}`)
  expect(htmlFlaws(page)).toEqual([])
  return textOf(page, 'main')
}

const timesIn = (text: string) => text.split(SELECTED).length - 1

describe('of a hospital that holds a confirmed seat every act on its answers says so, once', () => {
  test('taking back whose answer it is', async () => {
    const number = linked(KO)
    expect(timesIn(await main(`${number}/unlink`))).toBe(0)
    await confirm(browser)
    expect(timesIn(await main(`${number}/unlink`))).toBe(1)
  })

  test('making another one count, not adopting it, and letting it wait again', async () => {
    await confirm(browser)
    const number = second(TEI)
    for (const path of ['', '/close']) expect(timesIn(await main(number + path)), path).toBe(1)
    office.stores.submissions.close(number, BY)
    for (const path of ['', '/reopen']) expect(timesIn(await main(number + path)), path).toBe(1)
  })

  test('also of one that moved up', async () => {
    await confirm(browser)
    await decline(browser, KO)
    expect(timesIn(await main(`${second(HEI)}/close`))).toBe(1)
  })
})

test('of one that waits, has declined or is not known nothing of it is said', async () => {
  await confirm(browser)
  expect(await main(`${second(HEI)}/close`)).not.toContain('確定した結果')
  await decline(browser, TEI)
  expect(await main(`${second(TEI)}/close`)).not.toContain('確定した結果')
  saveSubmission(office.stores, { hospital: { name: '架空', address: '架空町1', beds: 90 } })
  const { number } = office.stores.submissions.all().find(({ state }) => state === 'unlinked')!
  for (const path of ['', '/close']) expect(await main(number + path)).not.toContain('確定した結果')
})

test('what an officer corrects after a confirmed round changes nothing of it, and shows as 確定後の変更', async () => {
  await confirm(browser)
  const confirmed = (await browser.get('/admin/rounds/1/result.json')).body
  const url = '/admin/submissions/R-0001/edit'
  const form = fieldsOf(await browser.page(url), `${url}/confirm`)
  const typed = { ...form, channel: 'phone', reason: '担当者の異動', contactName: '後任 次郎' }
  const asked = htmlOf(await browser.post(`${url}/confirm`, typed))
  expect(textOf(asked, 'main')).toContain('この訂正は、確定後の変更として表示されます。')
  expect((await browser.post(url, fieldsOf(asked, url))).statusCode).toBe(303)
  const round = await browser.page('/admin/rounds/1')
  expect(textOf(round, '#changes')).toContain('確定後の変更')
  expect(textOf(round, 'main')).toContain('後任 次郎')
  expect((await browser.get('/admin/rounds/1/result.json')).body).toBe(confirmed)
})

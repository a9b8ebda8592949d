import { beforeEach, expect, test } from 'vitest'
import { parseCsv } from '../../src/files/table/csv.ts'
import { decodeText } from '../../src/files/table/encoding.ts'
import { AFTER_DEADLINE, confirm, KO, OTSU, SELECTION } from '../support/decisions.ts'
import { officeWith } from '../support/office.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

/** Stored before telephones were written by the numbering plan: bare digits, from which a spreadsheet takes the 0. */
const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer()

beforeEach(() => {
  addHospitals(
    office.stores,
    { key: KO, name: '甲病院', beds: 90, phone: '0997521111' },
    { key: '4619900904', name: '戊島病院', beds: 40, phone: '0120123456' },
  )
  const { submissionId } = office.stores.submissions.all().find(({ hospitalCode }) => hospitalCode === OTSU)!
  saveSubmission(office.stores, { hospital: OTSU, submissionId, phone: '09012345678' })
})

async function phonesIn(url: string): Promise<string[]> {
  const decoded = decodeText((await browser.get(url)).rawPayload)
  const parsed = decoded.ok ? parseCsv(decoded.text) : decoded
  if (!parsed.ok) throw new Error(parsed.message)
  const place = parsed.rows[0]!.indexOf('電話番号')
  return parsed.rows.slice(1).map((cells) => cells[place]!)
}

test.each(['utf-8', 'cp932'])('every CSV in %s has them with hyphens', async (encoding) => {
  await confirm(browser)
  const files = {
    '/admin/submissions.csv': '090-1234-5678',
    '/admin/hospitals.csv': '0997-52-1111',
    '/admin/nonrespondents.csv': '0120-123-456',
    '/admin/rounds/1/ministry.csv': '090-1234-5678',
  }
  for (const [url, phone] of Object.entries(files)) {
    const phones = await phonesIn(`${url}?encoding=${encoding}`)
    expect(phones, url).toContain(phone)
    expect(
      phones.filter((text) => /^\d{9,}$/.test(text)),
      url,
    ).toEqual([])
  }
})

test('where codes begin with 0, a page with a CSV says which file keeps them', async () => {
  const note = async () => {
    const main = (await browser.page('/admin/hospitals')).querySelector('main')!
    const folded = main.querySelector('.list-head details')!
    expect(folded.querySelector('summary')!.textContent).toBe('CSVの文字について')
    folded.remove()
    return main.textContent!
  }
  expect(await note()).not.toContain('先頭が0')
  office.stores.settings.change({ prefectureCode: '01' }, { actor: 'test', at: new Date(AFTER_DEADLINE) })
  expect(await note()).toContain('医療機関コードは先頭が0のため')
})

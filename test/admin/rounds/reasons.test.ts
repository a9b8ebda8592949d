import { describe, expect, test } from 'vitest'
import { AFTER_DEADLINE, HEI, SELECTION } from '../../support/decisions.ts'
import { tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const officer = office.officer()

test('no reason names a person, or how to reach one', async () => {
  const { body } = await officer.get('/admin/rounds/1/reasons.json')
  const answers = office.stores.submissions.all().map((submission) => submission.answers)
  expect(answers.length).toBeGreaterThan(0)
  for (const { contactName, phone, email } of answers)
    for (const personal of [contactName, phone, email]) expect(body).not.toContain(personal)
})

describe('lists of reasons', () => {
  const rows = async (reader: string) =>
    tableRows(
      (await officer.page(`/admin/rounds/1/reasons?reader=${reader}`)).querySelector('.paper__table table'),
    )

  test('to print, for each of the readers', async () => {
    expect((await rows('ministry')).length).toBe(3)
    const officers = await rows('officer')
    expect(officers.map(([name]) => name!.slice(0, 3))).toEqual([
      ...['丁病院', '甲病院', '乙病院', '丙病院', '戊病院', '己病院'],
    ])
    expect(officers[3]!.at(-1)).toMatch(/乙病院（第2位）より上の順位になることが必要です/)
    expect((await rows('hospital')).at(-1)!.at(-1)).toBe(
      '選定の時点で、貴院からの御回答がなかったため、選定の対象となりませんでした。',
    )
    expect(textOf(await officer.page('/admin/selection/reasons?reader=hospital&round=1'), 'h1')).toContain(
      '（案）',
    )
  })

  test.each(['/admin/rounds/1', '/admin/rounds/1/editions/1', '/admin/selection'])(
    'as a file at %s, on the record',
    async (base) => {
      const reply = await officer.get(`${base}/reasons.csv`)
      expect(reply.body).toContain(
        '理由（内部用）,理由（病院に伝えるもの）,点数の説明（病院に伝えるもの）,選定理由',
      )
      expect(office.stores.audit.latest(1)[0]!.detail).toMatchObject({ file: 'reasons.csv' })
      expect(textOf(await officer.page('/admin/audit'), 'main')).toMatch(
        /病院ごとの理由（CSV）|病院ごとの理由を保存/,
      )
    },
  )

  test('beside each other on the hospital’s page: what is confirmed, and what the draft would say', async () => {
    const page = await officer.page(`/admin/hospitals/${HEI}`)
    expect(textOf(page, '.verdicts')).toMatch(/確定したときの理由 .*病院に伝える理由：20～99床の区分では/)
    expect(textOf(page, '.hospital-parts__reason')).toContain('病院と厚生労働省に伝える理由（選定案）')
  })
})

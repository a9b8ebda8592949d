import { expect, test } from 'vitest'
import { EXAMPLE_2026 } from '../../src/domain/answer/further-example.ts'
import { startSite, visit } from '../support/browser.ts'
import {
  answered,
  asking,
  confirmed,
  corrected,
  having,
  type Site,
  withdrawn,
} from '../support/page-states.ts'
import { codeOf, receiptOf } from '../support/receipts.ts'
import { addHospitals } from '../support/submissions.ts'

const normal = answered({
  department: '医療情報部　システム管理課',
  remarks: '担当者が不在のことがあります。\n'.repeat(4),
})

const further = answered({
  department: '医療情報部　システム管理課',
  remarks: '担当者が不在のことがあります。\n'.repeat(4),
  extra: {
    links: 12,
    link_kinds: 'インターネット、遠隔保守'.repeat(8),
    map: 'part',
    vendor: 'asking',
    cost: 'no',
  },
})

test.each<[string, ((site: Site) => unknown)[]]>([
  ['a normal answer', [normal]],
  ['one of an edition that asks five questions more', [asking(EXAMPLE_2026), further]],
  ['a corrected one', [corrected]],
  ['a withdrawn one', [normal, withdrawn]],
  [
    'one that does not lead to the support',
    [answered({ emr: 'planned', emrPlannedMonth: '2025-04', intent: 'none' })],
  ],
  ['one with its result', [normal, confirmed(1), having({ resultsPublished: 'yes' })]],
])('%s is one A4 as 受付票, with number, code and time', async (_name, steps) => {
  const site = await startSite()
  addHospitals(site.stores, { name: '独立行政法人国立病院機構　架空中央医療センター' })
  for (const step of steps) await step(site)
  const { page, context } = await visit()
  await page.goto(`${site.address}${receiptOf(1)}`)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][\d.]* 84[12][\d.]*\]/)

  await page.emulateMedia({ media: 'print' })
  const paper = await page.locator('body').innerText()
  for (const fact of ['受付票', 'R-0001', codeOf(1), '令和6年3月11日（月）', '10時00分', '099-286-2707'])
    expect(paper).toContain(fact)
  for (const screenOnly of ['回答を訂正する', '印刷する', '事業のQ&A', '個人情報の取扱い'])
    expect(paper).not.toContain(screenOnly)
  await context.close()
  await site.close()
})

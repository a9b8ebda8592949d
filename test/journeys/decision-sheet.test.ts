import { expect, test } from 'vitest'
import type { TypedForm } from '../../src/domain/answer/form.ts'
import { LIMITS } from '../../src/domain/answer/questions.ts'
import { siteWith, visit } from '../support/browser.ts'
import { aForm } from '../support/builders.ts'
import { formPost } from '../support/html.ts'

const site = siteWith({ shared: true, hospitals: [{ name: '長い名前の病院'.repeat(14) }] })

const full = (field: keyof typeof LIMITS) => '長'.repeat(LIMITS[field])
const lines = (length: number) => '行\n'.repeat(length / 2)
const LONG: Partial<TypedForm> = {
  department: full('department'),
  contactName: full('contactName'),
  email: `${'a'.repeat(60)}@${`${'b'.repeat(60)}.`.repeat(3)}jp`,
  emr: 'planned',
  emrPlannedMonth: '2024-09',
  intent: 'network',
  remarks: full('remarks'),
}

test.each<[what: string, answer: Partial<TypedForm>]>([
  ['an everyday answer', { remarks: '診療への影響が少ない土曜日の午後を希望します。' }],
  ['a remark of 1,000 characters', { remarks: full('remarks') }],
  ['everything as long as it may be', { ...LONG, masterCorrection: full('masterCorrection') }],
  [
    'everything as long as it may be, of a hospital outside the master',
    {
      ...LONG,
      hospitalCode: 'other',
      hospitalName: full('hospitalName'),
      hospitalAddress: full('hospitalAddress'),
      hospitalBeds: '9999',
    },
  ],
  [
    '500 lines',
    { ...LONG, remarks: lines(LIMITS.remarks), masterCorrection: lines(LIMITS.masterCorrection) },
  ],
  ['as many lines as are left', { remarks: lines(70), emr: 'planned', emrPlannedMonth: '2024-09' }],
])('%s is printed on one A4', async (_what, answer) => {
  const { page, context } = await visit({ javaScriptEnabled: false })
  await page.route(`${site.address}/survey`, async (route) => {
    const { body } = await site.app.inject(formPost('/survey/print', aForm(answer)))
    await route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
  })
  await page.goto(`${site.address}/survey`)
  expect(await page.locator('.sheet__answers td').last().textContent()).not.toBe('（記入なし）')
  const pdf = await page.pdf({ preferCSSPageSize: true })
  await context.close()
  expect(pagesOf(pdf)).toEqual(['595 842'])
})

/** Width and height of each page, in whole points: A4 is 595 by 842. */
function pagesOf(pdf: Buffer): string[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)
  return [...boxes].map(([, width, height]) => `${Math.round(Number(width))} ${Math.round(Number(height))}`)
}
